import FinOps

/// Puts the pages of one question together. The same period may stand on two pages, and a page may come twice, so lines are
/// merged by period and keys, never appended; whatever contradicts itself is refused.
struct CostCollector {
    let query: CostQuery
    private(set) var estimated: Set<CalendarDay> = []

    private struct LineKey: Hashable {
        let day: CalendarDay
        let keys: [String]
    }

    private var amounts: [LineKey: CostAmounts] = [:]
    private var periods: Set<CalendarDay> = []
    private var unit: Currency?
    private var lastRequestID: String?

    private let expectedPeriods: Set<CalendarDay>

    init(query: CostQuery) {
        self.query = query
        expectedPeriods = Self.periods(of: query)
    }

    mutating func add(_ page: CostPage, requestID: String?) throws {
        lastRequestID = requestID
        for period in page.ResultsByTime {
            let day = try firstDay(of: period.TimePeriod)
            periods.insert(day)
            if period.Estimated ?? true { estimated.insert(day) }
            if query.groupBy.isEmpty {
                try add([], period.Total ?? CostPage.Metrics(), on: day)
            } else {
                // No list of groups is not an empty one: a day without cost has that.
                guard let groups = period.Groups else {
                    throw refused("MissingGroups", "the period from \(day) has no list of groups")
                }
                for group in groups {
                    guard group.Keys.count == query.groupBy.count else {
                        throw refused("WrongKeys", "a line of \(day) has \(group.Keys.count) keys")
                    }
                    try add(group.Keys, group.Metrics, on: day)
                }
            }
        }
    }

    /// In order of day and keys.
    func lines() throws -> [CostLine] {
        let missing = expectedPeriods.subtracting(periods).sorted()
        guard missing.isEmpty else {
            throw refused("MissingPeriod", "the answer leaves out the period from \(missing[0])")
        }
        return amounts.map { CostLine(day: $0.key.day, keys: $0.key.keys, amounts: $0.value) }.sorted { left, right in
            left.day != right.day ? left.day < right.day : left.keys.lexicographicallyPrecedes(right.keys)
        }
    }

    /// Throws `no_data` when there is no line to tell the currency by: nothing is not zero.
    func currency() throws -> Currency {
        guard let unit else {
            throw Trouble(
                .noData, code: "NoCostLines", message: "Cost Explorer has no cost for these days",
                operation: operation, requestID: lastRequestID)
        }
        return unit
    }

    private mutating func add(_ keys: [String], _ metrics: CostPage.Metrics, on day: CalendarDay) throws {
        var line = CostAmounts()
        func place() -> String { ([day.description] + keys).joined(separator: ", ") }
        for metric in CostMetric.allCases {
            guard let amount = metrics[metric], let text = amount.Amount else {
                throw refused("MissingMetric", "\(metric.apiName) is missing for \(place())")
            }
            guard let value = ExactDecimal(text) else {
                throw refused(
                    "UnreadableAmount", "\(metric.apiName) for \(place()) is not an amount: \(text.prefix(40))")
            }
            if unit == nil || amount.Unit != unit?.code {
                guard unit == nil, let currency = Currency(amount.Unit ?? "") else {
                    throw refused(
                        "MixedCurrencies",
                        "\(metric.apiName) for \(place()) is in \(amount.Unit ?? "no currency"), others in \(unit?.code ?? "none")"
                    )
                }
                unit = currency
            }
            line[metric] = value
        }
        let key = LineKey(day: day, keys: keys)
        if let earlier = amounts[key], earlier != line {
            throw refused("ContradictingLines", "two amounts for \(place())")
        }
        amounts[key] = line
    }

    private func firstDay(of interval: CostPage.Interval) throws -> CalendarDay {
        let text = String(interval.Start.prefix(10))
        guard let day = CalendarDay(text), expectedPeriods.contains(day) else {
            throw refused("UnexpectedPeriod", "a period from \(interval.Start) was not asked for")
        }
        return day
    }

    /// First days of the periods the question covers; AWS clips the first month to the question's first day.
    private static func periods(of query: CostQuery) -> Set<CalendarDay> {
        var days: Set<CalendarDay> = []
        var day = query.firstDay
        while day < query.endDay {
            days.insert(day)
            switch query.granularity {
            case .daily: day = day.adding(days: 1)
            case .monthly: day = day.billingMonth.firstDayAfter
            }
        }
        return days
    }

    private var operation: String { ReadOperation.getCostAndUsage.rawValue }

    private func refused(_ code: String, _ message: String) -> Trouble {
        Trouble(.inconsistent, code: code, message: message, operation: operation, requestID: lastRequestID)
    }
}
