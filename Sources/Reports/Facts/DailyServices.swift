import Analysis
import FinOps

/// What each service cost on each day that AWS no longer restates, fees by the month left out.
struct DailyServices {
    /// AWS goes on restating the last two days.
    static let daysRestated = 2

    let firstDay: CalendarDay
    /// Inclusive.
    let lastDay: CalendarDay
    let amounts: [String: [CalendarDay: ExactDecimal]]
    let source: Digest

    var days: Int { lastDay.daysSinceEpoch - firstDay.daysSinceEpoch + 1 }

    /// Nil when the days are unknown, or all of them may yet change.
    init?(_ material: FactMaterial) {
        guard let costs = material.collection.daily.value else { return nil }
        let end = min(costs.query.endDay, material.request.today.adding(days: -Self.daysRestated))
        guard costs.query.firstDay < end else { return nil }
        (firstDay, lastDay, source) = (costs.query.firstDay, end.adding(days: -1), costs.record.parametersSHA256)
        var amounts: [String: [CalendarDay: ExactDecimal]] = [:]
        var isFixed = KeptAnswers { ServiceCategory(service: $0).isFixed }
        for line in costs.lines where line.day < end {
            guard let service = costs.key(.service, of: line), !isFixed(service) else { continue }
            amounts[service, default: [:]][line.day, default: .zero] += line.amount(material.metric)
        }
        self.amounts = amounts
    }

    /// From the first day with cost on; a day without a line cost nothing.
    var series: [DailySeries] {
        amounts.sorted { $0.key < $1.key }.compactMap { service, amounts in
            var amounts = amounts.filter { !$0.value.isZero }
            guard !amounts.isEmpty else { return nil }
            amounts[lastDay, default: .zero] += .zero
            return DailySeries(name: service, amounts: amounts)
        }
    }

    func cost(_ service: String, from first: CalendarDay, through last: CalendarDay) -> ExactDecimal {
        amounts[service, default: [:]].filter { first <= $0.key && $0.key <= last }.map(\.value).sum()
    }
}
