public import FinOps

/// Small cost ledgers, written as a table of keys and one amount; every metric has that amount unless a test says otherwise.
public enum SampleLedger {
    public static let month = BillingMonth("2026-02")!
    public static let today = CalendarDay("2026-03-15")!

    public static func query(
        _ id: String, groupBy: [CostQuery.Dimension], month: BillingMonth = month, monthsBack: Int = 1,
        excludedRecordTypes: [String] = [], onlyAccount: String? = nil
    ) -> CostQuery {
        CostQuery(
            id: id, firstDay: month.adding(months: -monthsBack).firstDay, endDay: month.firstDayAfter,
            granularity: .monthly, groupBy: groupBy, excludedRecordTypes: excludedRecordTypes, onlyAccount: onlyAccount)
    }

    /// The question of the witness: service × day, unfiltered.
    public static func daily(
        month: BillingMonth = month, monthsBack: Int = 1, onlyAccount: String? = nil
    ) -> CostQuery {
        CostQuery(
            id: "daily", firstDay: month.adding(months: -monthsBack).firstDay, endDay: month.firstDayAfter,
            granularity: .daily, groupBy: [.service], onlyAccount: onlyAccount)
    }

    public static func line(_ keys: [String], _ amount: ExactDecimal, in month: BillingMonth = month) -> CostLine {
        line(keys, CostAmounts(every: amount), in: month)
    }

    public static func line(
        _ keys: [String], _ amounts: CostAmounts, in month: BillingMonth = month
    ) -> CostLine {
        CostLine(day: month.firstDay, keys: keys, amounts: amounts)
    }

    public static func ledger(
        _ query: CostQuery, _ lines: [CostLine], currency: Currency = .usd, estimatedPeriods: [CalendarDay] = [],
        record: QueryRecord? = nil
    ) -> CostLedger {
        CostLedger(
            query: query, currency: currency, lines: lines, estimatedPeriods: estimatedPeriods,
            record: record ?? self.record(query.id, rows: lines.count))
    }

    public static func record(
        _ id: String, rows: Int, requestID: String? = "7d0c3f1e-0000-4000-8000-000000000001",
        bodySHA256: Digest = digest("a"), bytes: Int = 512
    ) -> QueryRecord {
        QueryRecord(
            id: id, operation: "ce:GetCostAndUsage", parameters: "{}", parametersSHA256: digest("b"),
            pages: [
                QueryRecord.Page(
                    requestID: requestID, receivedAt: Timestamp("2026-03-15T00:00:07Z")!, bodySHA256: bodySHA256,
                    bytes: bytes)
            ], rows: rows)
    }

    /// Sixty-four times one hexadecimal digit.
    public static func digest(_ digit: Character) -> Digest { Digest(String(repeating: digit, count: 64))! }
}
