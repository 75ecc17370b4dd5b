import FinOps

/// What would compute cost on demand, hour by hour, that no commitment covers, and over the month what savings plans cover?
///
/// One row for each hour and one for the plans, whatever the number of lines: a charge period that does not begin and end
/// with an hour has no hour here.
enum UncoveredComputeQuery {
    static let name = "uncovered compute by hour"

    /// `items` selects `begins_at`, `ends_at`, `term`, `on_demand` and `plan_cost`.
    static func sql(_ items: String) -> String {
        #"""
        WITH items AS (
        \#(items)
        ),
        hours AS (
          SELECT term, on_demand, plan_cost,
            CASE WHEN term <> 'plan' AND SUBSTR(begins_at, 14, 6) = ':00:00' THEN SUBSTR(begins_at, 1, 13) ELSE '' END AS begins,
            CASE WHEN term <> 'plan' AND SUBSTR(ends_at, 14, 6) = ':00:00' THEN SUBSTR(ends_at, 1, 13) ELSE '' END AS ends
          FROM items
        )
        SELECT term, begins, ends,
          CAST(SUM(on_demand) AS VARCHAR) AS on_demand,
          CAST(SUM(plan_cost) AS VARCHAR) AS plan_cost,
          CAST(COUNT(*) AS VARCHAR) AS lines,
          CAST(COUNT(*) - COUNT(on_demand) AS VARCHAR) AS unpriced,
          CAST(COUNT(*) - COUNT(plan_cost) AS VARCHAR) AS uncosted
        FROM hours
        GROUP BY term, begins, ends
        ORDER BY term, begins, ends;
        """#
    }
}

/// One row of `UncoveredComputeQuery`'s answer.
struct UncoveredComputeRow {
    let isUnderPlans: Bool
    /// Hours since the epoch, in UTC; nil for what does not begin, or end, with an hour.
    let begins: Int?
    let ends: Int?
    let onDemand: ExactDecimal
    let planCost: ExactDecimal
    let lines: Int
    /// Lines without a price on demand, and without the plan's.
    let unpriced: Int
    let uncosted: Int

    init(_ row: [String: JSONValue]) throws {
        func text(_ name: String) -> String { row[name]?.text ?? "" }
        func count(_ name: String) throws -> Int {
            guard let number = Int(text(name)) else { throw EngineFailure(.unreadableAnswer, "\(name) is no number") }
            return number
        }
        isUnderPlans = text("term") == "plan"
        (begins, ends) = (Self.hour(text("begins")), Self.hour(text("ends")))
        // Nothing but lines without an amount: counted below.
        (onDemand, planCost) = (ExactDecimal(text("on_demand")) ?? .zero, ExactDecimal(text("plan_cost")) ?? .zero)
        (lines, unpriced, uncosted) = (try count("lines"), try count("unpriced"), try count("uncosted"))
    }

    /// `2026-02-01T05`, with whatever stands between day and hour.
    private static func hour(_ text: String) -> Int? {
        guard let day = CalendarDay(String(text.prefix(10))), let hour = Int(text.suffix(2)), (0..<24).contains(hour)
        else {
            return nil
        }
        return day.daysSinceEpoch * 24 + hour
    }
}
