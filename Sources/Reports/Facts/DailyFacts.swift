import Analysis
import FinOps

/// The month day by day, for whoever asks what broke the pattern.
///
/// The first day is left out of every comparison: monthly fees are booked on it and make it the largest of almost any
/// month. A day is held against the median of its own kind, weekdays or weekend, which one bad day cannot move.
enum DailyFacts {
    static func write(_ material: FactMaterial, services: [FactSubject], to ledger: inout FactLedger) {
        let month = material.month
        guard let costs = material.collection.daily.value, covers(costs, month) else {
            let trouble = material.collection.daily.trouble
            let reason = trouble.map(Reason.of) ?? "the days of \(month.name) were not asked for"
            for id in ["days.typical", "days.largest", "days.largest_deviation"] {
                ledger.money(id, Figure(unknown: reason), "daily cost")
            }
            return
        }
        let source = [costs.record.parametersSHA256]
        var totals: [CalendarDay: ExactDecimal] = [:]
        var byService: [String: [CalendarDay: ExactDecimal]] = [:]
        for line in costs.lines {
            let amount = line.amount(material.metric)
            totals[line.day, default: .zero] += amount
            if let service = costs.key(.service, of: line) {
                byService[service, default: [:]][line.day, default: .zero] += amount
            }
        }
        for day in days(month.previous) + days(month) where costs.query.firstDay <= day {
            ledger.money("day.\(day).net", Figure(totals[day] ?? .zero, source), "cost of \(day)")
        }
        writeBands(totals, material, source, to: &ledger)
        let pattern = DailyPattern(totals, month)
        ledger.money("days.typical_weekday", Figure(pattern.weekday, source), "median weekday after the first day")
        ledger.money("days.typical_weekend", Figure(pattern.weekend, source), "median weekend day after the first day")
        write(pattern, "days", source, to: &ledger)
        for service in services {
            write(
                DailyPattern(byService[service.key] ?? [:], month), "\(service.factPrefix).daily", source, to: &ledger)
        }
    }

    private static func write(
        _ pattern: DailyPattern, _ prefix: String, _ source: [Digest], to ledger: inout FactLedger
    ) {
        ledger.money(
            "\(prefix).typical", Figure(pattern.typical, source), "typical cost of such a day: the median of its kind")
        ledger.money(
            "\(prefix).largest", Figure(pattern.peak, source), "cost of the day furthest from its typical cost")
        ledger.count(
            "\(prefix).largest_day", pattern.peakDay.day, "day of the month on which that was", sources: source)
        let deviation = Figure(pattern.peak - pattern.typical, source)
        ledger.money("\(prefix).largest_deviation", deviation, "how far it was from the typical day")
        ledger.percent(
            "\(prefix).largest_deviation_pct",
            deviation.percent(of: Figure(pattern.typical, source), otherwise: "the typical day costs nothing"),
            "the same in percent of the typical day")
    }

    /// Of the days AWS no longer restates; a series of 35 days says nothing of the next one.
    private static func writeBands(
        _ totals: [CalendarDay: ExactDecimal], _ material: FactMaterial, _ source: [Digest], to ledger: inout FactLedger
    ) {
        let settled = totals.filter { $0.key < material.request.today.adding(days: -DailyServices.daysRestated) }
        guard let series = DailySeries(name: "total", amounts: settled) else { return }
        let bands = ExpectedBand.bands(of: series)
        for band in bands where band.day.billingMonth == material.month {
            let day = "day.\(band.day)"
            ledger.money("\(day).expected", Figure(band.expected, source), "what was expected of \(band.day)")
            ledger.money("\(day).usual_low", Figure(band.low, source), "least cost of a usual \(band.day)")
            ledger.money("\(day).usual_high", Figure(band.high, source), "greatest cost of a usual \(band.day)")
        }
    }

    private static func covers(_ costs: CostLedger, _ month: BillingMonth) -> Bool {
        costs.query.firstDay <= month.firstDay && month.firstDayAfter <= costs.query.endDay
    }

    static func days(_ month: BillingMonth) -> [CalendarDay] {
        (0..<month.days).map { month.firstDay.adding(days: $0) }
    }
}

private struct DailyPattern {
    let weekday: ExactDecimal
    let weekend: ExactDecimal
    let peak: ExactDecimal
    let peakDay: CalendarDay

    /// What a day like the furthest one usually costs.
    var typical: ExactDecimal { Self.isWeekend(peakDay) ? weekend : weekday }

    init(_ amounts: [CalendarDay: ExactDecimal], _ month: BillingMonth) {
        let days = DailyFacts.days(month).dropFirst()
        func amount(_ day: CalendarDay) -> ExactDecimal { amounts[day] ?? .zero }
        let (weekday, weekend) = (
            Self.median(days.filter { !Self.isWeekend($0) }.map(amount)),
            Self.median(days.filter(Self.isWeekend).map(amount))
        )
        func distance(_ day: CalendarDay) -> ExactDecimal {
            (amount(day) - (Self.isWeekend(day) ? weekend : weekday)).magnitude
        }
        var peakDay = days.first!
        for day in days where distance(day) > distance(peakDay) { peakDay = day }
        (self.weekday, self.weekend, self.peakDay, peak) = (weekday, weekend, peakDay, amount(peakDay))
    }

    private static func isWeekend(_ day: CalendarDay) -> Bool { day.weekday > 5 }

    private static func median(_ values: [ExactDecimal]) -> ExactDecimal {
        let sorted = values.sorted()
        let middle = sorted.count / 2
        return sorted.count % 2 == 1
            ? sorted[middle] : ExactDecimal(units: (sorted[middle - 1] + sorted[middle]).units / 2)
    }
}
