import FinOps

/// Rows under headings: for a terminal with figures to the right, or as comma-separated text.
struct AnswerTable {
    struct Column {
        let name: String
        var isFigure = false
    }

    let columns: [Column]
    let rows: [[String]]

    var commaSeparated: String {
        ([columns.map(\.name)] + rows).map(CommaSeparated.row).joined(separator: "\n")
    }

    var text: String {
        let headings = columns.map { $0.name.replacing("_", with: " ") }
        let widths = columns.indices.map { column in ([headings] + rows).map { $0[column].count }.max() ?? 0 }
        return ([headings] + rows).map { cells in
            let padded = columns.indices.map { column in
                let space = String(repeating: " ", count: widths[column] - cells[column].count)
                return columns[column].isFigure ? space + cells[column] : cells[column] + space
            }
            let line = padded.joined(separator: "  ")
            return String(line.reversed().drop { $0 == " " }.reversed())
        }.joined(separator: "\n")
    }
}
