/// What the month's line items say of single resources: those that drove the change, and the way down from the organisation to
/// the largest of them.
public struct ResourceOutline: Hashable, Codable, Sendable {
    /// Commitments spread over their use, or cash.
    public let basis: ResourceCosts.Basis
    /// Nil when the export holds only the month itself: what cost most then stands for what drove it.
    public let previous: BillingMonth?
    /// Largest change first. Their facts are `<factPrefix>.cost`, `….before` and `….change`.
    public let drivers: [Driver]
    /// The facts of each node are `<factPrefix>.cost` and `….change`.
    public let tree: CostNode

    public init(basis: ResourceCosts.Basis, previous: BillingMonth?, drivers: [Driver], tree: CostNode) {
        self.basis = basis
        self.previous = previous
        self.drivers = drivers
        self.tree = tree
    }

    public struct Driver: Hashable, Codable, Sendable {
        public let factPrefix: String
        /// As the export names it, often an ARN. Untrusted, like all of these words.
        public let resource: String
        public let account: String
        public let service: String
        public let region: String?

        public init(factPrefix: String, resource: String, account: String, service: String, region: String?) {
            self.factPrefix = factPrefix
            self.resource = resource
            self.account = account
            self.service = service
            self.region = region
        }
    }
}

/// A part of the cost and what it consists of: children add up to it.
public struct CostNode: Hashable, Codable, Sendable {
    public enum Kind: String, Hashable, Codable, Sendable {
        case organization, unit, account, service, resource
        /// Everything of its level that does not stand by itself.
        case others
    }

    /// `drill`, `drill.1`, `drill.1.others`.
    public let factPrefix: String
    public let kind: Kind
    public let name: String
    /// Largest first, the others last; empty at the end of the way.
    public let children: [CostNode]

    public init(factPrefix: String, kind: Kind, name: String, children: [CostNode]) {
        self.factPrefix = factPrefix
        self.kind = kind
        self.name = name
        self.children = children
    }
}
