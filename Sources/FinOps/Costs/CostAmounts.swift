/// What one line costs by each metric, in units of its ledger's currency; nil where the source did not say.
///
/// Five stored values rather than a dictionary: a month has thousands of lines, and this is their inner loop.
public struct CostAmounts: Hashable, Sendable, ExpressibleByDictionaryLiteral {
    private var unblended: ExactDecimal?
    private var netUnblended: ExactDecimal?
    private var amortized: ExactDecimal?
    private var netAmortized: ExactDecimal?
    private var blended: ExactDecimal?

    public init() {}

    public init(dictionaryLiteral elements: (CostMetric, ExactDecimal)...) {
        for (metric, amount) in elements { self[metric] = amount }
    }

    /// The same amount by every metric.
    public init(every amount: ExactDecimal) {
        for metric in CostMetric.allCases { self[metric] = amount }
    }

    public subscript(metric: CostMetric) -> ExactDecimal? {
        get {
            switch metric {
            case .unblended: unblended
            case .netUnblended: netUnblended
            case .amortized: amortized
            case .netAmortized: netAmortized
            case .blended: blended
            }
        }
        set {
            switch metric {
            case .unblended: unblended = newValue
            case .netUnblended: netUnblended = newValue
            case .amortized: amortized = newValue
            case .netAmortized: netAmortized = newValue
            case .blended: blended = newValue
            }
        }
    }

    /// Those that are known, in the order of `CostMetric.allCases`.
    public var known: [ExactDecimal] { CostMetric.allCases.compactMap { self[$0] } }
}
