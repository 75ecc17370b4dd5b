/// The accounts the organisation lists and the accounts that were charged, outer-joined: a closed or removed account keeps
/// its charges, and a listed one may have none. The three lists together name every account once.
public struct AccountCoverage: Hashable, Codable, Sendable {
    /// Listed and charged.
    public let both: [String]
    /// Charged, but not listed: left the organisation, or is out of sight.
    public let notListed: [String]
    /// Listed, without any charge that Cost Explorer shows to the caller.
    public let withoutCost: [String]
    /// Listed accounts that are not active, charged or not.
    public let notActive: [Account]

    /// An account counts as charged when any line of it is not zero, even if credits bring it to nothing.
    public init(listed: [Account], ledger: CostLedger, metric: CostMetric, month: BillingMonth) {
        let charged = Set(
            ledger.lines(in: month).filter { !$0.amount(metric).isZero }.compactMap { ledger.key(.account, of: $0) })
        let ids = Set(listed.map(\.id))
        both = ids.intersection(charged).sorted()
        notListed = charged.subtracting(ids).sorted()
        withoutCost = ids.subtracting(charged).sorted()
        notActive = listed.filter { $0.state != .active && $0.state != .unknown }.sorted { $0.id < $1.id }
    }

    public var charged: [String] { (both + notListed).sorted() }
}
