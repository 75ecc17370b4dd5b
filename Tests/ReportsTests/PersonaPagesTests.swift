import FinOps
import Foundation
import Testing

@testable import Reports

struct PersonaPagesTests {
    private static let context = PageContext(
        book: SampleMonth.full(accountCount: 14).book, factsSHA256: SampleMonth.factsSHA256)
    private static var pages: [ReportPage] { PersonaCatalog.personas.map { $0.page(context) } }

    @Test func `every reader has exactly one page`() {
        #expect(Self.pages.map(\.persona) == Persona.allCases)
    }

    @Test func `no two pages ask the same question or draw the same tiles`() {
        let questions = Set(Self.pages.map(\.question))
        let tiles = Set(Self.pages.map { $0.tiles.map(\.label) })
        let titles = Set(
            Self.pages.map { page in page.sections.map { PhraseText(context: Self.context).plain($0.title) } })
        #expect(questions.count == 7)
        #expect(tiles.count == 7)
        #expect(titles.count == 7)
    }

    @Test(arguments: [
        SampleMonth(accountCount: 14), SampleMonth(accountCount: 14, scope: .singleAccount), .full(accountCount: 14),
    ])
    func `no two pages share more than their frame`(sample: SampleMonth) {
        let bodies = sample.files().filter { $0.format == .markdown }.map { file in
            let text = String(decoding: file.bytes, as: UTF8.self)
            let body = text.components(separatedBy: "## Scope and confidence")[0]
            // Lines that carry something: not the banner, not table heads and rules, not the sources of charts.
            return (
                file.path,
                Set(
                    body.split(separator: "\n").filter {
                        $0.count > 40 && !$0.hasPrefix("> **") && !$0.hasPrefix("|--") && !$0.hasPrefix("*Source:")
                    })
            )
        }
        for (index, one) in bodies.enumerated() {
            for other in bodies.dropFirst(index + 1) {
                let shared = one.1.intersection(other.1)
                let share = Double(shared.count) / Double(min(one.1.count, other.1.count))
                #expect(share < 0.2, "\(one.0) and \(other.0) share \(shared.sorted())")
            }
        }
    }

    @Test func `what the policy does without stands on every page and in the message`() {
        let sentence = "Whoever requests a month may approve it; nobody else has to look."
        let pages = SampleMonth(policy: RunPolicy(requesterMayApprove: true)).files()
            .filter { $0.format != .json }
        #expect(pages.count >= 16)
        for page in pages {
            let text = String(decoding: page.bytes, as: UTF8.self)
            #expect(text.contains("WEAKER MODE") && text.contains(sentence), "\(page.path)")
        }
        let usual = SampleMonth().files().map { String(decoding: $0.bytes, as: UTF8.self) }
        #expect(!usual.contains { $0.contains("WEAKER MODE") })
    }

    @Test func `only the pages asked for are written, and the message always`() {
        let files = SampleMonth(personas: [.sre, .cfo]).files()
        #expect(
            files.map(\.path) == [
                "reports/cfo.html", "reports/cfo.md", "reports/sre.html", "reports/sre.md",
                "reports/reconciliation.html", "reports/reconciliation.md", "reports/reconciliation.json",
                "reports/stakeholder-email.html", "reports/stakeholder-email.md",
            ])
    }

    @Test func `no page prints a figure that nobody wrote`() {
        let text = SampleMonth(accountCount: 14).files().map { VisibleText.of($0) }.joined()
        #expect(!text.contains("no such figure in this month's facts"))
    }
}
