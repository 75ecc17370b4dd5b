public import FinOps
public import Foundation

/// A user's own figures: comma-separated text with a heading, or JSON as an array of objects (bare, or under `rows`). Every
/// complaint names the file and the place.
public struct DataTable: Hashable, Sendable {
    public struct Row: Hashable, Sendable {
        /// `line 3` of text, `row 2` of JSON.
        public let place: String
        public let cells: [String: String]
    }

    public let file: String
    /// In the order of the heading; of JSON in alphabetical order.
    public let columns: [String]
    public let rows: [Row]

    /// Throws `InputError`.
    public init(_ bytes: Data, file: String) throws {
        let isJSON = [UInt8(ascii: "["), UInt8(ascii: "{")].contains(bytes.first { !Self.space.contains($0) })
        self = isJSON ? try Self(json: bytes, file: file) : try Self(commaSeparated: bytes, file: file)
        guard !rows.isEmpty else { throw refused("holds no rows", hint: "a heading alone is no series") }
    }

    private init(file: String, columns: [String], rows: [Row]) {
        self.file = file
        self.columns = columns
        self.rows = rows
    }

    private static let space = Set(" \t\r\n".utf8)

    private init(commaSeparated bytes: Data, file: String) throws {
        guard var text = String(bytes: bytes, encoding: .utf8) else {
            throw InputError("unreadable_table", "\(file) is not UTF-8 text")
        }
        if text.hasPrefix("\u{FEFF}") { text.removeFirst() }
        let lines: [CommaSeparated.Row]
        do {
            lines = try CommaSeparated.rows(text)
        } catch {
            throw InputError("unreadable_table", "\(file) line \(error.line): \(error.message)")
        }
        guard let heading = lines.first else { throw InputError("unreadable_table", "\(file) is empty") }
        let columns = heading.cells.map { $0.trimmingCharacters(in: .whitespaces).lowercased() }
        if let twice = Dictionary(grouping: columns, by: \.self).filter({ $1.count > 1 }).keys.min() {
            throw InputError("unreadable_table", "\(file) line \(heading.line): two columns are called `\(twice)`")
        }
        let rows = try lines.dropFirst().map { line in
            guard line.cells.count == columns.count else {
                throw InputError(
                    "unreadable_table",
                    "\(file) line \(line.line): \(line.cells.count) cells under \(columns.count) columns")
            }
            return Row(place: "line \(line.line)", cells: Dictionary(uniqueKeysWithValues: zip(columns, line.cells)))
        }
        self.init(file: file, columns: columns, rows: rows)
    }

    private init(json bytes: Data, file: String) throws {
        let decoder = JSONDecoder()
        do {
            let objects =
                try
                (bytes.first { !Self.space.contains($0) } == UInt8(ascii: "[")
                ? decoder.decode([[String: Cell]].self, from: bytes)
                : decoder.decode([String: [[String: Cell]]].self, from: bytes)["rows"] ?? [])
            let columns = Set(objects.flatMap { $0.keys.map { $0.lowercased() } }).sorted()
            let rows = objects.enumerated().map { number, object in
                let cells = Dictionary(object.map { ($0.lowercased(), $1.text) }) { first, _ in first }
                return Row(place: "row \(number + 1)", cells: cells)
            }
            self.init(file: file, columns: columns, rows: rows)
        } catch let error as DecodingError {
            throw InputError(
                "unreadable_table", "\(file) is not an array of flat JSON objects: \(error.place)",
                hint: "write [{\"date\": \"2026-02-01\", \"amount\": \"12.34\"}, …]")
        }
    }

    /// A string, or a number digit by digit: it never passes through a binary float.
    private struct Cell: Decodable {
        let text: String

        init(from decoder: any Decoder) throws {
            let container = try decoder.singleValueContainer()
            if container.decodeNil() {
                text = ""
            } else if let text = try? container.decode(String.self) {
                self.text = text
            } else {
                text = try container.decode(Decimal.self).description
            }
        }
    }
}

extension DataTable {
    /// Throws unless every one of `names` is a column.
    public func require(_ names: [String]) throws {
        let missing = names.filter { !columns.contains($0) }
        guard missing.isEmpty else {
            throw refused(
                "has no column `\(missing.joined(separator: "`, `"))`",
                hint: "its columns are \(columns.joined(separator: ", "))")
        }
    }

    public func amount(_ column: String, _ row: Row) throws -> ExactDecimal {
        try value(column, row, "an amount such as -12.34")
    }

    public func day(_ column: String, _ row: Row) throws -> CalendarDay {
        try value(column, row, "a day such as 2026-02-28")
    }

    public func month(_ column: String, _ row: Row) throws -> BillingMonth {
        try value(column, row, "a month such as 2026-02")
    }

    private func value<Value: LosslessStringConvertible>(
        _ column: String, _ row: Row, _ example: String
    ) throws -> Value {
        let text = (row.cells[column] ?? "").trimmingCharacters(in: .whitespaces)
        guard let value = Value(text) else {
            throw InputError(
                "unreadable_cell", "\(file) \(row.place): \(column) `\(text.prefix(40))` is not \(example)")
        }
        return value
    }

    func refused(_ what: String, hint: String? = nil) -> InputError {
        InputError("unreadable_table", "\(file) \(what)", hint: hint)
    }
}

extension DecodingError {
    fileprivate var place: String {
        let context: Context =
            switch self {
            case .typeMismatch(_, let context), .valueNotFound(_, let context), .keyNotFound(_, let context),
                .dataCorrupted(let context):
                context
            @unknown default: Context(codingPath: [], debugDescription: "unreadable")
            }
        let path = context.codingPath.map { $0.intValue.map { "row \($0 + 1)" } ?? $0.stringValue }
        return path.isEmpty ? context.debugDescription : path.joined(separator: ", ")
    }
}
