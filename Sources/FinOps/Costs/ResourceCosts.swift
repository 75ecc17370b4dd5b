/// What single resources cost, out of line items that name them: those that cost most and those that moved most one by one,
/// and the rest of each account and service together, so that the rows add up to the month.
public struct ResourceCosts: Hashable, Codable, Sendable {
    /// What an amount is.
    public enum Basis: String, Hashable, Codable, Sendable {
        /// Commitment fees spread over what they covered.
        case effective
        /// Cash.
        case billed
    }

    public let basis: Basis
    /// The month compared with; nil when the export holds only the month itself.
    public let previous: BillingMonth?
    /// By account, service and resource.
    public let rows: [Row]
    /// The files and the query.
    public let record: QueryRecord

    public init(basis: Basis, previous: BillingMonth?, rows: [Row], record: QueryRecord) {
        self.basis = basis
        self.previous = previous
        self.rows = rows
        self.record = record
    }

    public struct Row: Hashable, Codable, Sendable {
        public let account: String
        /// As the export names it.
        public let service: String
        /// Nil for what no line names, and for every resource that has no row of its own.
        public let resource: String?
        /// Nil where the export says none.
        public let region: String?
        /// In the month.
        public let cost: ExactDecimal
        /// In the month before; nil when it is not known.
        public let before: ExactDecimal?
        /// How many resources the row stands for.
        public let resources: Int

        public init(
            account: String, service: String, resource: String?, region: String?, cost: ExactDecimal,
            before: ExactDecimal?, resources: Int
        ) {
            self.account = account
            self.service = service
            self.resource = resource
            self.region = region
            self.cost = cost
            self.before = before
            self.resources = resources
        }
    }

    /// The rows of these accounts and services; nil is all.
    public func narrowed(accounts: Set<String>?, services: Set<String>?) -> ResourceCosts {
        ResourceCosts(
            basis: basis, previous: previous,
            rows: rows.filter { accounts?.contains($0.account) ?? true && services?.contains($0.service) ?? true },
            record: record)
    }
}
