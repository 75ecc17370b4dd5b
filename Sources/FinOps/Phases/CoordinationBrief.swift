/// Phase 0A: what this run is about to do, for the product owner and the architect to review before anything is paid.
public struct CoordinationBrief: Hashable, Codable, Sendable {
    public let request: RunRequest
    public let policy: RunPolicy
    /// What must be true for the month to count as done; from the configuration. Empty is a finding, not a default.
    public let acceptanceCriteria: [String]
    /// The questions phase 3 will ask, in order, with the price of one page each.
    public let plannedQueries: [CostQuery]
    public let plannedCostUSD: ExactDecimal

    public init(
        request: RunRequest, policy: RunPolicy, acceptanceCriteria: [String], plannedQueries: [CostQuery],
        plannedCostUSD: ExactDecimal
    ) {
        self.request = request
        self.policy = policy
        self.acceptanceCriteria = acceptanceCriteria
        self.plannedQueries = plannedQueries
        self.plannedCostUSD = plannedCostUSD
    }
}
