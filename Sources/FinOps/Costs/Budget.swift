/// A monthly cost budget as AWS Budgets keeps it: `budgets:DescribeBudgets`.
public struct Budget: Hashable, Codable, Sendable {
    public let name: String
    public let limit: Money
    public let actual: Money?
    public let forecast: Money?
    /// True when no filter narrows it, so that it speaks for the whole organisation.
    public let coversEverything: Bool

    public init(name: String, limit: Money, actual: Money?, forecast: Money?, coversEverything: Bool) {
        self.name = name
        self.limit = limit
        self.actual = actual
        self.forecast = forecast
        self.coversEverything = coversEverything
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
