/// The complete answer to one `CostQuery`: every line of every page, in one currency, with where it came from.
public struct CostLedger: Hashable, Sendable {
    public let query: CostQuery
    public let currency: Currency
    public let lines: [CostLine]
    /// First days of the periods AWS still calls estimated.
    public let estimatedPeriods: [CalendarDay]
    public let record: QueryRecord

    /// Refuses nothing silently: a line in another currency is trouble.
    public init(
        query: CostQuery, currency: Currency, lines: [CostLine], estimatedPeriods: [CalendarDay], record: QueryRecord
    ) {
        self.query = query
        self.currency = currency
        self.lines = lines
        self.estimatedPeriods = estimatedPeriods
        self.record = record
    }

    public func lines(in month: BillingMonth) -> [CostLine] { Array(linesLazily(in: month)) }

    /// Without copying: a large organisation has hundreds of thousands of lines, and a report asks hundreds of times.
    private func linesLazily(in month: BillingMonth) -> some Sequence<CostLine> {
        lines.lazy.filter { $0.day.year == month.year && $0.day.month == month.month }
    }

    /// The value of `dimension` in `line`, nil when this ledger is not grouped by it.
    public func key(_ dimension: CostQuery.Dimension, of line: CostLine) -> String? {
        query.groupBy.firstIndex(of: dimension).map { line.keys[$0] }
    }

    public func total(_ metric: CostMetric, in month: BillingMonth) -> ExactDecimal {
        linesLazily(in: month).reduce(.zero) { $0 + $1.amount(metric) }
    }

    /// Sums of `metric` per month that has lines, in one pass.
    public func monthlyTotals(_ metric: CostMetric) -> [BillingMonth: ExactDecimal] {
        lines.reduce(into: [:]) { sums, line in sums[line.day.billingMonth, default: .zero] += line.amount(metric) }
    }

    /// Sums of `metric` in `month` per value of `dimension`; empty when the ledger is not grouped by it.
    public func totals(_ metric: CostMetric, in month: BillingMonth, by dimension: CostQuery.Dimension) -> [String:
        ExactDecimal]
    {
        guard let index = query.groupBy.firstIndex(of: dimension) else { return [:] }
        return linesLazily(in: month).reduce(into: [:]) { sums, line in
            sums[line.keys[index], default: .zero] += line.amount(metric)
        }
    }
}

/// One group of one period. `keys` follow the order of the query's `groupBy`.
public struct CostLine: Hashable, Sendable {
    /// First day of the period.
    public let day: CalendarDay
    public let keys: [String]
    public let amounts: CostAmounts

    public init(day: CalendarDay, keys: [String], amounts: CostAmounts) {
        self.day = day
        self.keys = keys
        self.amounts = amounts
    }

    /// Every line carries every metric its query asked for; `CostLedger`s are refused by their source otherwise.
    public func amount(_ metric: CostMetric) -> ExactDecimal { amounts[metric] ?? .zero }
}
