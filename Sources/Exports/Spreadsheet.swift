import CXlsxWriter
public import FinOps
import Foundation

/// The document as an Excel workbook: one sheet a table, amounts as numbers in the format of their currency.
///
/// A spreadsheet holds binary numbers, whatever is written into it. What is written is the double nearest to the exact
/// decimal; the decimal itself stands as text on the last sheet, by sheet and cell, with the id of its fact.
enum Spreadsheet {
    /// Writes the file. Throws `ExportError` when the library cannot.
    static func write(_ document: ExportDocument, to path: String) throws {
        guard let workbook = workbook_new(path) else { throw ExportError("no workbook could be begun at \(path)") }
        var writer = Writer(workbook: workbook)
        var failure: ExportError?
        do {
            writer.about(document)
            for table in document.allTables { try writer.add(table) }
            writer.exactValues()
        } catch let error as ExportError {
            failure = error
        }
        let code = workbook_close(workbook)
        if let failure { throw failure }
        guard code == LXW_NO_ERROR else { throw ExportError(String(cString: lxw_strerror(code))) }
    }

    /// `[$USD] #,##0.00`: the code and not a sign, since a dollar is not a currency. Two digits, or none where ISO 4217 has
    /// none, or three.
    static func format(of currency: Currency) -> String {
        let digits =
            ["JPY", "KRW", "CLP", "VND", "ISK", "UGX", "XAF", "XOF", "XPF", "PYG"].contains(currency.code)
            ? "" : ["BHD", "KWD", "OMR", "TND", "JOD", "IQD", "LYD"].contains(currency.code) ? ".000" : ".00"
        return "[$\(currency.code)] #,##0\(digits);[Red]-[$\(currency.code)] #,##0\(digits)"
    }
}

/// A file that could not be made from a document.
public struct ExportError: ExplainedError {
    public let code = "export_failed"
    public let summary: String
    public let cause: String? = nil
    public let hint: String? = "check the folder given with `--output-dir`, and that the disk has room"

    init(_ summary: String) {
        self.summary = summary
    }
}

private struct Writer {
    private struct Exact {
        let sheet: String
        let cell: String
        let value: ExactDecimal
        let unit: String
        let fact: String?
    }

    private struct Look: Hashable {
        var numberFormat: String?
        var isStrong = false
        var isHeader = false
        var indent = 0
    }

    let workbook: UnsafeMutablePointer<lxw_workbook>
    private var exact: [Exact] = []
    private var formats: [Look: UnsafeMutablePointer<lxw_format>] = [:]
    private var names: Set<String> = []

    init(workbook: UnsafeMutablePointer<lxw_workbook>) {
        self.workbook = workbook
        var options = lxw_doc_properties()
        // The same document is the same workbook, whenever it is written.
        options.created = 1
        workbook_set_properties(workbook, &options)
    }

    mutating func about(_ document: ExportDocument) {
        let sheet = newSheet("about")
        let lines =
            [("Title", document.title)]
            + [("Question", document.question), ("Warning", document.warning)]
            .compactMap { label, text in text.map { (label, $0) } } + document.about.map { ($0.label, $0.text) }
            + document.notes.map { ("Note", $0) }
        worksheet_set_column(sheet, 0, 0, 14, nil)
        worksheet_set_column(sheet, 1, 1, 96, nil)
        for (row, line) in lines.enumerated() {
            worksheet_write_string(sheet, UInt32(row), 0, line.0, look(Look(isStrong: true)))
            worksheet_write_string(sheet, UInt32(row), 1, line.1, nil)
        }
    }

    mutating func add(_ table: ExportTable) throws {
        let columns = table.columns.indices.filter { !table.columns[$0].isDrawing }
        guard table.rows.count < 1_048_575 else { throw ExportError("\(table.name) has more rows than a sheet") }
        let name = String(table.name.prefix(31))
        let sheet = newSheet(name)
        for (place, column) in columns.enumerated() {
            worksheet_write_string(
                sheet, 0, UInt16(place), table.columns[column].title, look(Look(isHeader: true)))
            worksheet_set_column(
                sheet, UInt16(place), UInt16(place), table.columns[column].kind == .text ? 34 : 18, nil)
        }
        worksheet_freeze_panes(sheet, 1, 1)
        worksheet_repeat_rows(sheet, 0, 0)
        worksheet_set_landscape(sheet)
        worksheet_fit_to_pages(sheet, 1, 0)
        for (line, row) in table.rows.enumerated() {
            for (place, column) in columns.enumerated() {
                write(
                    row.cells[column], of: row, table.columns[column], sheet: sheet, name: name, row: UInt32(line + 1),
                    column: UInt16(place))
            }
        }
    }

    private mutating func write(
        _ cell: ExportTable.Cell, of row: ExportTable.Row, _ column: ExportTable.Column,
        sheet: UnsafeMutablePointer<lxw_worksheet>, name: String, row line: UInt32, column place: UInt16
    ) {
        let isStrong = row.weight == .total || row.weight == .group
        switch cell {
        case .figure(let value, _, let fact):
            let format = Look(numberFormat: numberFormat(column), isStrong: isStrong)
            worksheet_write_number(sheet, line, place, Double(value.description) ?? .nan, look(format))
            exact.append(
                Exact(
                    sheet: name, cell: Self.letters(Int(place)) + String(line + 1), value: value,
                    unit: unit(column), fact: fact))
        default:
            let text = cell.printed
            guard !text.isEmpty else { return }
            let format = Look(isStrong: isStrong, indent: place == 0 ? row.depth : 0)
            worksheet_write_string(sheet, line, place, text, look(format))
            if let reason = cell.reason { worksheet_write_comment(sheet, line, place, reason) }
        }
    }

    mutating func exactValues() {
        let sheet = newSheet("exact")
        let titles = ["Sheet", "Cell", "Exact value", "Unit", "Fact"]
        for (place, title) in titles.enumerated() {
            worksheet_write_string(sheet, 0, UInt16(place), title, look(Look(isHeader: true)))
        }
        worksheet_set_column(sheet, 2, 2, 26, nil)
        worksheet_set_column(sheet, 4, 4, 44, nil)
        worksheet_freeze_panes(sheet, 1, 0)
        for (line, entry) in exact.enumerated() {
            let cells = [entry.sheet, entry.cell, entry.value.description, entry.unit, entry.fact ?? ""]
            for (place, text) in cells.enumerated() where !text.isEmpty {
                worksheet_write_string(sheet, UInt32(line + 1), UInt16(place), text, nil)
            }
        }
    }

    private mutating func newSheet(_ name: String) -> UnsafeMutablePointer<lxw_worksheet> {
        precondition(names.insert(name.lowercased()).inserted, "two sheets named \(name)")
        return workbook_add_worksheet(workbook, name)
    }

    private mutating func look(_ look: Look) -> UnsafeMutablePointer<lxw_format>? {
        if let made = formats[look] { return made }
        guard let format = workbook_add_format(workbook) else { return nil }
        if let number = look.numberFormat { format_set_num_format(format, number) }
        if look.isStrong || look.isHeader { format_set_bold(format) }
        if look.isHeader { format_set_bottom(format, UInt8(LXW_BORDER_THIN.rawValue)) }
        if look.indent > 0 { format_set_indent(format, UInt8(min(look.indent, 15))) }
        formats[look] = format
        return format
    }

    private func numberFormat(_ column: ExportTable.Column) -> String? {
        switch column.kind {
        case .amount(let currency): Spreadsheet.format(of: currency)
        // The value is in percent already; Excel's own percent sign would multiply it by a hundred.
        case .percent: "0.00\" %\""
        case .number: "#,##0.######"
        case .text, .trend, .bar: nil
        }
    }

    private func unit(_ column: ExportTable.Column) -> String {
        switch column.kind {
        case .amount(let currency): currency.code
        case .percent: "percent"
        case .number, .text, .trend, .bar: ""
        }
    }

    /// 0 → A, 26 → AA.
    private static func letters(_ column: Int) -> String {
        (column >= 26 ? letters(column / 26 - 1) : "") + String(UnicodeScalar(UInt8(65 + column % 26)))
    }
}
