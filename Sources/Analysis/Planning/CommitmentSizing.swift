public import FinOps

/// How much usage to commit to: as long as an hour is likelier to use one more unit than the discount is deep, committing
/// to it pays. That is the newsvendor's rule, and its answer is the discount-quantile of hourly usage.
public struct CommitmentSizing: Hashable, Sendable {
    /// On-demand cost an hour that should be covered.
    public let level: ExactDecimal
    /// What covers it: `level × (1 − discount)` an hour.
    public let hourlyCommitment: ExactDecimal
    /// Commitment and the rest on demand, per hour on average.
    public let cost: ExactDecimal
    /// The same usage entirely on demand.
    public let onDemandCost: ExactDecimal
    /// What the covered usage costs on demand less the commitment, over all hours.
    public let savings: ExactDecimal
    /// Shares of one: saved of on-demand cost, covered of on-demand cost, used of the commitment. Nil without usage.
    public let effectiveSavingsRate: ExactDecimal?
    public let coverage: ExactDecimal?
    public let utilization: ExactDecimal?

    /// - Parameters:
    ///   - hourlyUsage: On-demand cost of each hour's eligible usage; not empty.
    ///   - discount: From 0 to 1.
    public init(hourlyUsage: [ExactDecimal], discount: ExactDecimal) {
        let hours = ExactDecimal(hourlyUsage.count)
        let level = Self.lowerQuantile(hourlyUsage, discount)
        let covered = hourlyUsage.map { min($0, level) }.sum()
        let total = hourlyUsage.sum()
        self.level = level
        hourlyCommitment = level * (ExactDecimal(1) - discount)
        savings = covered - hourlyCommitment * hours
        cost = (hourlyCommitment * hours + total - covered).divided(by: hours, fractionDigits: 6) ?? .zero
        onDemandCost = total.divided(by: hours, fractionDigits: 6) ?? .zero
        effectiveSavingsRate = (onDemandCost - cost).divided(by: onDemandCost)
        coverage = covered.divided(by: total)
        utilization = covered.divided(by: level * hours)
    }

    /// The smallest hour's usage that at least `share` of the hours do not exceed.
    private static func lowerQuantile(_ values: [ExactDecimal], _ share: ExactDecimal) -> ExactDecimal {
        let sorted = values.sorted()
        let needed = share * ExactDecimal(sorted.count)
        return sorted.indices.first { ExactDecimal($0 + 1) >= needed }.map { sorted[$0] } ?? .zero
    }
}
