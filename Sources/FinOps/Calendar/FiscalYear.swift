/// Twelve months from the one that an organisation begins its year in, named by the calendar year they end in.
public struct FiscalYear: Hashable, Sendable {
    public let first: BillingMonth

    /// The year that `month` belongs to. `startMonth` is from 1 to 12.
    public init(of month: BillingMonth, startMonth: Int) {
        let start = BillingMonth(year: month.year, month: startMonth)!
        first = start <= month ? start : start.adding(months: -12)
    }

    public var last: BillingMonth { first.adding(months: 11) }
    public var months: [BillingMonth] { (0..<12).map { first.adding(months: $0) } }

    /// The months up to and including `month`, which lies within the year.
    public func months(through month: BillingMonth) -> [BillingMonth] { months.filter { $0 <= month } }

    /// `FY2026`.
    public var name: String { "FY\(last.year)" }
}
