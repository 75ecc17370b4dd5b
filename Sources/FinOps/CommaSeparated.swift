/// Comma-separated rows as RFC 4180 writes them: quotes around anything, doubled inside; lines end with LF or CRLF.
public enum CommaSeparated {
    public struct Row: Hashable, Sendable {
        /// Where the row begins in the file, counted from 1.
        public let line: Int
        public let cells: [String]
    }

    public struct Fault: Error, Hashable {
        public let line: Int
        public let message: String
    }

    /// One row without its line end.
    public static func row(_ cells: [String]) -> String {
        cells.map { cell in
            cell.utf8.contains { special.contains($0) }
                ? "\"\(cell.replacing("\"", with: "\"\""))\"" : cell
        }.joined(separator: ",")
    }

    private static let special = Array("\",\r\n".utf8)

    /// Throws at the first character that cannot stand where it stands.
    public static func rows(_ text: String) throws(Fault) -> [Row] {
        var rows: [Row] = []
        var cells: [String] = []
        var cell = ""
        var (line, firstLine) = (1, 1)
        var (isQuoted, wasQuoted) = (false, false)
        func isEmptyLine() -> Bool { cells.isEmpty && cell.isEmpty && !wasQuoted }
        func endRow() {
            if !isEmptyLine() { rows.append(Row(line: firstLine, cells: cells + [cell])) }
            (cells, cell, wasQuoted, firstLine) = ([], "", false, line)
        }
        var characters = text.makeIterator()
        var pending = characters.next()
        while let character = pending {
            pending = characters.next()
            let isNewline = character == "\n" || character == "\r\n"
            if isNewline { line += 1 }
            switch character {
            case "\"" where isQuoted && pending == "\"":
                cell.append("\"")
                pending = characters.next()
            case "\"" where isQuoted:
                isQuoted = false
            case _ where isQuoted:
                cell.append(character)
            case "\"" where cell.isEmpty && !wasQuoted:
                (isQuoted, wasQuoted) = (true, true)
            case "\"":
                throw Fault(line: line, message: "a quote stands inside a cell that does not begin with one")
            case ",":
                cells.append(cell)
                (cell, wasQuoted) = ("", false)
            case _ where isNewline:
                endRow()
            default:
                guard !wasQuoted else { throw Fault(line: line, message: "text follows a closing quote") }
                cell.append(character)
            }
        }
        guard !isQuoted else { throw Fault(line: firstLine, message: "a quote is never closed") }
        endRow()
        return rows
    }
}
