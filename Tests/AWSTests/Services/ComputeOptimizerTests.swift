import FinOps
import HTTP
import Testing

@testable import AWS

@Suite struct ComputeOptimizerTests {
    private func ask(_ answers: [ScriptedWire.Step]) async throws -> (RightsizingListing, ScriptedWire) {
        let wire = ScriptedWire(answers)
        return (try await services(wire).insights.rightsizing(), wire)
    }

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
        let (listing, wire) = try await ask([
            .json(#"{"instanceRecommendations":[],"nextToken":"t"}"#), .json(#"{"instanceRecommendations":[]}"#),
            .json(volumes), .json(#"{"lambdaFunctionRecommendations":[]}"#), .json(databases),
        ])
        #expect(
            wire.requests.compactMap { $0.headers["X-Amz-Target"] } == [
                "ComputeOptimizerService.GetEC2InstanceRecommendations",
                "ComputeOptimizerService.GetEC2InstanceRecommendations",
                "ComputeOptimizerService.GetEBSVolumeRecommendations",
                "ComputeOptimizerService.GetLambdaFunctionRecommendations",
                "ComputeOptimizerService.GetRDSDatabaseRecommendations",
            ])
        #expect(wire.requests[1].bodyText == #"{"maxResults":100,"nextToken":"t"}"#)
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
