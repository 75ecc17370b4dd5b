/// How much of what was used, and what that cost at list prices: the answer to a question grouped by service and usage type.
public struct UsageListing: Hashable, Codable, Sendable {
    public let costs: CostLedger
    /// One for each line of `costs`.
    public let quantities: [UsageQuantity]

    public init(costs: CostLedger, quantities: [UsageQuantity]) {
        precondition(costs.lines.count == quantities.count, "a quantity for each line")
        self.costs = costs
        self.quantities = quantities
    }

    public var record: QueryRecord { costs.record }
}

/// `744 Hrs`; as JSON the same text.
public struct UsageQuantity: Hashable, Codable, Sendable {
    public let amount: ExactDecimal
    /// AWS's word; nil where it added up what has no unit in common.
    public let unit: String?

    public init(_ amount: ExactDecimal, _ unit: String?) {
        self.amount = amount
        self.unit = unit
    }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let parts = try container.decode(String.self).split(separator: " ", maxSplits: 1)
        guard let amount = parts.first.flatMap({ ExactDecimal(String($0)) }) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "not a quantity: \(parts)")
        }
        self.init(amount, parts.count > 1 ? String(parts[1]) : nil)
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(unit.map { "\(amount) \($0)" } ?? "\(amount)")
    }
}
