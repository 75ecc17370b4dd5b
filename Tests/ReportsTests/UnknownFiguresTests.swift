import FinOps
import Foundation
import Testing

@testable import Reports

struct UnknownFiguresTests {
    private static let trouble = Trouble(
        .throttled, code: "LimitExceededException", message: "rate exceeded for request req-77",
        operation: "ce:GetCostAndUsage",
        requestID: "req-77")

    private static func nothing(_ parts: inout SampleMonth.Parts) {
        parts.services = .unknown(trouble)
        parts.recordTypes = .unknown(trouble)
        parts.daily = .unknown(trouble)
        parts.forecast = .unknown(trouble)
        parts.invoices = .unknown(trouble)
    }

    @Test func `when no source answers every page still says what it does not know, and why`() {
        for file in SampleMonth(change: Self.nothing).files() {
            let text = VisibleText.of(file)
            // The document says it in its own word.
            #expect(text.contains(file.format == .json ? "not_compared" : "unknown"), "\(file.path)")
            if file.persona != nil { #expect(text.contains("LimitExceededException"), "\(file.path)") }
            #expect(!text.contains("USD 0"), "\(file.path)")
        }
    }

    @Test func `the request that failed is not in the book, because another run has another`() throws {
        let bytes = try JSONText.document(SampleMonth(requestID: "req-77", change: Self.nothing).book)
        #expect(!String(decoding: bytes, as: UTF8.self).contains("req-77"))
    }

    @Test func `a request id is taken out where it stands alone, and no word is cut for it`() {
        let trouble = Trouble(
            .accessDenied, code: "X", message: "not authorized: r (request r), see r.", operation: "x:Y", requestID: "r"
        )
        #expect(Reason.withoutRequest(trouble).message == "not authorized: …, see ….")
        #expect(Reason.withoutRequest(trouble).requestID == nil)
    }

    @Test func `without a rate the reporting currency is unknown, with the reason`() {
        let book = SampleMonth(policy: RunPolicy(displayCurrency: Currency("EUR"))).book
        let fact = FactIndex(book)["total.net_display"]
        #expect(fact.value == nil)
        #expect(fact.reason?.contains("no invoice carries a rate from USD to EUR") == true)
    }

    @Test func `without any budget nothing is on target and nothing is over it`() {
        let files = SampleMonth(policy: RunPolicy()).files()
        let email = VisibleText.of(files.last!)
        #expect(email.contains("please set a budget"))
        #expect(files.allSatisfy { !VisibleText.of($0).contains("within budget") })
    }

    @Test(arguments: [GateID.g0, .g1, .g2, .g4], [Verdict.Outcome.failed, .undetermined])
    func `a month that is not established has no total on any page`(gate: GateID, outcome: Verdict.Outcome) throws {
        let sample = SampleMonth(gates: [Verdict(gate, outcome, reasons: ["something is unexplained"])])
        let facts = FactIndex(sample.book)
        let totals = try ["total.net", "total.gross", "total.change"].flatMap { id in
            try [FactFormat.whole, .compact].map { try #require($0.text(facts[id], month: sample.month)) }
        }
        for file in sample.files() {
            let text = VisibleText.of(file)
            let word = file.format == .json ? "not_established" : "NOT ESTABLISHED"
            #expect(text.contains(word) && text.contains("something is unexplained"), "\(file.path)")
            for total in totals { #expect(!text.contains(total), "\(file.path) prints \(total)") }
        }
    }

    @Test func `falling back to a single account is not a failure, and is said`() {
        let gates = [Verdict(.g3, .failed, action: .fallBackToSingleAccount, reasons: ["no organisation"])]
        for file in SampleMonth(scope: .singleAccount, gates: gates).files() where file.persona != nil {
            let text = VisibleText.of(file)
            #expect(text.contains("single account only") && !text.contains("NOT ESTABLISHED"), "\(file.path)")
        }
    }

    @Test func `a preliminary month and sample data are announced on every page`() {
        for file in SampleMonth(isPreliminary: true).files() {
            let text = VisibleText.of(file)
            guard file.format != .json else {
                #expect(text.contains("\"is_preliminary\" : true") && text.contains("\"is_sample\" : true"))
                continue
            }
            #expect(text.contains("PRELIMINARY") && text.contains("SAMPLE DATA"), "\(file.path)")
        }
    }

    @Test func `each reason is written once and lettered`() {
        var notes = UnknownNotes()
        #expect(notes.letter(for: "one") == "a")
        #expect(notes.letter(for: "two") == "b")
        #expect(notes.letter(for: "one") == "a")
        #expect(UnknownNotes.letter(26) == "aa")
    }
}
