/// Where is the first line that does not fit? Asked only after a text file was refused.
enum RejectsQuery {
    /// `table` reads the files keeping what it rejects; a column that nobody adds up is not looked at.
    static func sql(_ table: String, amounts: [String]) -> String {
        let sums = amounts.map { "SUM(\(SQLText.identifier($0)))" }.joined(separator: ", ")
        return #"""
            CREATE TEMP TABLE looked_at AS SELECT COUNT(*), \#(sums) FROM \#(table);
            SELECT file_path AS file, CAST(line AS VARCHAR) AS line, column_name AS column_name,
              CAST(error_type AS VARCHAR) AS kind
            FROM reject_errors JOIN reject_scans USING (scan_id, file_id)
            ORDER BY file_path, reject_errors.line LIMIT 1;
            """#
    }
}

/// Which row is the first of a kind? Asked only when a count says that there is one. Rows are counted from 1, without the
/// heading.
enum FirstRowQuery {
    static func sql(_ items: String, where condition: String) -> String {
        #"""
        WITH items AS (
        \#(items)
        )
        SELECT CAST(MIN(place) AS VARCHAR) AS place
        FROM (SELECT *, row_number() OVER () AS place FROM items)
        WHERE \#(condition);
        """#
    }
}
