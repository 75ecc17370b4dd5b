public import FinOps

/// Where a running month will land: what its whole days cost so far, and for each day to come the level of late times the
/// weekday's habit. What the first of a month costs beyond other days is counted once and never extrapolated.
///
/// Measured by the specification this follows: 4.1 %, 2.7 % and 1.6 % mean error at days 7, 14 and 21, where the run rate
/// has 5.6 %, 3.3 % and 2.0 %.
public struct MonthLanding: Hashable, Sendable {
    public static let daysNeeded = 10
    static let levelDays = 9
    static let habitDays = 56

    public let value: Double
    /// Whole days of the month that were counted.
    public let daysPast: Int

    /// Nil with fewer than `daysNeeded` days in all. The last days of `amounts` may be of the month itself or before it; a
    /// day between the first and the last that has no entry cost nothing.
    public init?(_ amounts: [CalendarDay: ExactDecimal], of month: BillingMonth) {
        let amounts = amounts.filter { $0.key < month.firstDayAfter }
        guard let series = DailySeries(name: "", amounts: amounts), series.amounts.count >= Self.daysNeeded else {
            return nil
        }
        let days = series.amounts.indices.map { (day: series.day($0), amount: series.amounts[$0]) }
        let plain = days.filter { $0.day.day != 1 }.suffix(Self.habitDays)
        let usual = Statistics.median(plain.map(\.amount))
        guard usual > 0 else { return nil }
        let habits = (1...7).map { weekday in
            let own = plain.filter { $0.day.weekday == weekday }.map { $0.amount / usual }
            // Seen once or twice, a weekday is half itself and half any day.
            let trust = Double(own.count) / (Double(own.count) + 0.5)
            return own.isEmpty ? 1 : trust * Statistics.median(own) + 1 - trust
        }
        let level = Statistics.median(
            plain.suffix(Self.levelDays).map { $0.amount / max(habits[$0.day.weekday - 1], 1e-6) })
        let past = days.filter { $0.day.billingMonth == month }
        daysPast = past.count
        let next = past.last?.day.adding(days: 1) ?? month.firstDay
        let ahead = (next.daysSinceEpoch..<month.firstDayAfter.daysSinceEpoch).map(CalendarDay.init(daysSinceEpoch:))
        value =
            past.map(\.amount).reduce(0, +) + ahead.map { level * habits[$0.weekday - 1] }.reduce(0, +)
    }
}
