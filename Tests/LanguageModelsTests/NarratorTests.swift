import FinOps
import Foundation
import Grounding
import TestSupport
import Testing

@testable import LanguageModels

@Suite(.serialized) struct NarratorTests {
    private static let good = "The bill fell by {{total.change|whole}}, {{total.change_pct|percent}}."
    private static let lie = "The bill fell by 40 percent."

    private func narrate(_ answers: [ModelCounterpart.Answer]) async throws -> (Narration, [ModelCounterpart.Request]) {
        try await withModel(answers) { model in
            let material = MonthMaterial(SampleBook.book())
            let narrator = Narrator(try ModelDesk.client(.anthropic, model), hashing: Hasher256())
            let narration = await narrator.narrate(
                Prompts.paragraph(material, reader: "the CFO", question: "What did it cost?"),
                verifier: material.verifier)
            return (narration, try model.requests())
        }
    }

    @Test func `an honest answer is taken, with everything that led to it`() async throws {
        let (narration, requests) = try await narrate([.init(Self.good)])
        #expect(narration.outcome == .accepted)
        #expect(narration.text?.sentences.map(\.facts) == [["total.change", "total.change_pct"]])
        #expect(narration.attempts.map(\.answer?.text) == [Self.good])
        #expect(narration.attempts.first?.answer?.answeredBy == "model-2026-01-01-20260101")
        #expect(requests.count == 1)
    }

    @Test func `a refused answer is sent back once with the reasons`() async throws {
        let (narration, requests) = try await narrate([.init(Self.lie), .init(Self.good)])
        #expect(narration.outcome == .accepted)
        #expect(narration.attempts.count == 2)
        #expect(narration.attempts[0].refusals.map(\.code).contains(.digit))
        #expect(requests.count == 2)
        #expect(requests[1].body.contains("cannot be printed"))
        #expect(narration.attempts[0].promptSHA256 != narration.attempts[1].promptSHA256)
    }

    @Test func `a model that lies twice has written nothing`() async throws {
        let (narration, requests) = try await narrate([.init(Self.lie)])
        #expect(narration.outcome == .refused)
        #expect(narration.text == nil)
        #expect(narration.attempts.map { $0.answer?.text } == [Self.lie, Self.lie])
        #expect(requests.count == 2)
    }

    @Test func `a model that does not answer has written nothing either`() async throws {
        let (narration, _) = try await narrate([.init("", .forbidden)])
        #expect(narration.outcome == .unavailable)
        #expect(narration.trouble?.kind == .accessDenied)
    }

    @Test func `not knowing is an answer`() async throws {
        let (narration, requests) = try await narrate([.init("UNKNOWN\n")])
        #expect(narration.outcome == .unknown)
        #expect(requests.count == 1)
    }

    @Test func `a narration is kept and read back`() async throws {
        let (narration, _) = try await narrate([.init(Self.lie), .init(Self.good)])
        #expect(try JSONText.decode(Narration.self, from: JSONText.document(narration)) == narration)
    }

    /// The corpus of good sentences is what the prompt asks for: every fact shown says which words it needs.
    @Test func `a model is told what a sentence must say`() throws {
        let text = MonthMaterial(SampleBook.book()).text()
        let facts = try #require(try JSONValue(parsing: Data(text.utf8))["facts"]?.elements)
        let gap = try #require(facts.first { $0["id"] == "budget.gap" })
        #expect(gap["say"] == ["budget", "gap"])
        let change = try #require(facts.first { $0["id"] == "total.change" })
        #expect(change["direction"] == "down")
        #expect(!facts.contains { $0["id"] == "forecast.mean" }, "a fact without a value cannot be printed")
    }
}
