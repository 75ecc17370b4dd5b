import FinOps
import Testing

@testable import Sandbox

/// The identities that make cross-validation possible, in exact decimals without any tolerance.
@Suite struct CostIdentityTests {
    static let seeds: [UInt64] = [1, 2, 77]

    private func client(_ seed: UInt64) -> DeskClient { DeskClient(.with { $0.seed = seed }) }

    private let year = #""TimePeriod":{"Start":"2025-02-01","End":"2026-03-01"},"Granularity":"MONTHLY""#

    @Test(arguments: seeds)
    func `an account's record types add up to its services`(seed: UInt64) async throws {
        let client = client(seed)
        let byType = try await client.costs(CostBody.make(year, groupBy: ["LINKED_ACCOUNT", "RECORD_TYPE"]))
        let byService = try await client.costs(CostBody.make(year, groupBy: ["LINKED_ACCOUNT", "SERVICE"]))
        for metric in CostMetric.allCases.map(\.apiName) {
            #expect(byType.sums(metric, by: 0) == byService.sums(metric, by: 0))
        }
    }

    @Test(arguments: seeds)
    func `groups add up to the ungrouped control`(seed: UInt64) async throws {
        let client = client(seed)
        let control = try await client.costs(CostBody.make(year))
        let byType = try await client.costs(CostBody.make(year, groupBy: ["LINKED_ACCOUNT", "RECORD_TYPE"]))
        #expect(control.count == 13)
        for month in control {
            for (metric, total) in month.amounts {
                #expect(byType.filter { $0.start == month.start }.sum(metric) == total)
            }
        }
    }

    @Test(arguments: seeds)
    func `net costs add up to unblended costs, amortised alike`(seed: UInt64) async throws {
        for month in try await client(seed).costs(CostBody.make(year)) {
            #expect(month.amounts["NetUnblendedCost"] == month.amounts["UnblendedCost"])
            #expect(month.amounts["NetAmortizedCost"] == month.amounts["AmortizedCost"])
            #expect(month.amounts["AmortizedCost"] == month.amounts["UnblendedCost"])
        }
    }

    @Test func `the days of a month add up to the month for every group`() async throws {
        let client = client(1)
        let daily = #""TimePeriod":{"Start":"2026-02-01","End":"2026-03-01"},"Granularity":"DAILY""#
        let days = try await client.costs(CostBody.make(daily, groupBy: ["LINKED_ACCOUNT", "RECORD_TYPE"]))
        let month = try await client.costs(CostBody.make(groupBy: ["LINKED_ACCOUNT", "RECORD_TYPE"]))
        for metric in CostMetric.allCases.map(\.apiName) {
            let sums = days.reduce(into: [[String]: ExactDecimal]()) {
                $0[$1.keys, default: .zero] += $1.amounts[metric] ?? .zero
            }
            for group in month { #expect(sums[group.keys, default: .zero] == group.amounts[metric]) }
        }
    }

    @Test func `two halves of a month add up to the month`() async throws {
        let client = client(1)
        let first = #""TimePeriod":{"Start":"2026-02-01","End":"2026-02-17"},"Granularity":"MONTHLY""#
        let second = #""TimePeriod":{"Start":"2026-02-17","End":"2026-03-01"},"Granularity":"MONTHLY""#
        let halves = try await client.costs(CostBody.make(first)) + client.costs(CostBody.make(second))
        #expect(halves.map(\.start) == ["2026-02-01", "2026-02-17"])
        #expect(try await halves.sum("UnblendedCost") == client.costs(CostBody.make()).sum("UnblendedCost"))
    }

    @Test func `the discount explains the difference between the layers of every account exactly`() async throws {
        let client = client(1)
        let layer1 = try await client.costs(
            CostBody.make(groupBy: ["LINKED_ACCOUNT", "SERVICE"], filter: CostBody.withoutDiscount))
        let layer3 = try await client.costs(CostBody.make(groupBy: ["LINKED_ACCOUNT", "RECORD_TYPE"]))
        let discounts = layer3.filter { RecordClass(recordType: $0.keys[1]) == .spp }
        let discountByAccount = discounts.sums("UnblendedCost", by: 0)
        let gross = layer1.sums("UnblendedCost", by: 0)
        for (account, net) in layer3.sums("UnblendedCost", by: 0) {
            #expect(net - gross[account, default: .zero] == discountByAccount[account, default: .zero])
        }
        let raw = (layer1.sum("UnblendedCost") - layer3.sum("UnblendedCost")).percent(of: layer3.sum("UnblendedCost"))
        #expect(raw == "5.90")
        // 5.9 % of what is eligible, row by row rounded down to the millionth.
        let eligible: Set = ["Usage", "SavingsPlanRecurringFee", "RIFee"]
        let ownService = try await client.costs(
            CostBody.make(
                groupBy: ["RECORD_TYPE"],
                filter: #"{"Dimensions":{"Key":"BILLING_ENTITY","Values":["AWS"]}}"#))
        let base = ownService.filter { eligible.contains($0.keys[0]) }.sum("UnblendedCost")
        #expect((-discounts.sum("UnblendedCost")).percent(of: base, fractionDigits: 4) == "5.90")
    }
}
