import Foundation
import Testing
import TestSupport

@testable import FinOps

@Suite struct `JSON text` {
    @Test(arguments: [
        ("requestID", "request_id"), ("requestIDs", "request_ids"), ("bodySHA256", "body_sha256"),
        ("costUSD", "cost_usd"), ("plannedCostUSD", "planned_cost_usd"), ("isPreliminary", "is_preliminary"),
        ("rawVariancePercent", "raw_variance_percent"), ("arn", "arn"), ("userID", "user_id"),
        ("managementAccountID", "management_account_id"), ("parametersSHA256", "parameters_sha256"),
    ])
    func `names turn into snake case and back`(name: String, key: String) {
        #expect(JSONText.snakeCase(name) == key)
        #expect(JSONText.camelCase(key) == name)
    }

    @Test func `every acronym survives both ways`() {
        for acronym in JSONText.acronyms.values {
            #expect(JSONText.camelCase(JSONText.snakeCase("some" + acronym)) == "some" + acronym)
        }
    }

    @Test func `every stored property of FinOps survives both ways`() throws {
        let folder = URL(filePath: #filePath).appending(path: "../../../Sources/FinOps").standardized
        let files = try #require(FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil))
        var names: Set<String> = []
        for case let file as URL in files where file.pathExtension == "swift" {
            for line in try String(contentsOf: file, encoding: .utf8).split(separator: "\n") {
                if let match = line.firstMatch(of: /^    public (?:let|var) ([a-z]\w*): [^{]*$/) {
                    names.insert(String(match.1))
                }
            }
        }
        #expect(names.count > 100)
        for name in names { #expect(JSONText.camelCase(JSONText.snakeCase(name)) == name) }
    }

    @Test func `keys are sorted and slashes are left alone`() throws {
        let data = try JSONText.line(["b": "x/y", "a": "2"])
        #expect(String(decoding: data, as: UTF8.self) == #"{"a":"2","b":"x/y"}"#)
    }

    @Test func `a document ends with a newline`() throws {
        #expect(try JSONText.document(["a": 1]).last == UInt8(ascii: "\n"))
    }

    @Test func `keys of dictionaries are data and stay as they are`() throws {
        let usage = APIUsage(calls: ["ce:GetCostAndUsage": 3, "some_operation": 1], retries: 2, costUSD: "0.03")
        let data = try JSONText.line(usage)
        #expect(
            String(decoding: data, as: UTF8.self)
                == #"{"calls":{"ce:GetCostAndUsage":3,"some_operation":1},"cost_usd":"0.03","retries":2}"#)
        #expect(try JSONText.decode(APIUsage.self, from: data) == usage)
    }

    @Test func `a whole collection and its comparison survive the way to text and back`() throws {
        let collection = SampleCollection.partnerDiscount()
        #expect(try JSONText.decode(CostCollection.self, from: try JSONText.document(collection)) == collection)
        let check = SampleMonth.crossValidation(collection)
        #expect(try JSONText.decode(CrossValidation.self, from: try JSONText.document(check)) == check)
        let brief = SampleMonth.brief()
        #expect(try JSONText.decode(CoordinationBrief.self, from: try JSONText.line(brief)) == brief)
    }

    @Test func `the same value always gives the same bytes`() throws {
        let first = try JSONText.line(SampleCollection.partnerDiscount())
        for _ in 0..<20 { #expect(try JSONText.line(SampleCollection.partnerDiscount()) == first) }
    }
}
