/// How Cost Explorer counts a charge. One request returns all five for the same price, so all five are always asked for.
public enum CostMetric: String, Hashable, Codable, Sendable, CaseIterable, CodingKeyRepresentable {
    /// Cash view: what each account was charged on the day; discounts are negative lines of their own.
    case unblended
    /// Cash view with discounts folded into the usage they apply to; its sum equals that of `unblended`.
    case netUnblended = "net-unblended"
    /// Commitment fees spread over their term.
    case amortized
    /// Amortised, after discounts.
    case netAmortized = "net-amortized"
    /// Average rate across the organisation; legacy.
    case blended

    /// As `ce:GetCostAndUsage` spells it.
    public var apiName: String {
        switch self {
        case .unblended: "UnblendedCost"
        case .netUnblended: "NetUnblendedCost"
        case .amortized: "AmortizedCost"
        case .netAmortized: "NetAmortizedCost"
        case .blended: "BlendedCost"
        }
    }
}
