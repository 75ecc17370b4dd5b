import Exports
import FinOps
import Reports

/// The series of the timeframe: each day, week, month or quarter, with its cost per day against the one before, because
/// periods differ in length.
struct TrendTable {
    struct Period {
        let label: String
        let days: Int
        let amount: ExactDecimal
        /// The fact it is; nil for a sum of facts.
        let fact: String?
        /// Not all of it is known.
        let isPartial: Bool
        let firstDay: CalendarDay

        var perDay: ExactDecimal { amount.divided(by: ExactDecimal(days), fractionDigits: 10) ?? .zero }
    }

    let timeframe: DashboardQuery.Timeframe
    let periods: [Period]

    /// Throws `InputError` where the selection has no such series, with the reason.
    init(_ timeframe: DashboardQuery.Timeframe, _ book: FactBook, selection: Selection) throws {
        self.timeframe = timeframe
        let facts = FactIndex(book)
        switch timeframe {
        case .daily:
            let days = (0..<book.month.days).map { book.month.firstDay.adding(days: $0) }
            periods = Self.known(days, facts).map { day in
                Period(
                    label: "\(day) \(Self.weekdays[day.weekday - 1])", days: 1, amount: facts.value("day.\(day).net")!,
                    fact: "day.\(day).net", isPartial: false, firstDay: day)
            }
        case .weekly:
            let first = book.month.previous.firstDay
            let days = (0..<book.month.previous.days + book.month.days).map { first.adding(days: $0) }
            periods = Self.grouped(Self.known(days, facts), by: { $0.adding(days: 1 - $0.weekday) }).map { week, days in
                Period(
                    label: "\(week)", days: days.count, amount: days.map { facts.value("day.\($0).net")! }.sum(),
                    fact: nil, isPartial: days.count < 7, firstDay: week)
            }
        case .monthly:
            periods = Self.months(book, facts).map { month in
                Period(
                    label: month.name, days: month.days, amount: facts.value("month.\(month).net")!,
                    fact: "month.\(month).net", isPartial: book.isPreliminary && month == book.month,
                    firstDay: month.firstDay)
            }
        case .quarterly:
            guard selection.services == nil else {
                throw Self.refusal(timeframe, "costs by service are collected for two months, not by quarter")
            }
            periods = Self.grouped(Self.months(book, facts), by: Self.quarter).map { first, months in
                Period(
                    label: "\(first.year) Q\((first.month + 2) / 3)", days: months.map(\.days).reduce(0, +),
                    amount: months.map { facts.value("month.\($0).net")! }.sum(), fact: nil,
                    isPartial: months.count < 3, firstDay: first.firstDay)
            }
        }
        guard !periods.isEmpty else {
            let probe = facts[timeframe == .daily || timeframe == .weekly ? "days.typical" : "total.net"]
            throw Self.refusal(timeframe, probe.reason ?? "there is no such series for the month")
        }
    }

    func table(currency: Currency, basis: String, name: String = "series") -> ExportTable {
        let amount = ExportTable.Column.Kind.amount(currency)
        let rows = periods.enumerated().map { index, period in
            let before = index > 0 ? periods[index - 1] : nil
            let change = before.map {
                PerDay.change(from: $0.perDay, to: period.perDay, otherwise: "unknown")
            }
            return ExportTable.Row([
                .text(period.label + (period.isPartial ? " (\(period.days) days)" : "")),
                .figure(ExactDecimal(period.days), printed: "\(period.days)", fact: nil),
                .figure(period.amount, printed: FigureText.text(period.amount, .cents), fact: period.fact),
                .figure(period.perDay, printed: FigureText.text(period.perDay, .cents), fact: nil),
                change.map { $0.value == nil ? .unknown($0.reason, printed: "–") : $0.cell(.signedPercent) } ?? .empty,
                .empty,
            ])
        }
        return ExportTable(
            name: name, title: "\(title) by \(basis), \(currency.code)",
            columns: [
                .init("period", title: heading, .text),
                .init("days", title: "Days", .number, isDetail: true),
                .init("net", title: "Cost", amount), .init("per_day", title: "Per day", amount),
                .init("per_day_change_pct", title: "Change", .percent), .init("bar", title: "", .bar(of: "per_day")),
            ], rows: rows, period: nil)
    }

    /// The shape of the series, for a glance.
    var headline: ExportTable.Row {
        ExportTable.Row([.text("Per day, \(periods.count) \(noun)"), .trend(periods.map(\.perDay))])
    }

    private var noun: String {
        switch timeframe {
        case .daily: "days"
        case .weekly: "weeks"
        case .monthly: "months"
        case .quarterly: "quarters"
        }
    }

    private var title: String {
        switch timeframe {
        case .daily: "Day by day"
        case .weekly: "Week by week (Monday to Sunday)"
        case .monthly: "Month by month"
        case .quarterly: "Calendar quarters"
        }
    }

    private var heading: String {
        switch timeframe {
        case .daily: "Day"
        case .weekly: "Week of"
        case .monthly: "Month"
        case .quarterly: "Quarter"
        }
    }

    static func quarter(of month: BillingMonth) -> BillingMonth { month.adding(months: -((month.month - 1) % 3)) }

    private static func known(_ days: [CalendarDay], _ facts: FactIndex) -> [CalendarDay] {
        days.filter { facts.value("day.\($0).net") != nil }
    }

    private static func months(_ book: FactBook, _ facts: FactIndex) -> [BillingMonth] {
        (-12...0).map { book.month.adding(months: $0) }.filter { facts.value("month.\($0).net") != nil }
    }

    private static func grouped<Value, Key: Hashable & Comparable>(
        _ values: [Value], by key: (Value) -> Key
    ) -> [(Key, [Value])] {
        Dictionary(grouping: values, by: key).sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
    }

    private static func refusal(_ timeframe: DashboardQuery.Timeframe, _ reason: String) -> InputError {
        InputError(
            "no_series", "`--timeframe \(timeframe.rawValue)` cannot be shown for what is picked", cause: reason,
            hint: "choose another `--timeframe`, or leave out what picks accounts or services")
    }

    private static let weekdays = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
}

/// The shape of what each account or service cost over the periods of a timeframe, where a layer knows both.
enum RowTrend {
    static func series(
        _ ledger: CostLedger?, by dimension: CostQuery.Dimension, _ metric: CostMetric,
        _ timeframe: DashboardQuery.Timeframe, in month: BillingMonth
    ) -> [String: [ExactDecimal]] {
        let isDaily = timeframe == .daily || timeframe == .weekly
        guard let ledger, ledger.query.groupBy.contains(dimension), (ledger.query.granularity == .daily) == isDaily
        else { return [:] }
        func period(_ day: CalendarDay) -> CalendarDay {
            switch timeframe {
            case .daily: day
            case .weekly: day.adding(days: 1 - day.weekday)
            case .monthly: day.billingMonth.firstDay
            case .quarterly: TrendTable.quarter(of: day.billingMonth).firstDay
            }
        }
        let first = timeframe == .daily ? month : isDaily ? month.previous : month.adding(months: -12)
        var sums: [String: [CalendarDay: ExactDecimal]] = [:]
        var days: [CalendarDay: Set<CalendarDay>] = [:]
        for line in ledger.lines where line.day >= first.firstDay && line.day < month.firstDayAfter {
            guard let key = ledger.key(dimension, of: line) else { continue }
            let start = period(line.day)
            days[start, default: []].insert(line.day)
            sums[key, default: [:]][start, default: .zero] += line.amount(metric)
        }
        // Per day, as the series of the whole is.
        let lengths = days.mapValues { days in
            ExactDecimal(isDaily ? days.count : days.map(\.billingMonth.days).reduce(0, +))
        }
        let ordered = lengths.sorted { $0.key < $1.key }
        return sums.mapValues { amounts in
            ordered.map { start, days in
                (amounts[start] ?? .zero).divided(by: days, fractionDigits: 6) ?? .zero
            }
        }
    }
}
