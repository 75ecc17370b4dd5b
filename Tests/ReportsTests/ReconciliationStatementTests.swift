import FinOps
import Foundation
import Testing

@testable import Reports

struct ReconciliationStatementTests {
    private func text(_ sample: SampleMonth, _ suffix: String) throws -> String {
        let file = try #require(sample.files().first { $0.path == "reports/reconciliation.\(suffix)" })
        return VisibleText.of(file)
    }

    @Test func `the statement opens, itemises, adjusts and leaves a difference`() throws {
        let page = try text(SampleMonth(), "md")
        let lines = ["Opening figure", "Item: partner discount", "Adjusted figure", "Figure of L3", "Difference"]
        var rest = page[...]
        for line in lines {
            let found = try #require(rest.firstRange(of: "| \(line) |"), "\(line)")
            rest = rest[found.upperBound...]
        }
        #expect(page.contains("## L3i ● exact: equal to L3 within rounding"))
        #expect(page.contains("budgets:DescribeBudgets did not answer (AccessDeniedException)"))
    }

    @Test(arguments: ["html", "md", "json"])
    func `the statement names the digest of the facts it speaks for`(suffix: String) throws {
        #expect(try text(SampleMonth(), suffix).contains(SampleMonth.factsSHA256.hex))
    }

    @Test(arguments: ["html", "md", "json"])
    func `two runs that differ in nothing but request ids give the same bytes`(suffix: String) throws {
        #expect(
            try text(SampleMonth(requestID: "req-1"), suffix) == text(SampleMonth(requestID: "req-2"), suffix))
    }

    @Test(arguments: ["html", "md", "json"])
    func `a month that was not established has no figure in its statement`(suffix: String) throws {
        let failed = SampleMonth(gates: [Verdict(.g4, .failed, reasons: ["unexplained"])])
        let net = try #require(SampleMonth().book.facts.first { $0.id == "total.net" }?.value)
        let page = try text(failed, suffix)
        let printed = suffix == "json" ? net.description : "\(net.text(fractionDigits: 2).suffix(6))"
        #expect(!page.contains(printed))
        #expect(try text(SampleMonth(), suffix).contains(printed))
        if suffix == "json" { #expect(page.contains("not_established")) }
    }

    @Test func `an account that is charged and not listed is named`() throws {
        let page = try text(SampleMonth(), "md")
        #expect(page.contains("**Charged, but not listed**"))
        #expect(page.contains("| `999999999999` |"))
    }

    @Test func `every page says what a delegated administrator could not see`() throws {
        for file in SampleMonth(callerIndex: 1).files() where file.persona != nil {
            #expect(VisibleText.of(file).contains("is a delegated administrator"), "\(file.path)")
        }
        #expect(try !text(SampleMonth(), "md").contains("Out of sight"))
    }

    @Test func `the document's figures are the facts, exact`() throws {
        let sample = SampleMonth()
        let facts = Dictionary(uniqueKeysWithValues: sample.book.facts.map { ($0.id, $0) })
        let object = try #require(
            try JSONSerialization.jsonObject(with: Data(text(sample, "json").utf8)) as? [String: Any])
        let statements = try #require(object["statements"] as? [[String: Any]])
        let lines = statements.flatMap { $0["lines"] as? [[String: Any]] ?? [] }
        #expect(lines.count > 10)
        for line in lines {
            let fact = try #require(facts[line["fact"] as? String ?? ""])
            #expect(line["amount"] as? String == fact.value?.description)
        }
    }
}
