import FinOps

/// The files of one delivery as the engine reads them: types are always given, and every file is held against the first
/// one's columns, because a text file is read by position.
struct ItemFiles {
    struct Column: Hashable {
        let name: String
        let type: String
    }

    let files: [DeliveredFile]
    /// Of every file, in the file's order.
    let columns: [Column]

    var names: [String] { columns.map(\.name) }

    /// Throws `InputError`, and `EngineFailure` when the engine itself is in trouble.
    init(_ files: [DeliveredFile], engine: DuckDB) async throws {
        guard let first = files.first else { throw InputError("bad_export", "no files were named") }
        guard files.allSatisfy({ $0.encoding == first.encoding }) else {
            throw InputError(
                "bad_export", "the export mixes CSV and Parquet files", hint: "keep one delivery in a folder")
        }
        var found: [[Column]] = []
        // A statement has its limits; a delivery may have thousands of files.
        for start in stride(from: 0, to: files.count, by: 100) {
            found += try await Self.columns(of: Array(files[start..<min(start + 100, files.count)]), engine)
        }
        for (file, columns) in zip(files, found) where columns.map(\.name) != found[0].map(\.name) {
            let difference = Set(columns.map(\.name)).symmetricDifference(found[0].map(\.name)).sorted().first
            throw InputError(
                "bad_export",
                "\(file.name) has other columns than \(first.name): "
                    + (difference.map { "column \($0) is in one of them only" } ?? "their order differs"),
                hint: "keep one delivery in a folder")
        }
        self.files = files
        columns = found[0]
    }

    private static func columns(of files: [DeliveredFile], _ engine: DuckDB) async throws -> [[Column]] {
        let parts = files.enumerated().map { index, file in "SELECT '\(index)' AS file, * FROM (\(look(at: file)))" }
        do {
            let rows = try await engine.rows(parts.joined(separator: "\nUNION ALL ") + ";")
            let byFile = Dictionary(grouping: rows) { $0["file"]?.text ?? "" }
            return try zip(files, files.indices).map { file, index in
                try columns(in: byFile[String(index), default: []], of: file)
            }
        } catch let failure as EngineFailure where failure.kind == .refused {
            guard files.count > 1 else {
                throw InputError(
                    "bad_export", "\(files[0].name) cannot be read as \(files[0].encoding == .csv ? "CSV" : "Parquet")",
                    cause: failure.message, hint: "copy the file from its bucket anew")
            }
            for file in files { _ = try await columns(of: [file], engine) }
            throw failure
        }
    }

    /// Parquet says what its columns are; of a text file only the heading is looked at, as one cell.
    private static func look(at file: DeliveredFile) -> String {
        let path = SQLText.literal(file.path)
        return switch file.encoding {
        case .csv:
            #"""
            SELECT heading AS name, 'VARCHAR' AS type FROM read_csv(\#(path), auto_detect = false, header = false,
              hive_partitioning = false, delim = E'\x1f', quote = '', escape = '', columns = {'heading': 'VARCHAR'},
              max_line_size = 8388608) LIMIT 1
            """#
        case .parquet:
            """
            SELECT column_name AS name, column_type AS type
            FROM (DESCRIBE SELECT * FROM read_parquet(\(path), hive_partitioning = false))
            """
        }
    }

    private static func columns(in rows: [[String: JSONValue]], of file: DeliveredFile) throws -> [Column] {
        let columns = rows.map { Column(name: $0["name"]?.text ?? "", type: $0["type"]?.text ?? "") }
        guard file.encoding == .csv else { return columns }
        var heading = columns.first?.name ?? ""
        if heading.hasPrefix("\u{FEFF}") { heading.removeFirst() }
        do {
            let cells = try CommaSeparated.rows(heading).first?.cells ?? []
            if let twice = cells.first(where: { cell in cells.count { $0 == cell } > 1 }) {
                throw InputError("bad_export", "\(file.name) has two columns \(twice)")
            }
            return cells.map { Column(name: $0, type: "VARCHAR") }
        } catch let fault as CommaSeparated.Fault {
            throw InputError("bad_export", "\(file.name) line \(fault.line): \(fault.message)")
        }
    }

    /// The table function that reads them. In text, `amounts` are decimals and everything else is text; Parquet brings types.
    func table(amounts: [String], only file: DeliveredFile? = nil, keepingRejects: Bool = false) -> String {
        let paths = SQLText.list((file.map { [$0] } ?? files).map(\.path))
        guard files[0].encoding == .csv else { return "read_parquet(\(paths), hive_partitioning = false)" }
        let types = columns.map { column in
            let type = amounts.contains(column.name) ? ItemsSelection.amountType : "VARCHAR"
            return "\(SQLText.literal(column.name)): '\(type)'"
        }
        return "read_csv(\(paths), auto_detect = false, header = true, hive_partitioning = false, \(Self.dialect), "
            + "columns = {\(types.joined(separator: ", "))}\(keepingRejects ? ", store_rejects = true" : ""))"
    }

    /// As AWS writes text: RFC 4180. A line may carry many tags.
    private static let dialect = #"delim = ',', quote = '"', escape = '"', max_line_size = 8388608"#
}
