import FinOps
import Foundation
import Reports

/// The document as Markdown: one table under a heading each, figures to the right.
enum MarkdownExport {
    static func bytes(_ document: ExportDocument) -> Data {
        var parts = ["# " + Escape.markdown(document.title)]
        if let question = document.question { parts.append("*" + Escape.markdown(question) + "*") }
        if let warning = document.warning { parts.append("> **" + Escape.markdown(warning) + "**") }
        parts.append(
            document.about.map { "- \(Escape.markdown($0.label)): \(Escape.markdown($0.text))" }.joined(separator: "\n")
        )
        parts += document.allTables.map { "## \(Escape.markdown($0.title))\n\n\(table($0))" }
        if !document.notes.isEmpty {
            parts.append("## Notes\n\n" + document.notes.map { "- " + Escape.markdown($0) }.joined(separator: "\n"))
        }
        return Data((parts.joined(separator: "\n\n") + "\n").utf8)
    }

    private static func table(_ table: ExportTable) -> String {
        let columns = table.columns.indices.filter { !table.columns[$0].isDrawing }
        let header = columns.map { Escape.markdown(table.columns[$0].title) }
        let rule = columns.map { table.columns[$0].isFigure ? "--:" : "---" }
        let rows = table.rows.map { row in
            columns.map { index in
                let indent = index == columns.first ? String(repeating: "&emsp;", count: row.depth) : ""
                let text = Escape.markdown(row.cells[index].printed)
                let isStrong = row.weight == .total || row.weight == .group
                return indent + (isStrong && !text.isEmpty ? "**\(text)**" : text)
            }
        }
        return ([header, rule] + rows).map { "| " + $0.joined(separator: " | ") + " |" }.joined(separator: "\n")
    }
}

extension ExportTable.Cell {
    /// For people.
    var printed: String {
        switch self {
        case .text(let text): text
        case .figure(_, let printed, _): printed
        case .unknown(_, let printed): printed
        case .trend, .empty: ""
        }
    }
}
