import FinOps

/// What a single requirement comes down to, once its condition and those of the composites it serves are added.
enum LeafCheck {
    /// The model names a check that nobody has defined.
    case undefined
    case presence(column: String)
    /// Rows for which the predicate is true break it.
    case rows(RuleText)
    /// A scalar query that counts what breaks it.
    case groups(RuleText)

    init(_ requirement: JSONValue, condition: RuleText?) {
        let function = requirement["CheckFunction"]?.text
        if function == "ColumnPresent", let column = requirement["ColumnName"]?.text {
            self = .presence(column: column)
        } else if function == "CheckDistinctCount", let left = requirement["ColumnAName"]?.text,
            let right = requirement["ColumnBName"]?.text, let expected = requirement["ExpectedCount"]?.number
        {
            let (first, second) = (SQLText.identifier(left), SQLText.identifier(right))
            self = .groups(
                RuleText(
                    columns: Set([left, right]).union(condition?.columns ?? []),
                    sql: "SELECT COUNT(*) FROM (SELECT COUNT(DISTINCT \(second)) AS n FROM items"
                        + (condition.map { " WHERE \($0.sql)" } ?? "")
                        + " GROUP BY \(first)) AS groups WHERE n <> \(expected)"))
        } else if let violation = RuleText.violation(of: requirement) {
            self = .rows(condition.map { RuleText.all([violation, $0]) } ?? violation)
        } else {
            self = .undefined
        }
    }
}
