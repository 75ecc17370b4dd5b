/// What does each kind of discount take off, by account and class?
///
/// Identity: billed cost − discounts = the same charges before discounts, which is what Cost Explorer calls unblended.
enum DiscountsQuery {
    static let name = "discounts by account, class and kind"

    /// `items` selects `account`, `service`, `category`, `class` and a map `discounts` of kind to amount.
    static func sql(_ items: String) -> String {
        #"""
        WITH items AS (
        \#(items)
        )
        SELECT account, service, category, class, kind, CAST(SUM(discounts[kind]) AS VARCHAR) AS amount
        FROM items CROSS JOIN UNNEST(map_keys(discounts)) AS entries (kind)
        GROUP BY account, service, category, class, kind
        ORDER BY account, service, category, class, kind;
        """#
    }
}
