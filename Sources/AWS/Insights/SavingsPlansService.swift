import FinOps
import Foundation
import HTTP
import SigV4

/// The active savings plans of the caller's account. A REST service: the path names the operation, the body is JSON.
struct SavingsPlansService {
    let caller: any AWSCaller
    let hashing: any Hashing

    func savingsPlans() async throws -> SavingsPlanListing {
        let body: RequestJSON = ["states": ["active"], "maxResults": 1000]
        let pages = try await Paging.drain(.describeSavingsPlans, token: \SavingsPlanPage.nextToken) { token in
            let message = CallMessage(
                path: "/DescribeSavingsPlans", headers: [WireRequest.Header("Content-Type", "application/json")],
                body: body.adding("nextToken", token).data)
            return try await caller.call(.describeSavingsPlans, message) { response in
                try JSONDecoder().decode(SavingsPlanPage.self, from: response.body)
            }
        }
        let plans = try pages.flatMap { page in
            try page.value.savingsPlans.map { try Self.commitment($0, requestID: page.requestID) }
        }
        return SavingsPlanListing(
            plans: plans.sorted(by: Commitment.endsEarlier),
            record: QueryRecord(
                id: "savings-plans", .describeSavingsPlans, body: body.data, pages: pages, rows: plans.count,
                hashing: hashing))
    }

    private static func commitment(_ plan: SavingsPlanPage.Plan, requestID: String?) throws -> Commitment {
        let amounts = CommitmentAmounts(.describeSavingsPlans, requestID: requestID)
        guard let currency = Currency(plan.currency ?? Currency.usd.code) else {
            throw amounts.refused("plan \(plan.savingsPlanArn) is in no currency")
        }
        let parts = plan.savingsPlanArn.split(separator: ":", omittingEmptySubsequences: false)
        return Commitment(
            id: plan.savingsPlanArn, type: plan.savingsPlanType ?? "savings plan",
            account: parts.count > 4 ? String(parts[4]) : nil, firstDay: day(plan.start), endDay: day(plan.end),
            hourlyCommitment: try plan.commitment.map { Money(try amounts.number($0, "the commitment"), currency) })
    }

    private static func day(_ time: String?) -> CalendarDay? { time.flatMap { CalendarDay(String($0.prefix(10))) } }
}

private struct SavingsPlanPage: Decodable, Sendable {
    let savingsPlans: [Plan]
    let nextToken: String?

    struct Plan: Decodable, Sendable {
        let savingsPlanArn: String
        let savingsPlanType: String?
        let start: String?
        let end: String?
        let commitment: String?
        let currency: String?
    }
}
