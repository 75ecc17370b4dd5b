import FinOps

/// GetCostForecast: the daily pace of the last three closed months, grown by their own trend. A method of its own, not a
/// look at the estate's future, so that a forecast can be wrong as AWS's can.
struct ForecastAnswer {
    let estate: SampleEstate
    let book: EstateBook

    private static let metrics: [String: CostExplorerMetric] = [
        "UNBLENDED_COST": .unblended, "NET_UNBLENDED_COST": .netUnblended, "AMORTIZED_COST": .amortized,
        "NET_AMORTIZED_COST": .netAmortized, "BLENDED_COST": .blended,
    ]

    func answer(_ request: SandboxRequest) async throws -> JSONValue {
        let parameters = try request.parameters([
            "TimePeriod", "Granularity", "Metric", "Filter", "PredictionIntervalLevel", "BillingViewArn",
        ])
        guard let metric = parameters["Metric"]?.text.flatMap({ Self.metrics[$0] }) else {
            throw ServiceError.validation("Metric \(parameters["Metric"]?.text ?? "") is invalid")
        }
        let (start, end) = try CostCalendar.days(parameters)
        guard start == estate.today else { throw ServiceError.validation("Start must be the current date") }
        guard end <= estate.today.billingMonth.adding(months: 13).firstDay else {
            throw ServiceError.validation("Forecasts reach at most 12 months ahead")
        }
        let level = parameters["PredictionIntervalLevel"]?.number ?? 80
        guard (51...99).contains(level) else {
            throw ServiceError.validation("PredictionIntervalLevel must be between 51 and 99")
        }
        let filter = try CostFilter(parsing: parameters["Filter"])
        let paces = await closedPaces(metric, filter, request.caller)
        guard let latest = paces.last, latest > 0, let earliest = paces.first, earliest > 0 else {
            throw ServiceError(
                code: "DataUnavailableException", message: "Insufficient amount of historical data to generate forecast"
            )
        }
        let granularity = parameters["Granularity"]?.text
        guard granularity == "MONTHLY" || granularity == "DAILY" else {
            throw ServiceError.validation("Granularity \(granularity ?? "") is invalid")
        }
        return forecast(
            Self.periods(start, end, isDaily: granularity == "DAILY"), pace: paces.reduce(0, +) / Int64(paces.count),
            growth: (latest - earliest) / Int64(max(1, paces.count - 1)), level: level)
    }

    private func forecast(_ periods: [CostPeriod], pace: Int64, growth: Int64, level: Int) -> JSONValue {
        var total: Int64 = 0
        let results = periods.map { period -> JSONValue in
            let days = Int64(period.end.daysSinceEpoch - period.start.daysSinceEpoch)
            let running = estate.today.billingMonth
            let ahead = Int64((period.month.year - running.year) * 12 + period.month.month - running.month)
            // The pace is that of the middle of the three closed months, two months before the running one.
            let mean = (pace + growth * (ahead + 2)) * days
            total += mean
            // 5 % of the mean at 80 %, wider with the level and the distance.
            let half = mean / 1000 * (10 + Int64(level) / 2) * (10 + ahead) / 10
            return [
                "TimePeriod": period.json, "MeanValue": .string(BoundedText.amount(mean)),
                "PredictionIntervalLowerBound": .string(BoundedText.amount(mean - half)),
                "PredictionIntervalUpperBound": .string(BoundedText.amount(mean + half)),
            ]
        }
        return [
            "Total": ["Amount": .string(BoundedText.amount(total)), "Unit": "USD"],
            "ForecastResultsByTime": .array(results),
        ]
    }

    /// Micro-dollars a day in each of the last three closed months.
    private func closedPaces(_ metric: CostExplorerMetric, _ filter: CostFilter, _ caller: SandboxCaller) async
        -> [Int64]
    {
        let scope = caller.isPayer ? nil : estate.indexByAccountID[caller.accountID]
        var paces: [Int64] = []
        for offset in -3 ... -1 {
            let month = estate.today.billingMonth.adding(months: offset)
            var cube = CostCube(estate: estate, scope: scope, groupBy: [], filter: filter)
            let period = CostPeriod(start: month.firstDay, end: month.firstDayAfter)
            let sums = cube.sums(of: await book.charges(in: month), month: month, periods: [period])
            paces.append(metric.micros(sums[0][CostCube.Group()] ?? MetricSums()) / Int64(month.days))
        }
        return paces
    }

    private static func periods(_ start: CalendarDay, _ end: CalendarDay, isDaily: Bool) -> [CostPeriod] {
        var periods: [CostPeriod] = []
        var day = start
        while day < end {
            let next = isDaily ? day.adding(days: 1) : min(end, day.billingMonth.firstDayAfter)
            periods.append(CostPeriod(start: day, end: next))
            day = next
        }
        return periods
    }
}
