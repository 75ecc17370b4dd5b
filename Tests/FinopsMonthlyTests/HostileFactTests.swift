import Evidence
import FinOps
import TestSupport
import Testing

@testable import finops_monthly

/// What `explain` and the tools for coding agents print of names that strangers chose.
@Suite struct `A fact of a subject with a hostile name` {
    private func opened(_ name: String) throws -> String {
        var names = SampleBook.Names()
        names.ledgerAccount = name
        let month = FinishedMonth(
            folder: MonthFolder("2026-02")!, seal: .zero, path: "evidence/2026-02", book: SampleBook.book(names: names))
        return try FactExplanation(month).text(of: "account.111111111111.change")
    }

    @Test func `is explained in the same lines, but for the name`() throws {
        let calm = try opened("HARMLESS")
        #expect(calm.contains("Of       HARMLESS\n"))
        for hostile in HostileTexts.all {
            #expect(try opened(hostile) == calm.replacing("HARMLESS", with: UntrustedText(hostile).text))
        }
    }
}
