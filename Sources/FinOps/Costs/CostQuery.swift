/// A question to a cost source: which months, grouped by what, without which record types.
public struct CostQuery: Hashable, Codable, Sendable {
    public enum Granularity: String, Codable, Sendable { case monthly = "MONTHLY", daily = "DAILY" }
    public enum Dimension: String, Codable, Sendable, CaseIterable {
        case account = "LINKED_ACCOUNT"
        case service = "SERVICE"
        case recordType = "RECORD_TYPE"
        case usageType = "USAGE_TYPE"
    }

    /// `L1`, `L3`, `daily`: names the question in evidence and in `plan`.
    public let id: String
    /// Inclusive.
    public let firstDay: CalendarDay
    /// Exclusive, as AWS wants it.
    public let endDay: CalendarDay
    public let granularity: Granularity
    /// At most two, a limit of Cost Explorer.
    public let groupBy: [Dimension]
    /// Record types left out, by exact spelling.
    public let excludedRecordTypes: [String]
    /// Only these record types; nil means all but the excluded.
    public let onlyRecordTypes: [String]?
    /// Only this account's costs; nil means everything the credentials may see. A single-account report asks for one
    /// account even when the credentials are the payer's, so that its total means what it says.
    public let onlyAccount: String?

    public init(
        id: String, firstDay: CalendarDay, endDay: CalendarDay, granularity: Granularity, groupBy: [Dimension],
        excludedRecordTypes: [String] = [], onlyRecordTypes: [String]? = nil, onlyAccount: String? = nil
    ) {
        self.id = id
        self.firstDay = firstDay
        self.endDay = endDay
        self.granularity = granularity
        self.groupBy = groupBy
        self.excludedRecordTypes = excludedRecordTypes
        self.onlyRecordTypes = onlyRecordTypes
        self.onlyAccount = onlyAccount
    }
}

/// Answers cost questions: Cost Explorer today, invoices and line-item exports behind the same port. Throws `Trouble`;
/// a source that could read only part of the answer throws, it never returns a smaller ledger.
public protocol CostSource: Sendable {
    func ledger(for query: CostQuery) async throws -> CostLedger
}
