import FinOps
import Foundation
import TestSupport
import Testing

@testable import Agents

/// The schema that is published for answers and the code that reads them, held against each other by somebody else's validator.
@Suite struct `The schema of answers` {
    private static let schema = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().appending(path: "docs/schemas/role-answer.schema.json")

    private static let head = #""protocol":"finops.role/1""#

    private static func finding(_ members: String) -> String {
        #"{\#(head),"verdict":"advise","findings":[{\#(members)}]}"#
    }

    /// JSON that says nothing a fact would have to hold, so that the shape alone decides.
    private static let answers: [String] = [
        "{\(head),\"verdict\":\"pass\"}", "{\(head),\"verdict\":\"abstain\",\"findings\":[],\"mood\":\"fine\"}",
        "{\(head),\"verdict\":\"fail\",\"provenance\":{\"model\":\"m-1\"}}",
        finding(#""id":"QA-01","severity":"note","text":"Fine.""#),
        finding(#""id":"QA-01","severity":"problem","text":"Fine.","facts":[],"colour":"red""#),
        finding("\"id\":\"QA-01\",\"severity\":\"note\",\"text\":\"\(String(repeating: "a ", count: 290))boat.\""),
        "{}", "[]", "1", "{\"protocol\":\"finops.role/2\",\"verdict\":\"pass\"}", "{\(head)}",
        "{\(head),\"verdict\":\"approve\"}", "{\(head),\"verdict\":1}",
        "{\(head),\"verdict\":\"pass\",\"findings\":{}}",
        "{\(head),\"verdict\":\"pass\",\"findings\":[1]}", "{\(head),\"verdict\":\"pass\",\"findings\":\"none\"}",
        "{\(head),\"verdict\":\"pass\",\"findings\":[\(Array(repeating: #"{"id":"A","severity":"note","text":"Fine."}"#, count: 51).joined(separator: ","))]}",
        finding(#""severity":"note","text":"Fine.""#), finding(#""id":"QA-01","text":"Fine.""#),
        finding(#""id":"QA-01","severity":"note""#), finding(#""id":"qa","severity":"note","text":"Fine.""#),
        finding(#""id":"QA-01","severity":"fatal","text":"Fine.""#),
        finding(#""id":"QA-01","severity":"note","text":"\#(String())""#),
        finding("\"id\":\"QA-01\",\"severity\":\"note\",\"text\":\"\(String(repeating: "a", count: 601))\""),
        finding(#""id":"QA-01","severity":"note","text":"Fine.","facts":"total.net""#),
        finding(#""id":"QA-01","severity":"note","text":"Fine.","facts":[1]"#),
        "{\(head),\"verdict\":\"pass\",\"provenance\":[]}",
        "{\(head),\"verdict\":\"pass\",\"provenance\":{\"model\":1}}",
        "{\(head),\"verdict\":\"pass\",\"provenance\":{\"model\":\"\(String(repeating: "m", count: 257))\"}}",
        "{\(head),\"verdict\":\"pass\",\"provenance\":{\((0..<11).map { "\"m\($0)\":\"x\"" }.joined(separator: ","))}}",
    ]

    @Test func `what it takes is read, and what it refuses is refused`() async throws {
        let outcome = try await PythonProgram.run(
            """
            import json, jsonschema, sys
            validator = jsonschema.Draft202012Validator(json.load(open(sys.argv[1])))
            print(json.dumps([validator.is_valid(json.loads(answer)) for answer in json.loads(sys.argv[2])]))
            """, [Self.schema.path, String(decoding: try JSONEncoder().encode(Self.answers), as: UTF8.self)])
        #expect(outcome.status == 0, "\(outcome.errors)")
        let judged = try JSONDecoder().decode([Bool].self, from: Data(outcome.output.utf8))
        #expect(judged.count { $0 } == 6)
        for (answer, isValid) in zip(Self.answers, judged) {
            let isRead = (try? RoleAnswer(Data(answer.utf8), verifier: nil) { _ in "" }) != nil
            #expect(isRead == isValid, "\(answer.prefix(200))")
        }
    }
}
