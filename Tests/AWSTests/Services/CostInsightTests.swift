import FinOps
import Foundation
import HTTP
import Testing

@testable import AWS

private let february = (first: CalendarDay("2026-02-01")!, end: CalendarDay("2026-03-01")!)

@Suite struct AnomalyReaderTests {
    private func anomalies(_ answer: String) async throws -> (AnomalyListing, ScriptedWire) {
        let wire = ScriptedWire([.identity, .json(answer)])
        let source = try services(wire).insights
        return (try await source.anomalies(from: february.first, to: CalendarDay("2026-03-10")!), wire)
    }

    @Test func `amounts are read from their digits, causes by their contribution`() async throws {
        let (listing, wire) = try await anomalies(
            #"""
            {"Anomalies":[{"AnomalyId":"a","AnomalyStartDate":"2026-02-11T00:00:00Z","AnomalyEndDate":"2026-02-13",
            "DimensionValue":"EC2 - Other","AnomalyScore":{"MaxScore":0.9,"CurrentScore":0.1},
            "RootCauses":[{"Service":"S","LinkedAccount":"1","Impact":{"Contribution":1.1}},
            {"Service":"T","LinkedAccount":"2","UsageType":"U","Region":"R","Impact":{"Contribution":2.2}}],
            "Impact":{"MaxImpact":0.1,"TotalImpact":4215.3300000000004,"TotalActualSpend":5000,"TotalExpectedSpend":784.67},
            "MonitorArn":"m"}]}
            """#)
        let anomaly = try #require(listing.anomalies.first)
        #expect(anomaly.firstDay.description == "2026-02-11" && anomaly.lastDay?.description == "2026-02-13")
        #expect(anomaly.impact.maxImpact == "0.1" && anomaly.impact.totalActualSpend == "5000")
        #expect(anomaly.impact.totalImpact == "4215.33", "digits beyond 10⁻¹² are a binary computation's")
        #expect(anomaly.service == "T" && anomaly.account == "2")
        #expect(
            wire.requests[1].bodyText == #"{"DateInterval":{"EndDate":"2026-03-10","StartDate":"2026-02-01"}}"#)
        #expect(wire.requests[1].headers["X-Amz-Target"] == "AWSInsightsIndexService.GetAnomalies")
    }

    @Test func `an impact that was not sent is the difference it is defined as, or trouble`() async throws {
        func answer(_ impact: String) -> String {
            #"{"Anomalies":[{"AnomalyId":"a","AnomalyStartDate":"2026-02-11","Impact":{"MaxImpact":1\#(impact)}}]}"#
        }
        let (listing, _) = try await anomalies(answer(#","TotalActualSpend":7.5,"TotalExpectedSpend":2.25"#))
        #expect(listing.anomalies[0].impact.totalImpact == "5.25" && listing.anomalies[0].lastDay == nil)
        let trouble = await trouble { try await anomalies(answer("")) }
        #expect(trouble?.code == "UnreadableAnomaly")
    }

    @Test(arguments: [
        (#"{"Anomalies":[{"AnomalyId":"a","AnomalyStartDate":"soon","Impact":{"MaxImpact":1,"TotalImpact":1}}]}"#),
        (#"{"Anomalies":[{"AnomalyId":"a","Impact":{"MaxImpact":1,"TotalImpact":1}}]}"#),
    ])
    func `an anomaly without a first day is refused`(answer: String) async {
        let trouble = await trouble { try await anomalies(answer) }
        #expect(trouble?.kind == .inconsistent)
    }
}

@Suite struct SavingsPlanTests {
    @Test func `plans are asked for by path, and come with their ends`() async throws {
        let wire = ScriptedWire([
            .json(#"{"savingsPlans":[],"nextToken":"t"}"#),
            .json(
                #"""
                {"savingsPlans":[{"savingsPlanArn":"arn:aws:savingsplans::111122223333:savingsplan/b","state":"active",
                "savingsPlanType":"Compute","currency":"USD","commitment":"9.6","start":"2025-09-14T00:00:00.000Z",
                "end":"2026-09-14T00:00:00.000Z"}]}
                """#),
        ])
        let listing = try await services(wire).insights.savingsPlans()
        let plan = try #require(listing.plans.first)
        #expect(plan.account == "111122223333" && plan.hourlyCommitment == Money("9.6", .usd))
        #expect(plan.endDay?.description == "2026-09-14")
        #expect(wire.requests[0].url.hasSuffix("/DescribeSavingsPlans") && wire.requests[0].method == "POST")
        #expect(wire.requests[0].headers["Content-Type"] == "application/json")
        #expect(wire.requests[1].bodyText == #"{"maxResults":1000,"nextToken":"t","states":["active"]}"#)
    }

    @Test func `utilisation has a total and every plan, whatever the capitals of its attributes`() async throws {
        let wire = ScriptedWire([
            .identity,
            .json(
                #"""
                {"SavingsPlansUtilizationDetails":[{"SavingsPlanArn":"p","Attributes":{"endDateTime":"2026-09-14T00:00:00Z",
                "HourlyCommitment":"1.5"},"Utilization":{"TotalCommitment":"100","UsedCommitment":"94"}}],
                "Total":{"Utilization":{"TotalCommitment":"100","UsedCommitment":"94","UnusedCommitment":"6"},
                "Savings":{"NetSavings":"30","OnDemandCostEquivalent":"130"}},"TimePeriod":{"Start":"a","End":"b"}}
                """#),
        ])
        let use = try await services(wire).insights.utilization(
            of: .savingsPlans, from: february.first, to: february.end)
        #expect(use.committed == Money("100", .usd) && use.unused == Money("6", .usd))
        #expect(use.onDemandEquivalent == Money("130", .usd))
        #expect(use.commitments[0].endDay?.description == "2026-09-14")
        #expect(use.commitments[0].hourlyCommitment == Money("1.5", .usd))
    }

    @Test func `coverage is what was covered of what was eligible`() async throws {
        let wire = ScriptedWire([
            .identity,
            .json(
                #"{"SavingsPlansCoverages":[{"Coverage":{"SpendCoveredBySavingsPlans":"75","OnDemandCost":"25","TotalCost":"100"}}]}"#
            ),
        ])
        let coverage = try await services(wire).insights.coverage(
            of: .savingsPlans, from: february.first, to: february.end)
        #expect(coverage.covered == "75" && coverage.eligible == "100" && coverage.onDemandCost == Money("25", .usd))
        #expect(
            wire.requests[1].bodyText
                == #"{"Granularity":"MONTHLY","Metrics":["SpendCoveredBySavingsPlans"],"TimePeriod":{"End":"2026-03-01","Start":"2026-02-01"}}"#
        )
    }

    @Test(arguments: CommitmentFamily.allCases)
    func `no commitments is no data`(family: CommitmentFamily) async {
        let trouble = await trouble {
            try await services(ScriptedWire([.identity, .refusal("DataUnavailableException")])).insights
                .utilization(of: family, from: february.first, to: february.end)
        }
        #expect(trouble?.kind == .noData)
    }
}

@Suite struct ReservationUsageTests {
    @Test func `the service is always named, since Cost Explorer answers for EC2 otherwise`() async throws {
        let wire = ScriptedWire([
            .identity,
            .json(
                #"""
                {"UtilizationsByTime":[{"Groups":[{"Key":"SUBSCRIPTION_ID","Value":"s","Attributes":{"leaseId":"l",
                "accountId":"1","instanceType":"db.r6g.large","endDateTime":"2026-05-01T00:00:00Z"},
                "Utilization":{"TotalAmortizedFee":"10","RICostForUnusedHours":"1"}}]}],
                "Total":{"TotalAmortizedFee":"10","RICostForUnusedHours":"1","OnDemandCostOfRIHoursUsed":"14"}}
                """#),
        ])
        let use = try await services(wire).insights.utilization(
            of: .databaseReservations, from: february.first, to: february.end)
        #expect(use.used == Money("9", .usd) && use.onDemandEquivalent == Money("14", .usd))
        #expect(use.commitments[0].id == "l" && use.commitments[0].used == Money("9", .usd))
        #expect(
            wire.requests[1].bodyText.contains(
                #""Filter":{"Dimensions":{"Key":"SERVICE","Values":["Amazon Relational Database Service"]}}"#))
    }

    @Test func `an answer without a total is refused`() async {
        let trouble = await trouble {
            try await services(ScriptedWire([.identity, .json(#"{"CoveragesByTime":[]}"#)])).insights
                .coverage(of: .computeReservations, from: february.first, to: february.end)
        }
        #expect(trouble?.code == "UnreadableCommitment")
    }
}

@Suite struct OptimizationHubTests {
    @Test func `of two recommendations for one resource the one that saves more is kept`() async throws {
        func item(_ id: String, _ resource: String, _ savings: String) -> String {
            #"{"recommendationId":"\#(id)","accountId":"1","region":"r","resourceId":"\#(resource)","#
                + #""currentResourceType":"EbsVolume","actionType":"Delete","estimatedMonthlySavings":\#(savings),"#
                + #""currencyCode":"USD"}"#
        }
        let wire = ScriptedWire([
            .json(#"{"items":[\#(item("a", "v", "1.1"))],"nextToken":"t"}"#),
            .json(#"{"items":[\#(item("b", "v", "96.05")),\#(item("c", "", "7")),\#(item("d", "", "3E0"))]}"#),
        ])
        let listing = try await services(wire).insights.recommendations()
        #expect(listing.recommendations.map(\.id) == ["b", "c", "d"], "advice without a resource stands alone")
        #expect(listing.recommendations.map(\.monthlySavings.amount) == ["96.05", "7", "3"])
        #expect(listing.duplicates == 1 && listing.record.rows == 4)
        #expect(
            wire.requests[0].headers["X-Amz-Target"] == "CostOptimizationHubService.ListRecommendations")
        #expect(listing.belonging(to: "2").recommendations.isEmpty)
    }

    @Test func `an organisation that is not enrolled is unknown, not without savings`() async {
        let trouble = await trouble {
            try await services(ScriptedWire([.refusal("AccessDeniedException")])).insights.recommendations()
        }
        #expect(trouble?.kind == .accessDenied && trouble?.operation == "cost-optimization-hub:ListRecommendations")
    }

    @Test func `a month without a score says why`() async throws {
        let trouble = await trouble {
            try await services(
                ScriptedWire([.json(#"{"efficiencyMetricsByGroup":[{"group":"","message":"insufficient data"}]}"#)])
            ).insights.efficiency(in: BillingMonth("2026-02")!)
        }
        #expect(trouble?.kind == .noData && trouble?.message == "insufficient data")
        let wire = ScriptedWire([
            .json(
                #"{"efficiencyMetricsByGroup":[{"metricsByTime":[{"score":80,"savings":20,"spend":100,"timestamp":"2026-02"}]}]}"#
            )
        ])
        #expect(try await services(wire).insights.efficiency(in: BillingMonth("2026-02")!).percent == "80")
    }
}
