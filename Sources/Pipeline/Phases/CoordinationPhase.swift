import FinOps

/// Phase 0A: says what the run is about to do, before anything is paid.
struct CoordinationPhase {
    let request: RunRequest
    let policy: RunPolicy
    let acceptanceCriteria: [String]

    func work() -> CoordinationBrief {
        let plan = CollectionPlan(request)
        return CoordinationBrief(
            request: request, policy: policy, acceptanceCriteria: acceptanceCriteria, plannedQueries: plan.queries,
            plannedCostUSD: plan.plannedCostUSD)
    }
}
