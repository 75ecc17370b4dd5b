public import Foundation

/// A CSV file that a setting names: a row of column names, then rows. Complaints name the file and the line.
public struct SettingTable {
    public struct Row {
        let file: String
        let setting: String
        public let line: Int
        let cells: [String: String]

        /// Nil where the file has no such column.
        public subscript(column: String) -> String? { cells[column] }

        /// `message` goes on after "line 3 of FILE".
        public func refused(_ message: String) -> InputError {
            InputError(
                "bad_\(setting)", "line \(line) of \(file) \(message)",
                hint: "correct the file that `\(setting)` names")
        }
    }

    public let rows: [Row]

    /// - Parameter columns: Must be there; others may be.
    public init(_ bytes: Data, file: String, setting: String, columns: [String]) throws {
        func refused(_ line: Int, _ message: String) -> InputError {
            Row(file: file, setting: setting, line: line, cells: [:]).refused(message)
        }
        guard let text = String(bytes: bytes, encoding: .utf8) else { throw refused(1, "is not UTF-8 text") }
        let table: [CommaSeparated.Row]
        do {
            table = try CommaSeparated.rows(text)
        } catch {
            throw refused(error.line, "cannot be read: \(error.message)")
        }
        guard let heading = table.first else { throw refused(1, "is missing: the file is empty") }
        for column in columns where !heading.cells.contains(column) {
            throw refused(heading.line, "has no column `\(column)`")
        }
        guard Set(heading.cells).count == heading.cells.count else {
            throw refused(heading.line, "names a column twice")
        }
        rows = try table.dropFirst().map { row in
            guard row.cells.count == heading.cells.count else {
                throw refused(row.line, "has \(row.cells.count) cells, the heading \(heading.cells.count)")
            }
            return Row(
                file: file, setting: setting, line: row.line,
                cells: Dictionary(uniqueKeysWithValues: zip(heading.cells, row.cells)))
        }
    }
}
