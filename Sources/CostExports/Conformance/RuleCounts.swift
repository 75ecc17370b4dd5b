import FinOps

/// How many rows break each leaf requirement, all counted in one pass over the file.
struct RuleCounts {
    let rows: Int
    private let counts: [String: Int]
    private let columns: Set<String>

    /// `texts` are predicates over the columns of `selection`; `groups` are whole scalar queries. What is slow to read is kept
    /// for them, on disk where memory is short; Parquet is read again.
    static func sql(_ texts: [String], groups: [String], selection: String, keeps: Bool) -> String {
        let sums = texts.enumerated().map { "CAST(COUNT(*) FILTER (WHERE \($1)) AS VARCHAR) AS t\($0)" }
        let others = groups.enumerated().map { "CAST((\($1)) AS VARCHAR) AS g\($0)" }
        return """
            CREATE TEMP \(keeps ? "TABLE" : "VIEW") items AS \(selection);
            SELECT \((["CAST(COUNT(*) AS VARCHAR) AS lines"] + sums + others).joined(separator: ",\n  "))
            FROM items;
            """
    }

    init(_ row: [String: JSONValue], texts: [String], groups: [String], columns: Set<String>) throws {
        func number(_ name: String) throws -> Int {
            guard let number = row[name]?.text.flatMap({ Int($0) }) else {
                throw EngineFailure(.unreadableAnswer, "\(name) is no number")
            }
            return number
        }
        rows = try number("lines")
        var counts: [String: Int] = [:]
        for (index, text) in texts.enumerated() { counts[text] = try number("t\(index)") }
        for (index, text) in groups.enumerated() { counts[text] = try number("g\(index)") }
        self.counts = counts
        self.columns = columns
    }

    func count(_ text: String) -> Int { counts[text] ?? 0 }
    func has(_ column: String) -> Bool { columns.contains(column) }
}
