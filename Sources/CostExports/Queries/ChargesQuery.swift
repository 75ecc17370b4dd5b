/// What does each account cost, by service, class and invoice?
///
/// One pass over everything. Its sums over all groups are the month, so that Σ by account = Σ by service = Σ by class = Σ by
/// invoice. Currency and billing period are grouped by as well: more than one of either refuses the file. `ends` is the
/// latest end of a charge period; `unnamed` and `negative` count lines that no figure may be made from.
enum ChargesQuery {
    static let name = "charges by account, service, class and invoice"

    static func sql(_ items: String) -> String {
        #"""
        WITH items AS (
        \#(items)
        )
        SELECT account, service, category, class, invoice, currency, period,
          MAX(ends) AS ends,
          CAST(SUM(billed) AS VARCHAR) AS billed,
          CAST(SUM(effective) AS VARCHAR) AS effective,
          CAST(COUNT(*) AS VARCHAR) AS lines,
          CAST(COUNT(*) - COUNT(billed) AS VARCHAR) AS unbilled,
          CAST(COUNT(*) - COUNT(effective) AS VARCHAR) AS uneffective,
          CAST(SUM(CASE WHEN category = 'Usage' AND class = '' AND quantity < 0 THEN 1 ELSE 0 END) AS VARCHAR) AS negative
        FROM items
        GROUP BY account, service, category, class, invoice, currency, period
        ORDER BY account, service, category, class, invoice, currency, period;
        """#
    }
}
