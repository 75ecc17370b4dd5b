import FinOps

/// What does each resource cost, in the month and the one before?
///
/// The resources that cost most and those that moved most have a row each; the rest of an account and service is one row, so
/// that the sum over all rows is the month. The order is by binary numbers, the amounts are not.
enum ResourcesQuery {
    static let name = "costs by account, service and resource"
    /// Rows of resources that cost most, and of those that moved most.
    static let largest = 300
    static let moved = 150

    /// `items` selects `account`, `service`, `resource`, `region`, `period`, `currency` and `amount`.
    static func sql(_ items: String, month: BillingMonth) -> String {
        let previous = month.previous
        return #"""
            WITH items AS (
            \#(items)
            ),
            resources AS (
              SELECT account, service, resource, MAX(region) AS region,
                SUM(CASE WHEN period = '\#(month)' THEN amount ELSE 0 END) AS cost,
                SUM(CASE WHEN period = '\#(previous)' THEN amount ELSE 0 END) AS earlier,
                SUM(CASE WHEN period = '\#(previous)' THEN 1 ELSE 0 END) AS earlier_lines,
                SUM(CASE WHEN amount IS NOT NULL AND period IN ('\#(month)', '\#(previous)') THEN 0 ELSE 1 END) AS strays,
                MIN(currency) AS currency, MAX(currency) AS last_currency
              FROM items
              GROUP BY account, service, resource
            ),
            ordered AS (
              SELECT *, CASE WHEN resource = '' THEN 0 ELSE 1 END AS named,
                ROW_NUMBER() OVER (
                  PARTITION BY CASE WHEN resource = '' THEN 0 ELSE 1 END
                  ORDER BY ABS(CAST(cost AS DOUBLE)) DESC, account, service, resource) AS by_cost,
                ROW_NUMBER() OVER (
                  PARTITION BY CASE WHEN resource = '' THEN 0 ELSE 1 END
                  ORDER BY ABS(CAST(cost AS DOUBLE) * \#(previous.days) - CAST(earlier AS DOUBLE) * \#(month.days)) DESC,
                    account, service, resource) AS by_change
              FROM resources
            ),
            shown AS (
              SELECT *, CASE WHEN named = 1 AND (by_cost <= \#(largest) OR by_change <= \#(moved)) THEN 1 ELSE 0 END AS own
              FROM ordered
            )
            SELECT account, service,
              CASE WHEN own = 1 THEN resource ELSE '' END AS resource,
              CASE WHEN own = 1 THEN region ELSE '' END AS region,
              CAST(SUM(cost) AS VARCHAR) AS cost,
              CAST(SUM(earlier) AS VARCHAR) AS earlier,
              CAST(SUM(earlier_lines) AS VARCHAR) AS earlier_lines,
              CAST(SUM(named) AS VARCHAR) AS resources,
              CAST(SUM(strays) AS VARCHAR) AS strays,
              MIN(currency) AS currency, MAX(last_currency) AS last_currency
            FROM shown
            GROUP BY account, service, CASE WHEN own = 1 THEN resource ELSE '' END,
              CASE WHEN own = 1 THEN region ELSE '' END
            ORDER BY account, service, resource;
            """#
    }
}
