import FinOps
import Foundation

/// How well the reservations of one service were used, and how much they covered. Cost Explorer answers for EC2 unless a
/// service is named, so one always is.
struct ReservationUsageReader {
    let reader: PaidReader
    let hashing: any Hashing

    func utilization(
        of family: CommitmentFamily, from firstDay: CalendarDay, to endDay: CalendarDay
    ) async throws -> CommitmentUtilization {
        let body = Self.utilizationBody(family, from: firstDay, to: endDay)
        let pages = try await reader.listing(
            .getReservationUtilization, body, token: \UtilizationPage.NextPageToken,
            validity: CommitmentValidity(endDay: endDay).of, decode: AnswerJSON.decoder(UtilizationPage.self))
        let amounts = CommitmentAmounts(.getReservationUtilization, requestID: pages[0].requestID)
        let groups = try pages.flatMap(\.value.UtilizationsByTime).flatMap { $0.Groups ?? [] }
            .map { try $0.commitment(amounts) }
        guard let total = pages.lazy.compactMap(\.value.Total).first else { throw amounts.refused("there is no total") }
        let committed = try amounts.money(total.TotalAmortizedFee, "the amortised fee")
        let unused = try amounts.money(total.RICostForUnusedHours, "the cost of unused hours")
        return CommitmentUtilization(
            family: family, committed: committed, used: committed - unused, unused: unused,
            onDemandEquivalent: try amounts.money(total.OnDemandCostOfRIHoursUsed, "the on-demand equivalent"),
            commitments: groups.sorted(by: Commitment.endsEarlier),
            record: QueryRecord(
                id: "\(family.rawValue).utilization", .getReservationUtilization, body: body.data, pages: pages,
                rows: groups.count, hashing: hashing))
    }

    func coverage(
        of family: CommitmentFamily, from firstDay: CalendarDay, to endDay: CalendarDay
    ) async throws -> CommitmentCoverage {
        let body = Self.coverageBody(family, from: firstDay, to: endDay)
        let pages = try await reader.listing(
            .getReservationCoverage, body, token: \CoveragePage.NextPageToken,
            validity: CommitmentValidity(endDay: endDay).of, decode: AnswerJSON.decoder(CoveragePage.self))
        let amounts = CommitmentAmounts(.getReservationCoverage, requestID: pages[0].requestID)
        guard let total = pages.lazy.compactMap(\.value.Total).first else { throw amounts.refused("there is no total") }
        return CommitmentCoverage(
            family: family, covered: try amounts.number(total.CoverageHours?.ReservedHours, "the reserved hours"),
            eligible: try amounts.number(total.CoverageHours?.TotalRunningHours, "the running hours"),
            onDemandCost: try amounts.money(total.CoverageCost?.OnDemandCost, "the on-demand cost"),
            record: QueryRecord(
                id: "\(family.rawValue).coverage", .getReservationCoverage, body: body.data, pages: pages,
                rows: pages.count, hashing: hashing))
    }

    /// By subscription, which brings what each is and when it ends.
    static func utilizationBody(
        _ family: CommitmentFamily, from firstDay: CalendarDay, to endDay: CalendarDay
    ) -> RequestJSON {
        [
            "TimePeriod": period(firstDay, endDay), "Filter": filter(family),
            "GroupBy": [["Type": "DIMENSION", "Key": "SUBSCRIPTION_ID"]],
        ]
    }

    static func coverageBody(
        _ family: CommitmentFamily, from firstDay: CalendarDay, to endDay: CalendarDay
    ) -> RequestJSON {
        [
            "TimePeriod": period(firstDay, endDay), "Filter": filter(family), "Granularity": "MONTHLY",
            "Metrics": ["Hour", "Cost"],
        ]
    }

    private static func period(_ firstDay: CalendarDay, _ endDay: CalendarDay) -> RequestJSON {
        ["Start": .text(firstDay.description), "End": .text(endDay.description)]
    }

    private static func filter(_ family: CommitmentFamily) -> RequestJSON {
        ["Dimensions": ["Key": "SERVICE", "Values": .texts([family.service ?? ""])]]
    }
}

private struct UtilizationPage: Decodable, Sendable {
    let UtilizationsByTime: [Period]
    let Total: Aggregates?
    let NextPageToken: String?

    struct Period: Decodable, Sendable {
        let Groups: [Group]?
    }

    struct Group: Decodable, Sendable {
        let Value: String?
        let Attributes: [String: String]?
        let Utilization: Aggregates?

        func commitment(_ amounts: CommitmentAmounts) throws -> Commitment {
            let attributes = CommitmentAttributes(Attributes)
            let committed = try amounts.optional(Utilization?.TotalAmortizedFee, "a reservation's fee")
            let unused = try amounts.optional(Utilization?.RICostForUnusedHours, "a reservation's unused cost")
            return Commitment(
                id: attributes["leaseId"] ?? Value ?? "unnamed", type: attributes["instanceType"] ?? "reservation",
                account: attributes["accountId"], firstDay: attributes.day("startDateTime"),
                endDay: attributes.day("endDateTime"), committed: committed,
                used: committed.flatMap { fee in unused.map { fee - $0 } })
        }
    }

    struct Aggregates: Decodable, Sendable {
        let TotalAmortizedFee: String?
        let RICostForUnusedHours: String?
        let OnDemandCostOfRIHoursUsed: String?
    }
}

private struct CoveragePage: Decodable, Sendable {
    let Total: Coverage?
    let NextPageToken: String?

    struct Coverage: Decodable, Sendable {
        let CoverageHours: Hours?
        let CoverageCost: Cost?
    }

    struct Hours: Decodable, Sendable {
        let ReservedHours: String?
        let TotalRunningHours: String?
    }

    struct Cost: Decodable, Sendable {
        let OnDemandCost: String?
    }
}
