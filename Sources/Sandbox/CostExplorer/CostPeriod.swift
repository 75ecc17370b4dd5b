import FinOps

/// One period of an answer: a whole or clipped month, or a day.
struct CostPeriod: Hashable {
    let start: CalendarDay
    /// Exclusive.
    let end: CalendarDay

    var month: BillingMonth { start.billingMonth }

    var json: JSONValue { ["Start": .string(start.description), "End": .string(end.description)] }
}

/// A validated `TimePeriod` and `Granularity`.
struct CostCalendar {
    let periods: [CostPeriod]

    /// AWS keeps the running month and the thirteen before it.
    static let closedMonthsKept = 13

    init(_ parameters: JSONValue, today: CalendarDay) throws {
        guard let granularity = parameters["Granularity"]?.text else {
            throw ServiceError.validation("Granularity is required")
        }
        guard granularity == "MONTHLY" || granularity == "DAILY" else {
            throw ServiceError.validation(
                granularity == "HOURLY"
                    ? "Hourly granularity is not enabled for this account." : "Granularity \(granularity) is invalid")
        }
        let (start, end) = try Self.days(parameters)
        guard start <= today else { throw ServiceError.validation("Start date cannot be after the current date.") }
        guard end <= today.billingMonth.firstDayAfter else {
            throw ServiceError.validation("End date past the beginning of next month.")
        }
        guard start >= today.billingMonth.adding(months: -Self.closedMonthsKept).firstDay else {
            throw ServiceError.validation("You haven't enabled historical data beyond 14 months")
        }
        var periods: [CostPeriod] = []
        var day = start
        while day < end {
            let next = granularity == "DAILY" ? day.adding(days: 1) : min(end, day.billingMonth.firstDayAfter)
            periods.append(CostPeriod(start: day, end: next))
            day = next
        }
        self.periods = periods
    }

    /// The two days of a `TimePeriod`, in order.
    static func days(_ parameters: JSONValue) throws -> (start: CalendarDay, end: CalendarDay) {
        guard let period = parameters["TimePeriod"], let startText = period["Start"]?.text,
            let endText = period["End"]?.text
        else { throw ServiceError.validation("TimePeriod with Start and End is required") }
        guard let start = CalendarDay(startText), let end = CalendarDay(endText) else {
            throw ServiceError.validation("Start and End must match yyyy-MM-dd")
        }
        guard start < end else {
            throw ServiceError.validation("Start date (and hour) should be before end date (and hour)")
        }
        return (start, end)
    }
}
