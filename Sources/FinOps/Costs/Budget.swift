/// A monthly cost budget as AWS Budgets keeps it: `budgets:DescribeBudgets`.
public struct Budget: Hashable, Codable, Sendable {
    public let name: String
    public let limit: Money
    public let actual: Money?
    public let forecast: Money?
    /// True when no filter narrows it, so that it speaks for the whole organisation.
    public let coversEverything: Bool
    /// What it counts and what it leaves out; nil where it was not read.
    public let basis: BudgetBasis?

    public init(
        name: String, limit: Money, actual: Money?, forecast: Money?, coversEverything: Bool,
        basis: BudgetBasis? = nil
    ) {
        self.name = name
        self.limit = limit
        self.actual = actual
        self.forecast = forecast
        self.coversEverything = coversEverything
        self.basis = basis
    }
}

/// What a budget counts (AWS's `CostTypes` or `Metrics`).
public struct BudgetBasis: Hashable, Codable, Sendable {
    /// A flag that is false, and the classes of charges it provably leaves out.
    public struct Exclusion: Hashable, Codable, Sendable {
        public let flag: String
        public let classes: [RecordClass]

        public init(flag: String, classes: [RecordClass]) {
            self.flag = flag
            self.classes = classes
        }
    }

    public let metric: CostMetric
    public let exclusions: [Exclusion]
    /// Flags that are false and leave out charges which no record type tells apart.
    public let unclearExclusions: [String]

    public init(metric: CostMetric = .unblended, exclusions: [Exclusion] = [], unclearExclusions: [String] = []) {
        self.metric = metric
        self.exclusions = exclusions
        self.unclearExclusions = unclearExclusions
    }
}

public struct BudgetListing: Hashable, Codable, Sendable {
    public let budgets: [Budget]
    public let record: QueryRecord

    public init(budgets: [Budget], record: QueryRecord) {
        self.budgets = budgets
        self.record = record
    }
}

public protocol BudgetSource: Sendable {
    func budgets(of account: String) async throws -> BudgetListing
}
