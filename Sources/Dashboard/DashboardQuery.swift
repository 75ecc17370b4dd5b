public import FinOps

/// What a reader wants to see of a month. Every property is honoured by `Dashboard`, or the query is refused.
public struct DashboardQuery: Sendable {
    /// The grain of the series.
    public enum Timeframe: String, CaseIterable, Sendable { case daily, weekly, monthly, quarterly }
    public enum Order: String, CaseIterable, Sendable { case current, previous, change }
    /// How a breakdown is laid out.
    public enum Layout: String, CaseIterable, Sendable {
        case table, tree, both, none

        var hasTable: Bool { self == .table || self == .both }
        var hasTree: Bool { self == .tree || self == .both }
    }

    public var persona = Persona.executive
    /// Nil is the persona's own.
    public var timeframe: Timeframe?
    /// Account ids or names; empty is all.
    public var accounts: [String] = []
    /// Service names, or the short names people use; empty is all.
    public var services: [String] = []
    public var filters: [CostFilter] = []
    /// Rows that cost less are shown together; nil shows every row by itself.
    public var threshold: ExactDecimal?
    /// How many rows are shown one by one; nil is the persona's own number.
    public var rowLimit: Int?
    /// Nil is the persona's own.
    public var order: Order?
    /// Who spent: the accounts. Nil is the persona's own.
    public var summary: Layout?
    /// On what: the services; `none` is not offered. Nil is the persona's own.
    public var detail: Layout?
    /// A tag of accounts to group them by.
    public var tag: String?
    public var showsZeroCost = false
    public var validation = ValidationLevel.basic
    public var isVerbose = false

    public init() {}

    /// Accounts or services are picked, so the lines are needed and not only the facts.
    public var narrows: Bool {
        !accounts.isEmpty || !services.isEmpty || filters.contains { $0.field.picksLines }
    }
}

/// How much must hold before a figure is called validated.
public enum ValidationLevel: String, CaseIterable, Sendable {
    /// The two layers and the days agree, or differ by what one of them provably leaves out.
    case basic
    /// Values read again through a configured MCP server.
    case mcp
    /// A source outside Cost Explorer confirms the total too.
    case strict
}
