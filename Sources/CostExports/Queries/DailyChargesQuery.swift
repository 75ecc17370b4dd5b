import FinOps

/// What does each service cost on each day?
///
/// Its sum over everything is the month: another grouping at another grain than `ChargesQuery`'s, and a second pass over the
/// files.
enum DailyChargesQuery {
    static let name = "charges by service and day"

    /// `items` selects `begins` besides what every query speaks of.
    static func sql(_ items: String) -> String {
        #"""
        WITH items AS (
        \#(items)
        )
        SELECT service, begins,
          CAST(SUM(billed) AS VARCHAR) AS billed,
          CAST(SUM(effective) AS VARCHAR) AS effective
        FROM items
        GROUP BY service, begins
        ORDER BY service, begins;
        """#
    }

    /// A charge for days outside its billing period counts on the nearest day of it, so that the days add up to the month.
    static func lines(
        _ rows: [[String: JSONValue]], in month: BillingMonth, effectiveMetric: CostMetric?
    ) throws -> [CostLine] {
        var sums: [DayOfService: ChargeSums] = [:]
        for row in rows {
            guard let billed = ExactDecimal(row["billed"]?.text ?? "") else {
                throw EngineFailure(.unreadableAnswer, "\(row["billed"]?.text ?? "nothing") is no amount")
            }
            guard let begins = CalendarDay(row["begins"]?.text ?? "") else {
                throw InputError(
                    "bad_export", "a charge of \(row["service"]?.text ?? "no service") begins on no day",
                    hint: "ChargePeriodStart (FOCUS) or line_item_usage_start_date (CUR) must be a day on every line")
            }
            let day = min(max(begins, month.firstDay), month.firstDayAfter.adding(days: -1))
            let key = DayOfService(day: day, service: row["service"]?.text ?? "")
            sums[key, default: ChargeSums()].add(billed, effective: ExactDecimal(row["effective"]?.text ?? ""))
        }
        return sums.map { key, sum in
            CostLine(day: key.day, keys: [key.service], amounts: sum.amounts(effectiveMetric))
        }
        .inOrder
    }

    private struct DayOfService: Hashable {
        let day: CalendarDay
        let service: String
    }
}
