import FinOps
import Foundation

/// How well savings plans were used, and how much they covered, over the whole organisation.
struct SavingsPlanUsageReader {
    let reader: PaidReader
    let hashing: any Hashing

    func utilization(from firstDay: CalendarDay, to endDay: CalendarDay) async throws -> CommitmentUtilization {
        let body = Self.utilizationBody(from: firstDay, to: endDay)
        let pages = try await reader.listing(
            .getSavingsPlansUtilizationDetails, body, tokenName: "NextToken", token: \UtilizationPage.NextToken,
            validity: CommitmentValidity(endDay: endDay).of, decode: AnswerJSON.decoder(UtilizationPage.self))
        let amounts = CommitmentAmounts(.getSavingsPlansUtilizationDetails, requestID: pages[0].requestID)
        let plans = try pages.flatMap { page in
            try (page.value.SavingsPlansUtilizationDetails ?? []).map { try $0.commitment(amounts) }
        }
        // Every page repeats the total; a page that lacks it is only a page of plans.
        guard let total = pages.lazy.compactMap(\.value.Total).first else { throw amounts.refused("there is no total") }
        return CommitmentUtilization(
            family: .savingsPlans, committed: try amounts.money(total.Utilization?.TotalCommitment, "the commitment"),
            used: try amounts.money(total.Utilization?.UsedCommitment, "the used commitment"),
            unused: try amounts.money(total.Utilization?.UnusedCommitment, "the unused commitment"),
            onDemandEquivalent: try amounts.money(total.Savings?.OnDemandCostEquivalent, "the on-demand equivalent"),
            commitments: plans.sorted(by: Commitment.endsEarlier),
            record: QueryRecord(
                id: "savings-plans.utilization", .getSavingsPlansUtilizationDetails, body: body.data, pages: pages,
                rows: plans.count, hashing: hashing))
    }

    func coverage(from firstDay: CalendarDay, to endDay: CalendarDay) async throws -> CommitmentCoverage {
        let body = Self.coverageBody(from: firstDay, to: endDay)
        let pages = try await reader.listing(
            .getSavingsPlansCoverage, body, tokenName: "NextToken", token: \CoveragePage.NextToken,
            validity: CommitmentValidity(endDay: endDay).of, decode: AnswerJSON.decoder(CoveragePage.self))
        let amounts = CommitmentAmounts(.getSavingsPlansCoverage, requestID: pages[0].requestID)
        // By month: a period that crosses none has one line.
        let lines = pages.flatMap(\.value.SavingsPlansCoverages)
        guard lines.count == 1, let coverage = lines[0].Coverage else {
            throw amounts.refused("there are \(lines.count) months of coverage where one was asked for")
        }
        let covered = try amounts.money(coverage.SpendCoveredBySavingsPlans, "the covered spend")
        let onDemand = try amounts.money(coverage.OnDemandCost, "the on-demand cost")
        return CommitmentCoverage(
            family: .savingsPlans, covered: covered.amount, eligible: covered.amount + onDemand.amount,
            onDemandCost: onDemand,
            record: QueryRecord(
                id: "savings-plans.coverage", .getSavingsPlansCoverage, body: body.data, pages: pages,
                rows: lines.count, hashing: hashing))
    }

    static func utilizationBody(from firstDay: CalendarDay, to endDay: CalendarDay) -> RequestJSON {
        ["TimePeriod": ["Start": .text(firstDay.description), "End": .text(endDay.description)]]
    }

    static func coverageBody(from firstDay: CalendarDay, to endDay: CalendarDay) -> RequestJSON {
        [
            "TimePeriod": ["Start": .text(firstDay.description), "End": .text(endDay.description)],
            "Granularity": "MONTHLY", "Metrics": ["SpendCoveredBySavingsPlans"],
        ]
    }
}

private struct UtilizationPage: Decodable, Sendable {
    let SavingsPlansUtilizationDetails: [Detail]?
    let Total: Total?
    let NextToken: String?

    struct Total: Decodable, Sendable {
        let Utilization: Utilization?
        let Savings: Savings?
    }

    struct Detail: Decodable, Sendable {
        let SavingsPlanArn: String?
        let Attributes: [String: String]?
        let Utilization: Utilization?

        func commitment(_ amounts: CommitmentAmounts) throws -> Commitment {
            let attributes = CommitmentAttributes(Attributes)
            return Commitment(
                id: SavingsPlanArn ?? "unnamed", type: attributes["SavingsPlansType"] ?? "savings plan",
                account: attributes["AccountId"], firstDay: attributes.day("StartDateTime"),
                endDay: attributes.day("EndDateTime"),
                hourlyCommitment: attributes["HourlyCommitment"].flatMap(ExactDecimal.init).map { Money($0, .usd) },
                committed: try amounts.optional(Utilization?.TotalCommitment, "a plan's commitment"),
                used: try amounts.optional(Utilization?.UsedCommitment, "a plan's used commitment"))
        }
    }

    struct Utilization: Decodable, Sendable {
        let TotalCommitment: String?
        let UsedCommitment: String?
        let UnusedCommitment: String?
    }

    struct Savings: Decodable, Sendable {
        let OnDemandCostEquivalent: String?
    }
}

private struct CoveragePage: Decodable, Sendable {
    let SavingsPlansCoverages: [Line]
    let NextToken: String?

    struct Line: Decodable, Sendable {
        let Coverage: Coverage?
    }

    struct Coverage: Decodable, Sendable {
        let SpendCoveredBySavingsPlans: String?
        let OnDemandCost: String?
    }
}
