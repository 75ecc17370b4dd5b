import FinOps

/// The document for a terminal or a pipe: figures to the right, names cut to fit, trees and bars where there is room.
/// Everything is understandable without colour and without any character beyond ASCII.
public struct TextExport {
    private let width: Int
    private let glyphs: Glyphs
    private let isColored: Bool

    /// `width` in columns of the terminal; at least 60.
    public init(width: Int, glyphs: Glyphs, isColored: Bool) {
        self.width = max(60, width)
        self.glyphs = glyphs
        self.isColored = isColored
    }

    /// Without a newline at the end.
    public func text(_ document: ExportDocument) -> String {
        var blocks = [head(document)]
        if !document.headline.isEmpty { blocks.append(headline(document.headline)) }
        blocks += document.tables.map { table in
            let layout = TextTable(table, width: width, glyphs: glyphs)
            let lines = layout.lines.map { line in
                switch line.weight {
                case .group, .total: strong(line.text)
                case .rest: quiet(line.text)
                case .normal: line.text
                }
            }
            return ([strong(plain(table.title)), quiet(layout.header)] + lines).joined(separator: "\n")
        }
        if !document.notes.isEmpty { blocks.append(document.notes.map { wrapped($0, "  ") }.joined(separator: "\n")) }
        return blocks.joined(separator: "\n\n")
    }

    private func head(_ document: ExportDocument) -> String {
        var lines = [strong(plain(document.title))]
        if let question = document.question { lines.append(wrapped(question, "")) }
        if let warning = document.warning { lines.append(strong(wrapped(warning, "  "))) }
        let label = document.about.map { TerminalText.width($0.label) }.max() ?? 0
        lines += document.about.map { line in
            let indent = String(repeating: " ", count: label + 2)
            let text = wrapped(line.text, indent, first: label + 2)
            return TerminalText.left(plain(line.label), label) + "  " + text
        }
        return lines.joined(separator: "\n")
    }

    private func headline(_ rows: [ExportTable.Row]) -> String {
        let cells = rows.map { row in
            row.cells.map { cell in
                if case .trend(let values) = cell { Sparkline.text(values, glyphs) } else { plain(cell.printed) }
            }
        }
        let label = cells.map { TerminalText.width($0[0]) }.max() ?? 0
        let value = cells.map { TerminalText.width($0[1]) }.max() ?? 0
        return cells.map { cells in
            "  " + TerminalText.left(cells[0], label) + "  " + strong(TerminalText.right(cells[1], value))
        }.joined(separator: "\n")
    }

    /// Broken between words; `indent` before every line but the first, of which `first` columns are taken.
    private func wrapped(_ text: String, _ indent: String, first: Int = 0) -> String {
        var lines: [String] = []
        var line = ""
        var used = first
        for word in plain(text).split(separator: " ") {
            let columns = TerminalText.width(String(word))
            if !line.isEmpty, used + 1 + columns > width {
                lines.append(line)
                (line, used) = (indent + word, indent.count + columns)
            } else {
                used += columns + (line.isEmpty ? 0 : 1)
                line += (line.isEmpty ? "" : " ") + word
            }
        }
        return (lines + [line]).joined(separator: "\n")
    }

    private func plain(_ text: String) -> String { glyphs.plain(text) }
    private func strong(_ text: String) -> String { isColored ? "\u{1B}[1m\(text)\u{1B}[0m" : text }
    private func quiet(_ text: String) -> String { isColored ? "\u{1B}[2m\(text)\u{1B}[0m" : text }
}

/// One table laid out: the first column takes what the others leave, and drawings give way before figures do.
struct TextTable {
    struct Line {
        let text: String
        let weight: ExportTable.Row.Weight
    }

    let header: String
    let lines: [Line]

    private static let gap = 2
    private static let leastName = 16
    private static let barColumns = 8
    /// Longer series are drawn where there is room for them, or not at all.
    private static let widestName = 44

    init(_ table: ExportTable, width: Int, glyphs: Glyphs) {
        var columns = table.columns.indices.filter { !table.columns[$0].isDetail }
        let first = columns.first
        let texts = table.rows.enumerated().map { index, row in
            table.columns.indices.map { column in
                let branch = column == first ? TextTree.branch(of: index, in: table, glyphs) : ""
                return glyphs.plain(branch) + Self.text(row, column, table, glyphs)
            }
        }
        let titles = table.columns.map { glyphs.plain($0.title) }
        func widths() -> [Int] {
            columns.map { column in ([titles[column]] + texts.map { $0[column] }).map(TerminalText.width).max() ?? 0 }
        }
        func others() -> Int { widths().dropFirst().reduce(0) { $0 + $1 + Self.gap } }
        let name = max(Self.leastName, min(widths().first ?? 0, Self.widestName))
        while others() + min(name, 24) > width, let drawing = columns.last(where: { table.columns[$0].isDrawing }) {
            columns.removeAll { $0 == drawing }
        }
        var sizes = widths()
        sizes[0] = max(Self.leastName, min(sizes[0], width - others()))
        func line(_ cells: [String]) -> String {
            let parts = zip(columns, sizes).map { column, size in
                let text = column == first ? TerminalText.cut(cells[column], to: size, glyphs.ellipsis) : cells[column]
                return Self.isRight(table.columns[column])
                    ? TerminalText.right(text, size) : TerminalText.left(text, size)
            }
            let joined = parts.joined(separator: String(repeating: " ", count: Self.gap))
            return String(joined.reversed().drop { $0 == " " }.reversed())
        }
        header = line(titles)
        lines = zip(texts, table.rows).map { Line(text: line($0), weight: $1.weight) }
    }

    private static func isRight(_ column: ExportTable.Column) -> Bool { column.isFigure && !column.isDrawing }

    private static func text(
        _ row: ExportTable.Row, _ index: Int, _ table: ExportTable, _ glyphs: Glyphs
    ) -> String {
        switch table.columns[index].kind {
        case .bar(let other):
            return bar(BarScale(table, column: other).thousandths(of: row), glyphs)
        case .trend:
            guard case .trend(let values) = row.cells[index] else { return "" }
            return Sparkline.text(values, glyphs)
        default:
            return glyphs.plain(row.cells[index].printed)
        }
    }

    private static func bar(_ thousandths: Int, _ glyphs: Glyphs) -> String {
        let steps = glyphs.blocks.count
        let length = (thousandths * barColumns * steps + 500) / 1000
        let whole = String(repeating: glyphs.blocks[steps - 1], count: length / steps)
        return length % steps == 0 ? whole : whole + String(glyphs.blocks[length % steps - 1])
    }
}

/// The lines before a node of a tree, drawn from the depths of the rows that follow it.
enum TextTree {
    static func branch(of index: Int, in table: ExportTable, _ glyphs: Glyphs) -> String {
        guard table.isTree else { return "" }
        let depth = table.rows[index].depth
        guard depth > 0 else { return "" }
        let trunks = (1..<max(1, depth)).map { level in
            hasSibling(after: index, at: level, in: table) ? glyphs.trunk : "   "
        }
        return trunks.joined() + (hasSibling(after: index, at: depth, in: table) ? glyphs.branch : glyphs.lastBranch)
    }

    private static func hasSibling(after index: Int, at level: Int, in table: ExportTable) -> Bool {
        for row in table.rows.dropFirst(index + 1) {
            if row.depth == level { return true }
            if row.depth < level { return false }
        }
        return false
    }
}
