import FinOps
import Foundation
import Grounding
import TestSupport
import Testing

@testable import Agents

@Suite struct `A program's answer` {
    private static let verifier = GroundingVerifier(SampleBook.book(), demandsFacts: false)

    private func answer(_ text: String, _ verifier: GroundingVerifier? = verifier) throws -> RoleAnswer {
        try RoleAnswer(Data(text.utf8), verifier: verifier) { "\($0.sentences.count) sentences" }
    }

    private func finding(_ text: String, id: String = "QA-01", severity: String = "note", facts: String = "[]")
        -> String
    {
        #"{"protocol":"finops.role/1","verdict":"advise","findings":[{"id":"\#(id)","severity":"\#(severity)","facts":\#(facts),"text":"\#(text)"}]}"#
    }

    @Test func `a good answer is read, and members nobody knows are ignored`() throws {
        let answer = try answer(
            #"{"protocol":"finops.role/1","verdict":"pass","findings":[],"mood":"fine","provenance":{"model":"m-1"}}"#)
        #expect(answer.verdict == .pass)
        #expect(answer.findings.isEmpty)
        #expect(answer.provenance == ["model": "m-1"])
    }

    @Test func `a finding may print a fact`() throws {
        let answer = try answer(finding("The bill fell by {{total.change|whole}}.", facts: #"["total.change"]"#))
        #expect(answer.findings.map(\.facts) == [["total.change"]])
        #expect(answer.findings.map(\.text) == ["1 sentences"])
    }

    @Test(arguments: [
        "", "OK", "[]", "{}", #"{"protocol":"finops.role/2","verdict":"pass"}"#, #"{"protocol":"finops.role/1"}"#,
        #"{"protocol":"finops.role/1","verdict":"approve"}"#,
        #"{"protocol":"finops.role/1","verdict":"pass","findings":{}}"#,
        #"{"protocol":"finops.role/1","verdict":"pass","findings":[1]}"#,
        #"{"protocol":"finops.role/1","verdict":"pass","provenance":{"model":1}}"#,
        #"{"protocol":"finops.role/1","verdict":"pass"} trailing"#,
        #"{"protocol":"finops.role/1","verdict":"pass","verdict":"fail"}"#,
    ])
    func `what does not fit the schema is refused whole`(text: String) {
        #expect(throws: RoleAnswer.Unfit.self) { try answer(text) }
    }

    @Test func `so is a finding that does not`() {
        for text in [
            finding("x", id: "a b"), finding("x", severity: "fatal"), finding(""),
            finding("Fine.", facts: #"["no.fact"]"#),
            finding(String(repeating: "long ", count: 200)), finding("Costs rose by 40 percent."),
            finding("The bill rose by {{total.change|whole}}."),
        ] {
            #expect(throws: RoleAnswer.Unfit.self, "\(text)") { try answer(text) }
        }
    }

    @Test func `before there are facts a comment has no figures at all`() throws {
        #expect(try answer(finding("The scope is clear."), nil).findings.count == 1)
        #expect(throws: RoleAnswer.Unfit.self) { try answer(finding("The bill was {{total.net|whole}}."), nil) }
    }
}
