/// The words around the figures of the reconciliation statement: which sources were held against one another, what each
/// statement consists of, and which accounts are in which list. The figures are facts.
public struct ReconciliationOutline: Hashable, Codable, Sendable {
    public let statements: [StatementOutline]
    /// Nil when listed and charged accounts could not be compared.
    public let accounts: AccountLists?
    /// What the caller could not see, in sentences.
    public let blindSpots: [String]
    /// The file a person handed in.
    public let consoleExport: FactQuestion?

    public init(
        statements: [StatementOutline], accounts: AccountLists?, blindSpots: [String], consoleExport: FactQuestion?
    ) {
        self.statements = statements
        self.accounts = accounts
        self.blindSpots = blindSpots
        self.consoleExport = consoleExport
    }

    /// The outer join of listed and charged accounts; those in both are counted and not named.
    public struct AccountLists: Hashable, Codable, Sendable {
        public let notListed: [FactSubject]
        public let withoutCost: [FactSubject]
        /// Suspended, closing or closed; by the state AWS names.
        public let notActive: [StatedAccount]

        public init(notListed: [FactSubject], withoutCost: [FactSubject], notActive: [StatedAccount]) {
            self.notListed = notListed
            self.withoutCost = withoutCost
            self.notActive = notActive
        }
    }

    public struct StatedAccount: Hashable, Codable, Sendable {
        public let account: FactSubject
        public let state: AccountState

        public init(account: FactSubject, state: AccountState) {
            self.account = account
            self.state = state
        }
    }
}

/// One source held against L3, or against another source.
public struct StatementOutline: Hashable, Codable, Sendable {
    /// `L1`, `L2`, `L3i`, `L3e`, `L4`. Its facts are `statement.<id>.opening`, `….adjusted`, `….closing`, `….difference`.
    public let id: String
    public let title: String
    public let metric: CostMetric
    public let agreement: LayerComparison.Agreement
    /// Nil for L1, which the gate itself judges.
    public let weight: LayerComparison.Weight?
    public let items: [Item]
    /// Why it was not compared.
    public let obstacles: [String]
    public let notes: [String]
    /// What it was held against; nil is L3.
    public let reference: String?

    /// A reconciling item; its amount is the fact `statement.<id>.item.<class>`.
    public struct Item: Hashable, Codable, Sendable {
        public let fact: String
        public let recordClass: RecordClass
        public let observedIn: String
        public let excludedBy: String

        public init(fact: String, recordClass: RecordClass, observedIn: String, excludedBy: String) {
            self.fact = fact
            self.recordClass = recordClass
            self.observedIn = observedIn
            self.excludedBy = excludedBy
        }

        private enum CodingKeys: String, CodingKey {
            case fact, observedIn, excludedBy
            case recordClass = "class"
        }
    }

    public init(
        id: String, title: String, metric: CostMetric, agreement: LayerComparison.Agreement,
        weight: LayerComparison.Weight?, items: [Item], obstacles: [String], notes: [String],
        reference: String? = nil
    ) {
        self.id = id
        self.title = title
        self.metric = metric
        self.agreement = agreement
        self.weight = weight
        self.items = items
        self.obstacles = obstacles
        self.notes = notes
        self.reference = reference
    }

    /// In words.
    public var referenceID: String { reference ?? "L3" }

    public func fact(_ name: String) -> String { "statement.\(id).\(name)" }
}
