import FinOps
import TestSupport
import Testing

@testable import Pipeline

@Suite("Collection") struct CollectionPhaseTests {
    /// Nobody is answered before everybody has asked: a phase that asks one after the other never ends.
    @Test(.timeLimit(.minutes(1))) func `asks all its questions in one round`() async throws {
        let cloud = PatientCloud(expected: 19)
        let services = CloudServices(
            identity: cloud, directory: cloud, costs: cloud, forecasts: cloud, budgets: cloud, invoices: cloud,
            billingViews: cloud, memberCosts: cloud, insights: cloud, meter: cloud, clockSkewSeconds: { nil })
        let request = SampleMonth.request()
        let plan = CollectionPlan(
            month: request.month, today: request.today, onlyAccount: nil, extraQuestions: ExtraQuestion.allCases)
        let collection = try await CollectionPhase(
            request: request, metric: .unblended, caller: try await cloud.callerIdentity(),
            inventory: SampleMonth.inventory(), plan: plan, services: services
        ).work()
        #expect(collection.troubles.count == 19)
        #expect(await cloud.round.asked == 19)
    }

    @Test func `four billed requests serve the month`() {
        let plan = CollectionPlan(month: SampleLedger.month, today: SampleLedger.today, onlyAccount: nil)
        #expect(plan.plannedRequests == 4)
        #expect(plan.plannedCostUSD == "0.04")
        #expect(plan.queries.map(\.id) == ["daily", "L1", "L3"])
    }

    @Test func `extra questions are priced, and those about the organisation not asked of one account`() {
        func plan(_ extra: [ExtraQuestion], only account: String? = nil) -> CollectionPlan {
            CollectionPlan(
                month: SampleLedger.month, today: SampleLedger.today, onlyAccount: account, extraQuestions: extra)
        }
        #expect(plan([.anomalies]).plannedCostUSD == "0.05")
        #expect(plan(ExtraQuestion.allCases).plannedCostUSD == "0.12")
        #expect(plan(ExtraQuestion.allCases, only: "111111111111").plannedCostUSD == "0.06")
    }

    @Test func `anomalies are asked for up to today, and not once AWS has forgotten them`() throws {
        func days(on today: String) -> (first: CalendarDay, last: CalendarDay)? {
            CollectionPlan(month: SampleLedger.month, today: CalendarDay(today)!, onlyAccount: nil).anomalyDays
        }
        let days1 = try #require(days(on: "2026-03-15"))
        #expect(days1.first.description == "2026-02-01" && days1.last.description == "2026-03-15")
        #expect(days(on: "2026-05-20")?.first.description == "2026-02-19")
        #expect(days(on: "2026-07-01") == nil)
    }

    @Test func `commitments are asked about up to the day before today`() {
        func end(_ month: String) -> String? {
            CollectionPlan(month: BillingMonth(month)!, today: SampleLedger.today, onlyAccount: nil).commitmentDays?.end
                .description
        }
        #expect(end("2026-02") == "2026-03-01")
        #expect(end("2026-03") == "2026-03-15")
    }

    @Test func `three months of days are asked for, and never a day that Cost Explorer has forgotten`() {
        func firstDay(_ month: String, on today: CalendarDay = SampleLedger.today) -> CalendarDay {
            CollectionPlan(month: BillingMonth(month)!, today: today, onlyAccount: nil).daily.firstDay
        }
        #expect(firstDay("2026-02").description == "2025-12-01")
        #expect(firstDay("2025-03").description == "2025-02-01", "thirteen months before March 2026")
        #expect(firstDay("2025-02").description == "2025-01-01", "refused by AWS, not bent into another question")
    }

    @Test func `members that are asked too are priced, and only in a report of the organisation`() {
        func request(_ scope: RunRequest.Scope) -> RunRequest {
            RunRequest(
                month: SampleLedger.month, project: "p", scope: scope, profile: nil, personas: [.cfo],
                requestedBy: "alice", isSample: false, today: SampleLedger.today,
                memberReread: MemberReread(role: "Reader", accounts: 2))
        }
        #expect(CollectionPlan(request(.organization)).plannedCostUSD == "0.06")
        #expect(CollectionPlan(request(.singleAccount)).plannedCostUSD == "0.04")
    }
}

private actor Round {
    private let expected: Int
    private(set) var asked = 0
    private var waiting: [CheckedContinuation<Void, Never>] = []

    init(expected: Int) { self.expected = expected }

    func join() async {
        asked += 1
        guard asked < expected else {
            waiting.forEach { $0.resume() }
            return waiting.removeAll()
        }
        await withCheckedContinuation { waiting.append($0) }
    }
}

private struct PatientCloud: IdentityService, AccountDirectory, CostSource, ForecastSource, BudgetSource, InvoiceSource,
    BillingViewSource, MemberCostSource, InsightSource, APIMeter
{
    let round: Round

    init(expected: Int) { round = Round(expected: expected) }

    func callerIdentity() async throws -> CallerIdentity {
        CallerIdentity(account: "111111111111", arn: "arn:aws:iam::111111111111:user/a", userID: "U", requestID: nil)
    }
    func accounts() async throws -> AccountListing { throw SampleCollection.notOffered }
    func managementAccountID() async throws -> String { throw SampleCollection.notOffered }
    func ledger(for query: CostQuery) async throws -> CostLedger { try await refuse() }
    func forecast(from firstDay: CalendarDay, to endDay: CalendarDay) async throws -> CostForecast {
        try await refuse()
    }
    func budgets(of account: String) async throws -> BudgetListing { try await refuse() }
    func invoices(of account: String, in month: BillingMonth) async throws -> InvoiceListing { try await refuse() }
    func billingViews(in month: BillingMonth) async throws -> BillingViewListing { try await refuse() }
    func ledger(for query: CostQuery, as account: String, role: String) async throws -> CostLedger {
        try await refuse()
    }
    func anomalies(from firstDay: CalendarDay, to lastDay: CalendarDay) async throws -> AnomalyListing {
        try await refuse()
    }
    func savingsPlans() async throws -> SavingsPlanListing { try await refuse() }
    func utilization(
        of family: CommitmentFamily, from firstDay: CalendarDay, to endDay: CalendarDay
    ) async throws -> CommitmentUtilization { try await refuse() }
    func coverage(
        of family: CommitmentFamily, from firstDay: CalendarDay, to endDay: CalendarDay
    ) async throws -> CommitmentCoverage { try await refuse() }
    func recommendations() async throws -> RecommendationListing { try await refuse() }
    func efficiency(in month: BillingMonth) async throws -> CostEfficiency { try await refuse() }
    func rightsizing() async throws -> RightsizingListing { try await refuse() }
    func usage(for query: CostQuery) async throws -> UsageListing { try await refuse() }
    func tags(of accounts: [String]) async throws -> AccountTags { throw SampleCollection.notOffered }
    func usage() -> APIUsage { APIUsage() }

    private func refuse<Value>() async throws -> Value {
        await round.join()
        throw SampleCollection.notOffered
    }
}
