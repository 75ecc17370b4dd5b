import FinOps

/// The part of phase 3 that a month can do without: what AWS itself says of anomalies, commitments, savings and quantities. All at once;
/// whatever is denied, not enabled or not asked costs its own absence.
struct InsightCollection {
    let month: BillingMonth
    let plan: CollectionPlan
    /// Of a report of one account, which nothing of the organisation's belongs in.
    let onlyAccount: String?
    let source: any InsightSource

    func work() async throws -> CostInsights {
        async let anomalies = anomalies()
        async let utilization = byFamily(source.utilization)
        async let coverage = byFamily(source.coverage)
        async let savingsPlans = observe { try await source.savingsPlans() }
        async let recommendations = observe { try await source.recommendations().belonging(to: onlyAccount) }
        async let efficiency = efficiency()
        async let rightsizing = observe { try await source.rightsizing() }
        async let usage = usage()
        return try await CostInsights(
            anomalies: anomalies, savingsPlans: savingsPlans, utilization: utilization, coverage: coverage,
            recommendations: recommendations, efficiency: efficiency, usage: usage,
            rightsizing: rightsizing)
    }

    private func usage() async throws -> Observation<UsageListing>? {
        guard plan.extraQuestions.contains(.usage) else { return nil }
        return try await observe { try await source.usage(for: plan.usage) }
    }

    private func anomalies() async throws -> Observation<AnomalyListing>? {
        guard plan.extraQuestions.contains(.anomalies) else { return nil }
        guard let days = plan.anomalyDays else {
            return .unknown(
                Trouble(
                    .noData, code: "AnomaliesForgotten",
                    message:
                        "AWS keeps anomalies for \(CollectionPlan.daysAnomaliesAreKept) days, and \(month) is longer ago",
                    operation: "ce:GetAnomalies"))
        }
        return try await observe {
            try await source.anomalies(from: days.first, to: days.last).belonging(to: onlyAccount)
        }
    }

    private func efficiency() async throws -> Observation<CostEfficiency>? {
        onlyAccount == nil ? try await observe { try await source.efficiency(in: month) } : nil
    }

    private func byFamily<Answer: Sendable>(
        _ ask: @escaping @Sendable (CommitmentFamily, CalendarDay, CalendarDay) async throws -> Answer
    ) async throws -> [CommitmentFamily: Observation<Answer>] {
        guard let days = plan.commitmentDays else { return [:] }
        return try await withThrowingTaskGroup(of: (CommitmentFamily, Observation<Answer>).self) { group in
            for family in plan.extraQuestions.flatMap(\.families) {
                group.addTask { (family, try await observe { try await ask(family, days.first, days.end) }) }
            }
            return try await group.reduce(into: [:]) { $0[$1.0] = $1.1 }
        }
    }
}
