import FinOps
import Testing

@testable import Sandbox

/// Requests that AWS would refuse are refused with AWS's code, and cost nothing.
@Suite struct CostValidationTests {
    let client = DeskClient()

    private static let month = CostBody.february
    private static let metric = #""Metrics":["UnblendedCost"]"#

    private static func period(_ start: String, _ end: String, _ granularity: String = "MONTHLY") -> String {
        #""TimePeriod":{"Start":"\#(start)","End":"\#(end)"},"Granularity":"\#(granularity)""#
    }

    private static func leaf(_ key: String, _ values: String = #"["x"]"#) -> String {
        #"{"Dimensions":{"Key":"\#(key)","Values":\#(values)}}"#
    }

    static let refused: [String] = [
        "{\(metric)}",
        "{\(month)}",
        #"{\#(month),"Metrics":[]}"#,
        #"{\#(month),"Metrics":["unblendedcost"]}"#,
        "{\(month),\(metric),\"Surprise\":1}",
        "{\(period("2026-03-01", "2026-02-01")),\(metric)}",
        "{\(period("2026-02-01", "2026-02-01")),\(metric)}",
        "{\(period("2026-02-30", "2026-03-01")),\(metric)}",
        "{\(period("2026-02", "2026-03")),\(metric)}",
        "{\(period("2026-03-11", "2026-03-20")),\(metric)}",
        "{\(period("2026-03-01", "2026-04-02")),\(metric)}",
        "{\(period("2025-01-31", "2026-03-01")),\(metric)}",
        "{\(period("2026-02-01", "2026-03-01", "HOURLY")),\(metric)}",
        "{\(period("2026-02-01", "2026-03-01", "WEEKLY")),\(metric)}",
        CostBody.make(groupBy: ["SERVICE", "REGION", "LINKED_ACCOUNT"]),
        CostBody.make(groupBy: ["SERVICE", "SERVICE"]),
        CostBody.make(groupBy: ["RESOURCE_ID"]),
        CostBody.make(groupBy: ["LINKED_ACCOUNT_NAME"]),
        #"{\#(month),\#(metric),"GroupBy":[{"Type":"COLOUR","Key":"SERVICE"}]}"#,
        CostBody.make(filter: "{}"),
        CostBody.make(filter: #"{"Nor":[]}"#),
        CostBody.make(filter: #"{"And":[\#(leaf("SERVICE"))]}"#),
        CostBody.make(filter: #"{"And":[\#(leaf("SERVICE")),\#(leaf("REGION"))],"Not":\#(leaf("SERVICE"))}"#),
        CostBody.make(filter: leaf("SERVICE", "[]")),
        CostBody.make(filter: leaf("RESOURCE_ID")),
        CostBody.make(filter: #"{"Dimensions":{"Key":"SERVICE","Values":["x"],"MatchOptions":["CONTAINS"]}}"#),
    ]

    @Test(arguments: refused)
    func `a request that AWS refuses is refused`(body: String) async {
        #expect(await client.costRefusal(body) == "ValidationException")
        #expect(await client.meter.billedCostExplorerRequests == 0)
    }

    @Test func `the wall stands fourteen months back`() async throws {
        let oldest = CostBody.make(Self.period("2025-02-01", "2025-03-01"))
        #expect(try await client.costs(oldest).count == 1)
        let answer = await client.ask(
            "AWSInsightsIndexService.GetCostAndUsage", CostBody.make(Self.period("2025-01-01", "2025-02-01")))
        #expect(String(decoding: answer.body, as: UTF8.self).contains("historical data beyond 14 months"))
    }

    @Test func `a body that is not an object is refused by the protocol`() async {
        for body in ["", "[]", "{", "{\"a\":1,\"a\":2}", "null x"] {
            let code = await client.costRefusal(body)
            #expect(code == (body.isEmpty ? "ValidationException" : "SerializationException"), "\(body)")
        }
    }

    @Test func `an unknown operation is refused whatever its parameters`() async {
        for target in [
            "AWSInsightsIndexService.DeleteAnomalyMonitor", "AWSBudgetServiceGateway.CreateBudget",
            "AWSOrganizationsV20161128.CloseAccount", "Invoicing.DeleteInvoiceUnit", "CostOptimizationHubService.List",
            "Nobody.Knows",
        ] {
            #expect(await client.refusal(target, "{}") == "UnknownOperationException")
        }
    }

    @Test func `the running month is estimated and holds only its past days`() async throws {
        let body = CostBody.make(Self.period("2026-02-01", "2026-04-01"))
        let answer = try await client.value("AWSInsightsIndexService.GetCostAndUsage", body)
        #expect(answer["ResultsByTime"]?.elements?.map { $0["Estimated"] } == [false, true])
        let days = try await client.costs(CostBody.make(Self.period("2026-03-01", "2026-04-01", "DAILY")))
        #expect(days.filter { !($0.amounts["UnblendedCost"] ?? .zero).isZero }.map(\.start).max() == "2026-03-09")
    }

    @Test func `a month stays estimated until the fifth of the next`() async throws {
        for (today, isEstimated) in [("2026-03-04", true), ("2026-03-05", false)] {
            let client = DeskClient(.with { $0.today = CalendarDay(today)! })
            let answer = try await client.value("AWSInsightsIndexService.GetCostAndUsage", CostBody.make())
            #expect(answer["ResultsByTime"]?.elements?.first?["Estimated"] == .bool(isEstimated))
        }
    }

    @Test func `nobody reads costs without the permission or beyond his account`() async throws {
        #expect(await client.costRefusal(CostBody.make(), as: .withoutCostExplorer) == "AccessDeniedException")
        #expect(await client.costRefusal(CostBody.make(), as: .expired) == "ExpiredTokenException")
        let own = try await client.costs(CostBody.make(groupBy: ["LINKED_ACCOUNT"]), as: .member)
        #expect(own.map { $0.keys[0] } == [client.estate.accounts[10].id])
    }
}
