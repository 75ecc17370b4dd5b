import FinOps

/// A requirement as SQL over the columns of a file. Types are those the specification gives; a value is compared as the
/// column's type compares it.
struct RuleText {
    /// The columns a predicate speaks of: where one is missing, it cannot hold.
    let columns: Set<String>
    let sql: String

    /// True for rows that break a leaf requirement; nil when it is of no kind that a row can break.
    static func violation(of requirement: JSONValue) -> RuleText? {
        guard let function = requirement["CheckFunction"]?.text else { return nil }
        if let pair = pair(function, requirement, holds: false) { return pair }
        guard let column = requirement["ColumnName"]?.text else { return nil }
        let name = SQLText.identifier(column)
        func matches(_ pattern: String) -> String {
            "\(name) IS NOT NULL AND NOT regexp_matches(CAST(\(name) AS VARCHAR), \(SQLText.literal(pattern)))"
        }
        let sql: String?
        switch function {
        case "CheckValue", "CheckNotValue":
            sql = value(name, requirement["Value"], isEqual: function == "CheckNotValue")
        case "CheckGreaterOrEqualThanValue": sql = "\(name) IS NOT NULL AND \(name) < \(text(requirement["Value"]))"
        case "TypeString": sql = "\(name) IS NOT NULL AND typeof(\(name)) <> 'VARCHAR'"
        case "TypeDecimal": sql = "\(name) IS NOT NULL AND typeof(\(name)) <> 'DOUBLE'"
        case "TypeDateTime", "FormatDateTime":
            sql =
                "\(name) IS NOT NULL AND typeof(\(name)) NOT LIKE 'TIMESTAMP%' AND typeof(\(name)) <> 'DATE'"
                + " AND NOT regexp_matches(CAST(\(name) AS VARCHAR), \(SQLText.literal(dateTime)))"
        case "FormatNumeric":
            // A number that was read as one has the format, unless it is none.
            sql =
                "\(name) IS NOT NULL AND CASE WHEN typeof(\(name)) = 'DOUBLE' "
                + "THEN NOT COALESCE(isfinite(TRY_CAST(\(name) AS DOUBLE)), FALSE) ELSE \(matches(numeric)) END"
        // As many characters as bytes: nothing beyond ASCII.
        case "FormatString": sql = "strlen(CAST(\(name) AS VARCHAR)) <> length(CAST(\(name) AS VARCHAR))"
        case "FormatKeyValue", "FormatJSON":
            sql = "\(name) IS NOT NULL AND typeof(\(name)) NOT LIKE 'MAP%' AND NOT json_valid(CAST(\(name) AS VARCHAR))"
        case "FormatCurrency": sql = matches(#"^\s*[A-Z]{3}\s*$"#)
        case "CheckNationalCurrency":
            sql =
                "\(name) IS NOT NULL AND TRIM(CAST(\(name) AS VARCHAR)) NOT IN ("
                + CurrencyCodes.all.map(SQLText.literal).joined(separator: ", ") + ")"
        case "FormatUnit": sql = matches(UnitFormat.pattern)
        default: sql = nil
        }
        return sql.map { RuleText(columns: [column], sql: $0) }
    }

    /// True for rows that a condition selects.
    static func selection(_ condition: JSONValue) -> RuleText? {
        guard let function = condition["CheckFunction"]?.text else { return nil }
        if function == "AND" || function == "OR" {
            let parts = (condition["Items"]?.elements ?? []).compactMap(selection)
            guard !parts.isEmpty else { return RuleText(columns: [], sql: function == "AND" ? "TRUE" : "FALSE") }
            return all(parts, joined: " \(function) ")
        }
        if let pair = pair(function, condition, holds: true) { return pair }
        guard let column = condition["ColumnName"]?.text, function == "CheckValue" || function == "CheckNotValue"
        else { return nil }
        let name = SQLText.identifier(column)
        return RuleText(
            columns: [column], sql: value(name, condition["Value"], isEqual: function == "CheckValue"))
    }

    static func all(_ parts: [RuleText], joined word: String = " AND ") -> RuleText {
        RuleText(
            columns: parts.reduce(into: []) { $0.formUnion($1.columns) },
            sql: parts.map { "(\($0.sql))" }.joined(separator: word))
    }

    /// Two columns against one another, or a product of two against a third.
    private static func pair(_ function: String, _ check: JSONValue, holds: Bool) -> RuleText? {
        guard let left = check["ColumnAName"]?.text, let right = check["ColumnBName"]?.text else { return nil }
        let (first, second) = (SQLText.identifier(left), SQLText.identifier(right))
        let both = "\(first) IS NOT NULL AND \(second) IS NOT NULL"
        switch function {
        case "CheckSameValue", "CheckNotSameValue":
            let isEqual = (function == "CheckSameValue") == holds
            return RuleText(columns: [left, right], sql: "\(both) AND \(first) \(isEqual ? "=" : "<>") \(second)")
        case "ColumnByColumnEqualsColumnValue":
            guard let product = check["ResultColumnName"]?.text else { return nil }
            let third = SQLText.identifier(product)
            // Files carry binary numbers: a product may miss by their last bit.
            let isClose = "ABS((\(first) * \(second)) - \(third)) <= 1e-9 * GREATEST(ABS(\(third)), 1)"
            return RuleText(
                columns: [left, right, product],
                sql: "\(both) AND \(third) IS NOT NULL AND \(holds ? "" : "NOT ")(\(isClose))")
        default: return nil
        }
    }

    private static func value(_ name: String, _ value: JSONValue?, isEqual: Bool) -> String {
        guard let value, value != .null else { return "\(name) IS \(isEqual ? "" : "NOT ")NULL" }
        return "\(name) \(isEqual ? "=" : "<>") \(text(value))"
    }

    private static func text(_ value: JSONValue?) -> String {
        switch value {
        case .string(let text): SQLText.literal(text)
        case .integer(let number): SQLText.literal(String(number))
        case .fraction(let number): SQLText.literal(String(number))
        case .bool(let flag): SQLText.literal(flag ? "True" : "False")
        default: "NULL"
        }
    }

    private static let numeric = #"^\s*[+-]?([0-9]*[.])?[0-9]+([eE][+-]?[0-9]+)?\s*$"#
    private static let dateTime = "^[0-9]{4}-[0-1][0-9]-[0-3][0-9]T[0-2][0-9]:[0-5][0-9]:[0-5][0-9]Z$"
}
