public import FinOps

/// What something cost on consecutive days, in units of one currency. Amounts arrive exact and are measured here in
/// `Double`, because expectation and scale are statistics.
public struct DailySeries: Hashable, Sendable {
    public let name: String
    public let firstDay: CalendarDay
    public let amounts: [Double]

    /// A day without an entry between the first and the last cost nothing. Nil when `amounts` is empty.
    public init?(name: String, amounts: [CalendarDay: ExactDecimal]) {
        guard let first = amounts.keys.min(), let last = amounts.keys.max() else { return nil }
        self.name = name
        firstDay = first
        self.amounts = (first.daysSinceEpoch...last.daysSinceEpoch).map { day in
            (amounts[CalendarDay(daysSinceEpoch: day)] ?? .zero).measured
        }
    }

    public init(name: String, firstDay: CalendarDay, amounts: [Double]) {
        self.name = name
        self.firstDay = firstDay
        self.amounts = amounts
    }

    public func day(_ index: Int) -> CalendarDay { firstDay.adding(days: index) }
}

extension ExactDecimal {
    /// Nearest `Double`, for statistics. There is no way back to an amount but `measurement`.
    ///
    /// The same number either way: of 64 bits one instruction makes it, of 128 a loop.
    public var measured: Double { (Int64(exactly: units).map(Double.init) ?? Double(units)) / 1e12 }

    /// A statistic shown in money: rounded to a hundredth, and so no longer exact. Nil when it is not a finite number of
    /// a size money can have.
    public init?(measurement: Double) {
        guard measurement.isFinite, abs(measurement) < 1e15 else { return nil }
        self = ExactDecimal(units: Int128((measurement * 100).rounded()) * 10_000_000_000)
    }
}
