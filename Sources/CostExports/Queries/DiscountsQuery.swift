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
        ),
        entries AS (
          SELECT account, service, category, class,
            unnest(map_keys(discounts)) AS kind, unnest(map_values(discounts)) AS amount
          FROM items
        )
        SELECT account, service, category, class, kind, CAST(SUM(amount) AS VARCHAR) AS amount
        FROM entries
        GROUP BY account, service, category, class, kind
        ORDER BY account, service, category, class, kind;
        """#
    }
}
