import FinOps
import Testing

@testable import Sandbox

@Suite struct CostFilterTests {
    let client = DeskClient()

    private func total(_ filter: String?) async throws -> ExactDecimal {
        try await client.costs(CostBody.make(filter: filter)).sum("UnblendedCost")
    }

    private func leaf(_ key: String, _ values: String...) -> String {
        let list = values.map { "\"\($0)\"" }.joined(separator: ",")
        return #"{"Dimensions":{"Key":"\#(key)","Values":[\#(list)]}}"#
    }

    @Test func `not is the rest`() async throws {
        let ec2 = leaf("SERVICE", EstateService.compute)
        let (part, rest, all) = try await (total(ec2), total(#"{"Not":\#(ec2)}"#), total(nil))
        #expect(part + rest == all)
        #expect(!part.isZero && !rest.isZero)
    }

    @Test func `or counts what both sides share once`() async throws {
        let ec2 = leaf("SERVICE", EstateService.compute)
        let usage = leaf("RECORD_TYPE", "Usage")
        let both = try await total(#"{"And":[\#(ec2),\#(usage)]}"#)
        let either = try await total(#"{"Or":[\#(ec2),\#(usage)]}"#)
        #expect(try await either + both == total(ec2) + total(usage))
        #expect(!both.isZero)
    }

    @Test(arguments: [
        "LINKED_ACCOUNT", "SERVICE", "RECORD_TYPE", "REGION", "USAGE_TYPE", "BILLING_ENTITY", "LEGAL_ENTITY_NAME",
        "INVOICING_ENTITY", "PURCHASE_TYPE", "AZ", "INSTANCE_TYPE", "OPERATION", "PLATFORM", "TENANCY",
    ])
    func `every dimension divides the month without remainder, and each group can be filtered by`(key: String)
        async throws
    {
        let groups = try await client.costs(CostBody.make(groupBy: [key]))
        #expect(try await groups.sum("UnblendedCost") == total(nil))
        #expect(Set(groups.map { $0.keys[0] }).count == groups.count)
        for group in groups.prefix(5) {
            #expect(try await total(leaf(key, group.keys[0])) == group.amounts["UnblendedCost"])
        }
    }

    @Test func `tags carry their name in the key, and untagged costs are a group`() async throws {
        let body =
            "{\(CostBody.february),\"Metrics\":[\"UnblendedCost\"],\"GroupBy\":[{\"Type\":\"TAG\",\"Key\":\"Environment\"}]}"
        let groups = try await client.costs(body)
        #expect(
            groups.map { $0.keys[0] } == [
                "Environment$", "Environment$development", "Environment$platform", "Environment$production",
                "Environment$sandbox",
            ])
        #expect(try await groups.sum("UnblendedCost") == total(nil))
        let untagged = try await total(#"{"Tags":{"Key":"Environment","MatchOptions":["ABSENT"]}}"#)
        #expect(untagged == groups[0].amounts["UnblendedCost"])
        let shouted = try await total(
            #"{"Tags":{"Key":"Environment","Values":["PRODUCTION"],"MatchOptions":["CASE_INSENSITIVE"]}}"#)
        #expect(shouted == groups[3].amounts["UnblendedCost"])
    }

    @Test func `a value nobody has filters everything away`() async throws {
        #expect(try await total(leaf("SERVICE", "amazon elastic compute cloud - compute")) == .zero)
    }
}
