import FinOps
import Foundation
import Reports

/// The document as one file that any browser opens, offline, in the reports' own style: no script, nothing from elsewhere.
/// Also what a browser prints as PDF and photographs as PNG.
enum HTMLExport {
    static func bytes(_ document: ExportDocument) -> Data {
        Data(
            """
            <!doctype html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <title>\(Escape.html(document.title))</title>
            <style>
            \(HTMLStyle.text)
            \(style)
            </style>
            </head>
            <body>
            <main id="main">
            \(body(document))
            </main>
            </body>
            </html>

            """.utf8)
    }

    /// What a table of an export has beyond a table of a report: a bar, a sparkline and the levels of a tree.
    private static let style = """
        .tiles { grid-template-columns: repeat(auto-fit, minmax(12.5rem, 1fr)); } .tile dd { font-size: 1.25rem; }
        .export tbody th { min-width: 13rem; } .export td { white-space: nowrap; }
        .export .bar { width: 5rem; vertical-align: middle; } .export .bar span { display: block; height: .6rem;
          background: var(--accent); print-color-adjust: exact; -webkit-print-color-adjust: exact; }
        svg.trend { width: 6.5rem; height: 1.25rem; vertical-align: middle; fill: none; stroke: var(--accent); stroke-width: 1.5; }
        .export tr.group :is(th, td), .export tr.total :is(th, td) { font-weight: 650; }
        .export tr.rest :is(th, td) { color: var(--muted); }
        @media print { .export { break-inside: auto; } .export tr { break-inside: avoid; } }
        """

    private static func body(_ document: ExportDocument) -> String {
        var parts = ["<h1>\(Escape.html(document.title))</h1>"]
        if let question = document.question { parts.append("<p class=\"question\">\(Escape.html(question))</p>") }
        if let warning = document.warning {
            parts.append("<p class=\"banner\" role=\"note\"><strong>\(Escape.html(warning))</strong></p>")
        }
        let about = document.about.map {
            "<div><dt>\(Escape.html($0.label))</dt><dd>\(Escape.html($0.text))</dd></div>"
        }
        parts.append("<dl class=\"frame\">\(about.joined())</dl>")
        let tiles = document.headline.map { row in
            let texts = row.cells.map { cell in
                if case .trend(let values) = cell { line(values) } else { Escape.html(cell.printed) }
            }
            return "<div class=\"tile\"><dt>\(texts[0])</dt><dd class=\"figure\">\(texts[1])</dd></div>"
        }
        if !tiles.isEmpty { parts.append("<dl class=\"tiles\">\(tiles.joined())</dl>") }
        parts += document.tables.map(section)
        if !document.notes.isEmpty {
            let notes = document.notes.map { "<li>\(Escape.html($0))</li>" }
            parts.append("<section><h2>Notes</h2><ul>\(notes.joined())</ul></section>")
        }
        return parts.joined(separator: "\n")
    }

    private static func section(_ table: ExportTable) -> String {
        let header = table.columns.map { column in
            "<th scope=\"col\"\(column.isFigure ? " class=\"number\"" : "")>\(Escape.html(column.title))</th>"
        }
        let rows = table.rows.map { row in
            "<tr class=\"\(row.weight)\">" + table.columns.indices.map { cell(row, $0, of: table) }.joined() + "</tr>"
        }
        return """
            <section>
            <h2>\(Escape.html(table.title))</h2>
            <div class="scroll" tabindex="0" role="region" aria-label="\(Escape.html(table.title))"><table class="export">
            <thead><tr>\(header.joined())</tr></thead>
            <tbody>
            \(rows.joined(separator: "\n"))
            </tbody></table></div>
            </section>
            """
    }

    private static func cell(_ row: ExportTable.Row, _ index: Int, of table: ExportTable) -> String {
        let column = table.columns[index]
        switch column.kind {
        case .bar(let other):
            let share = BarScale(table, column: other).thousandths(of: row)
            return "<td class=\"bar\"><span style=\"width: \(share / 10)%\"></span></td>"
        case .trend:
            guard case .trend(let values) = row.cells[index] else { return "<td></td>" }
            return "<td>\(line(values))</td>"
        default:
            let indent = index == 0 && row.depth > 0 ? " style=\"padding-left: \(row.depth + 1)rem\"" : ""
            let title = row.cells[index].reason.map { " title=\"\(Escape.html($0))\"" } ?? ""
            let text = Escape.html(row.cells[index].printed)
            let element = index == 0 ? "th" : "td"
            let scope = index == 0 ? " scope=\"row\"" : column.isFigure ? " class=\"number\"" : ""
            return "<\(element)\(scope)\(indent)\(title)>\(text)</\(element)>"
        }
    }

    /// The shape of a series; the figures it is drawn from stand in the table of the series.
    private static func line(_ values: [ExactDecimal]) -> String {
        let heights = Sparkline.heights(values, steps: 180)
        let points = heights.enumerated().map { index, height in
            let x = index * 1000 / max(1, heights.count - 1)
            return "\(x / 10),\((190 - height) / 10)"
        }
        return "<svg class=\"trend\" viewBox=\"0 0 100 20\" preserveAspectRatio=\"none\" aria-hidden=\"true\">"
            + "<polyline points=\"\(points.joined(separator: " "))\"/></svg>"
    }
}
