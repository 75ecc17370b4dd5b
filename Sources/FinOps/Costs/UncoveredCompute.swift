/// What of a month's compute no commitment covered, hour by hour, out of line items: the machines, containers and functions that
/// a Compute Savings Plan could cover, of all accounts together, because plans are shared among them.
public struct UncoveredCompute: Hashable, Codable, Sendable {
    /// At the public on-demand price: one for each hour of the month, in UTC. An hour without a line is zero.
    public let hours: [ExactDecimal]
    /// Line items that were added up.
    public let lineCount: Int
    /// The same kinds of usage under savings plans; nil where no line says that any was.
    public let underPlans: UnderPlans?
    /// The files and the query.
    public let record: QueryRecord

    public init(hours: [ExactDecimal], lineCount: Int, underPlans: UnderPlans?, record: QueryRecord) {
        self.hours = hours
        self.lineCount = lineCount
        self.underPlans = underPlans
        self.record = record
    }

    /// What a month's savings plans covered, over the whole month.
    public struct UnderPlans: Hashable, Codable, Sendable {
        /// Without plans.
        public let onDemand: ExactDecimal
        /// By the plans' own prices.
        public let cost: ExactDecimal

        public init(onDemand: ExactDecimal, cost: ExactDecimal) {
            self.onDemand = onDemand
            self.cost = cost
        }
    }
}
