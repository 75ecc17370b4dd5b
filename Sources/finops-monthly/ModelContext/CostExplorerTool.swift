import FinOps
import Foundation

/// How a cost question is put to `cost-explorer`, the tool of AWS's own server (awslabs.billing-cost-management-mcp-server), and
/// how its answer is read. Written apart from the room `AWS` on purpose: a mistake that is made there must not be made again
/// where it should be found.
enum CostExplorerTool {
    static let name = "cost-explorer"

    /// Pages are billed one by one; a month of two groupings fits on the first.
    private static let mostPages = 20

    /// Lists and objects go as JSON texts, which every version of the tool takes.
    static func arguments(_ query: CostQuery, _ metrics: [CostMetric]) -> JSONValue {
        var arguments: [String: JSONValue] = [
            "operation": "getCostAndUsage", "start_date": .string("\(query.firstDay)"),
            "end_date": .string("\(query.endDay)"), "granularity": .string(query.granularity.rawValue),
            "metrics": text(.array(metrics.map { .string($0.apiName) })),
            "group_by": text(.array(query.groupBy.map { ["Type": "DIMENSION", "Key": .string($0.rawValue)] })),
            "max_pages": .integer(mostPages),
        ]
        arguments["filter"] = filter(query).map(text)
        return .object(arguments)
    }

    private static func text(_ value: JSONValue) -> JSONValue { .string(String(decoding: value.bytes, as: UTF8.self)) }

    private static func filter(_ query: CostQuery) -> JSONValue? {
        func among(_ dimension: CostQuery.Dimension, _ values: [String]) -> JSONValue {
            ["Dimensions": ["Key": .string(dimension.rawValue), "Values": .array(values.map { .string($0) })]]
        }
        let account = query.onlyAccount.map { among(.account, [$0]) }
        let types: JSONValue? =
            query.excludedRecordTypes.isEmpty ? nil : ["Not": among(.recordType, query.excludedRecordTypes)]
        guard let account, let types else { return account ?? types }
        return ["And": [account, types]]
    }

    struct Answer: Hashable {
        let lines: [CostLine]
        /// What Cost Explorer bills.
        let pages: Int
    }

    /// Every line of every period that was asked about, in `currency`. Throws `Trouble`: an answer that is not whole, or not
    /// exact, is none.
    static func answer(
        _ found: JSONValue, to query: CostQuery, _ metrics: [CostMetric], in currency: Currency
    ) throws -> Answer {
        let data = found["data"]
        guard data?["data_stored"] != true else {
            throw unreadable("it was stored at the server instead of being given; `MCP_FORCE_SQL` may be set for it")
        }
        guard found["status"] == "success", let periods = data?["ResultsByTime"]?.elements else {
            throw unreadable("it has no `ResultsByTime`")
        }
        let paging = data?["Pagination"]
        guard (data?["NextPageToken"] ?? .null) == .null, paging == nil || paging?["complete_dataset"] == true else {
            throw unreadable("more pages follow than are asked for")
        }
        var days: Set<CalendarDay> = []
        let lines = try periods.flatMap { period in
            guard let day = period["TimePeriod"]?["Start"]?.text.flatMap({ CalendarDay($0) }), day >= query.firstDay,
                day < query.endDay, let groups = period["Groups"]?.elements
            else { throw unreadable("a period of it was not asked for, or has no groups") }
            days.insert(day)
            return try groups.map { try line($0, day, query, metrics, currency) }
        }
        var day = query.firstDay
        while day < query.endDay {
            guard days.contains(day) else { throw unreadable("it leaves out the period from \(day)") }
            day = day.billingMonth.firstDayAfter
        }
        return Answer(lines: lines, pages: paging?["pages_fetched"]?.number ?? 1)
    }

    private static func line(
        _ group: JSONValue, _ day: CalendarDay, _ query: CostQuery, _ metrics: [CostMetric], _ currency: Currency
    ) throws -> CostLine {
        let keys = (group["Keys"]?.elements ?? []).compactMap(\.text)
        guard keys.count == query.groupBy.count else { throw unreadable("a line of \(day) has \(keys.count) keys") }
        var amounts = CostAmounts()
        for metric in metrics {
            let amount = group["Metrics"]?[metric.apiName]
            func place() -> String {
                "\(metric.apiName) of \(UntrustedText(keys.joined(separator: ", ")).text) on \(day)"
            }
            // A JSON number has been through a binary fraction: it is not what was billed.
            guard let value = amount?["Amount"]?.text.flatMap({ ExactDecimal($0) }) else {
                throw unreadable("\(place()) is not an exact amount")
            }
            guard amount?["Unit"]?.text == currency.code else {
                throw unreadable("\(place()) is not in \(currency.code)")
            }
            amounts[metric] = value
        }
        return CostLine(day: day, keys: keys, amounts: amounts)
    }

    private static func unreadable(_ why: String) -> Trouble {
        Trouble(
            .inconsistent, code: "McpUnreadableAnswer", message: "the answer cannot be read: \(why)",
            operation: "mcp:tools/call \(name)",
            hint: "awslabs.billing-cost-management-mcp-server answers as it is read here")
    }
}
