import FinOps
import Foundation

/// The document as one JSON object: sorted snake_case keys, amounts as exact decimal strings, unknown as null with its
/// reason beside it.
enum JSONExport {
    static func bytes(_ document: ExportDocument, onOneLine: Bool = false) throws -> Data {
        let object = JSONDocument(document)
        return onOneLine ? try JSONText.line(object) : try JSONText.document(object)
    }
}

private struct JSONDocument: Encodable {
    let schema = 1
    let title: String
    let question: String?
    let warning: String?
    let about: [Line]
    let notes: [String]
    let tables: [Table]

    struct Line: Encodable { let label: String, text: String }

    struct Table: Encodable {
        let name: String
        let title: String
        let columns: [Column]
        let rows: [Row]
    }

    struct Column: Encodable { let key: String, title: String, currency: Currency? }

    struct Row: Encodable {
        let level: Int
        let kind: String
        let cells: [String: String?]
        let facts: [String: String]
        let unknown: [String: String]
        let series: [String: [ExactDecimal]]
    }

    init(_ document: ExportDocument) {
        title = document.title
        question = document.question
        warning = document.warning
        about = document.about.map { Line(label: $0.label, text: $0.text) }
        notes = document.notes
        tables = document.allTables.map { table in
            let columns = table.columns.filter { !$0.isDrawing }
            return Table(
                name: table.name, title: table.title, columns: columns.map { Column($0) },
                rows: table.rows.map { Row($0, table.columns) })
        }
    }
}

extension JSONDocument.Column {
    init(_ column: ExportTable.Column) {
        (key, title) = (column.key, column.title)
        if case .amount(let amounts) = column.kind { currency = amounts } else { currency = nil }
    }
}

extension JSONDocument.Row {
    init(_ row: ExportTable.Row, _ columns: [ExportTable.Column]) {
        var cells: [String: String?] = [:]
        var facts: [String: String] = [:]
        var unknown: [String: String] = [:]
        var series: [String: [ExactDecimal]] = [:]
        for (column, cell) in zip(columns, row.cells) {
            switch cell {
            case .trend(let values): series[column.key] = values
            case .unknown(let reason, _):
                cells[column.key] = .some(nil)
                unknown[column.key] = reason
            case .empty: if !column.isDrawing { cells[column.key] = .some(nil) }
            case .text, .figure:
                cells[column.key] = cell.data
                facts[column.key] = cell.fact
            }
        }
        (self.cells, self.facts, self.unknown, self.series) = (cells, facts, unknown, series)
        level = row.depth
        kind =
            switch row.weight {
            case .normal: "row"
            case .group: "group"
            case .rest: "rest"
            case .total: "total"
            }
    }
}
