import FinOps

/// AWS's own view of a month, out of three services.
struct CostInsightServices: InsightSource {
    let paid: PaidReader
    let caller: any AWSCaller
    let hashing: any Hashing

    func anomalies(from firstDay: CalendarDay, to lastDay: CalendarDay) async throws -> AnomalyListing {
        try await AnomalyReader(reader: paid, hashing: hashing).anomalies(from: firstDay, to: lastDay)
    }

    func savingsPlans() async throws -> SavingsPlanListing {
        try await SavingsPlansService(caller: caller, hashing: hashing).savingsPlans()
    }

    func utilization(
        of family: CommitmentFamily, from firstDay: CalendarDay, to endDay: CalendarDay
    ) async throws -> CommitmentUtilization {
        guard family != .savingsPlans else {
            return try await SavingsPlanUsageReader(reader: paid, hashing: hashing)
                .utilization(from: firstDay, to: endDay)
        }
        return try await ReservationUsageReader(reader: paid, hashing: hashing)
            .utilization(of: family, from: firstDay, to: endDay)
    }

    func coverage(
        of family: CommitmentFamily, from firstDay: CalendarDay, to endDay: CalendarDay
    ) async throws -> CommitmentCoverage {
        guard family != .savingsPlans else {
            return try await SavingsPlanUsageReader(reader: paid, hashing: hashing).coverage(from: firstDay, to: endDay)
        }
        return try await ReservationUsageReader(reader: paid, hashing: hashing)
            .coverage(of: family, from: firstDay, to: endDay)
    }

    func recommendations() async throws -> RecommendationListing {
        try await OptimizationHub(caller: caller, hashing: hashing).recommendations()
    }

    func efficiency(in month: BillingMonth) async throws -> CostEfficiency {
        try await OptimizationHub(caller: caller, hashing: hashing).efficiency(in: month)
    }

    func rightsizing() async throws -> RightsizingListing {
        try await ComputeOptimizer(caller: caller, hashing: hashing).rightsizing()
    }

    func usage(for query: CostQuery) async throws -> UsageListing {
        try await UsageReader(costs: CostExplorerCosts(reader: paid, hashing: hashing)).usage(for: query)
    }
}
