import FinOps
import HTTP
import Testing

@testable import AWS

@Suite struct ComputeOptimizerTests {
    private let volumes = #"""
        {"volumeRecommendations":[{"volumeArn":"arn:aws:ec2:eu-west-1:111122223333:volume/vol-1","accountId":"111122223333",
        "volumeRecommendationOptions":[{"rank":2,"savingsOpportunity":{"estimatedMonthlySavings":{"currency":"USD","value":9}}},
        {"rank":1,"savingsOpportunity":{"estimatedMonthlySavings":{"currency":"USD","value":4.1}}}]},
        {"volumeArn":"arn:aws:ec2:eu-west-1:111122223333:volume/vol-2","volumeRecommendationOptions":[{"rank":1}]}]}
        """#
    private let databases = #"""
        {"rdsDBRecommendations":[{"resourceArn":"arn:aws:rds:eu-west-1:111122223333:db:old",
        "instanceRecommendationOptions":[{"rank":1,"savingsOpportunity":{"estimatedMonthlySavings":{"value":0.1}}}]}]}
        """#

    @Test func `four kinds are asked, and of each resource the option that AWS ranks first`() async throws {
        let machines = ScriptedWire([
            .json(#"{"instanceRecommendations":[],"nextToken":"t"}"#), .json(#"{"instanceRecommendations":[]}"#),
        ])
        let wire = OptimizerWire([
            "EC2Instance": machines, "EBSVolume": ScriptedWire([.json(volumes)]),
            "LambdaFunction": ScriptedWire([.json(#"{"lambdaFunctionRecommendations":[]}"#)]),
            "RDSDatabase": ScriptedWire([.json(databases)]),
        ])
        let listing = try await services(wire).insights.rightsizing()
        #expect(wire.wires.values.map(\.requests.count).sorted() == [1, 1, 1, 2])
        #expect(machines.requests[1].bodyText == #"{"maxResults":100,"nextToken":"t"}"#)
        #expect(listing.recommendations.map(\.monthlySavings.amount) == ["4.1", "0.1"])
        #expect(listing.recommendations.map(\.resourceType) == ["EbsVolume", "RdsDbInstance"])
        let database = listing.recommendations[1]
        #expect(database.account == "111122223333" && database.region == "eu-west-1")
        #expect(listing.records.map(\.rows) == [0, 2, 0, 1])
    }

    @Test func `where nobody opted in that is said, and the others are not asked`() async throws {
        let wire = ScriptedWire([.refusal("OptInRequiredException")])
        let trouble = await trouble { try await services(wire).insights.rightsizing() }
        #expect(trouble?.kind == .notOffered && trouble?.code == "OptInRequiredException")
        #expect(wire.requests.count == 1)
    }

    @Test func `advice about nothing is refused`() async throws {
        let wire = ScriptedWire([.json(#"{"instanceRecommendations":[{"accountId":"1"}]}"#)])
        let trouble = await trouble { try await services(wire).insights.rightsizing() }
        #expect(trouble?.code == "UnreadableRecommendation")
    }
}

/// One script for each kind of resource: three are asked at once.
private struct OptimizerWire: HTTPSending {
    let wires: [String: ScriptedWire]

    init(_ wires: [String: ScriptedWire]) { self.wires = wires }

    func send(_ request: HTTPRequest) async throws -> HTTPResponse {
        let kind = request.headers["X-Amz-Target"]?.replacing("ComputeOptimizerService.Get", with: "")
            .replacing("Recommendations", with: "")
        guard let wire = wires[kind ?? ""] else { throw HTTPError(.reset, "nothing is scripted for \(kind ?? "")") }
        return try await wire.send(request)
    }
}
