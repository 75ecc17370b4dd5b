import FinOps

/// Which charges a budget counts, as `budgets:DescribeBudgets` says it; a flag that is absent has AWS's documented default.
struct BudgetCostTypes: Decodable, Sendable {
    let IncludeTax: Bool?
    let IncludeSubscription: Bool?
    let UseBlended: Bool?
    let IncludeRefund: Bool?
    let IncludeCredit: Bool?
    let IncludeUpfront: Bool?
    let IncludeRecurring: Bool?
    let IncludeOtherSubscription: Bool?
    let IncludeSupport: Bool?
    let IncludeDiscount: Bool?
    let UseAmortized: Bool?
}

extension BudgetBasis {
    /// Nil when the budget counts by a metric nobody here knows, or by several.
    init?(_ types: BudgetCostTypes?, metrics: [String]?) {
        if let metrics, !metrics.isEmpty {
            guard metrics.count == 1, let metric = CostMetric.allCases.first(where: { $0.apiName == metrics[0] }) else {
                return nil
            }
            self.init(metric: metric, exclusions: Self.exclusions(types), unclearExclusions: Self.unclear(types))
            return
        }
        guard let types else { return nil }
        let metric: CostMetric =
            types.UseAmortized == true ? .amortized : types.UseBlended == true ? .blended : .unblended
        self.init(metric: metric, exclusions: Self.exclusions(types), unclearExclusions: Self.unclear(types))
    }

    private static func exclusions(_ types: BudgetCostTypes?) -> [Exclusion] {
        let flags: [(String, Bool?, [RecordClass])] = [
            ("IncludeTax", types?.IncludeTax, [.tax]), ("IncludeSupport", types?.IncludeSupport, [.support]),
            ("IncludeCredit", types?.IncludeCredit, [.credit]), ("IncludeRefund", types?.IncludeRefund, [.refund]),
            ("IncludeDiscount", types?.IncludeDiscount, RecordClass.allCases.filter(\.isDiscount)),
        ]
        return flags.filter { $0.1 == false }.map { Exclusion(flag: $0.0, classes: $0.2) }
    }

    /// Commitment fees come as upfront, recurring and other; record types do not tell them apart in every spelling.
    private static func unclear(_ types: BudgetCostTypes?) -> [String] {
        [
            ("IncludeSubscription", types?.IncludeSubscription), ("IncludeUpfront", types?.IncludeUpfront),
            ("IncludeRecurring", types?.IncludeRecurring),
            ("IncludeOtherSubscription", types?.IncludeOtherSubscription),
        ]
        .filter { $0.1 == false }.map(\.0)
    }
}
