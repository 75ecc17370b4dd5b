public import Foundation

/// Reads the CSV that Cost Explorer's console downloads: a heading row whose last column is `Total costs($)`, an optional
/// row of column totals, and a row for each month or day. AWS does not document the file, so anything that does not add up
/// is refused with its line instead of being read with good will.
public struct ConsoleExportReader {
    private let file: String
    private let month: BillingMonth

    public init(file: String, month: BillingMonth) {
        self.file = file
        self.month = month
    }

    /// Throws `InputError`.
    public func read(_ bytes: Data, hashing: any Hashing) throws -> ConsoleExport {
        guard var text = String(bytes: bytes, encoding: .utf8) else { throw refused(1, "the file is not UTF-8 text") }
        if text.hasPrefix("\u{FEFF}") { text.removeFirst() }
        let rows: [CommaSeparated.Row]
        do {
            rows = try CommaSeparated.rows(text)
        } catch {
            throw refused(error.line, error.message)
        }
        guard let heading = rows.first else { throw refused(1, "the file is empty") }
        try check(heading)
        let table = try rows.dropFirst().map { try dated($0, heading) }
        let periods = table.compactMap { row in row.day.map { (day: $0, row: row) } }
        let ours = periods.filter { $0.day.billingMonth == month }
        try checkCoverage(ours.map(\.day), line: heading.line)
        try checkColumnTotals(table, heading)
        let groups = heading.cells.dropFirst().dropLast()
        return ConsoleExport(
            fileName: String(file.split(separator: "/").last ?? ""), sha256: hashing.sha256(bytes), month: month,
            total: ours.map { $0.row.amounts[$0.row.amounts.count - 1] }.sum(),
            amountsByAccount: accounts(heading).map { ids in
                ours.reduce(into: [:]) { sums, period in
                    for (id, amount) in zip(ids, period.row.amounts) { sums[id, default: .zero] += amount }
                }
            }, amountCount: ours.count * max(1, groups.count))
    }

    private struct DatedRow {
        let line: Int
        /// Nil in the row of column totals.
        let day: CalendarDay?
        let amounts: [ExactDecimal]
    }

    private func check(_ heading: CommaSeparated.Row) throws {
        guard heading.cells.count >= 2, let last = heading.cells.last, last.lowercased().hasPrefix("total cost") else {
            throw refused(
                heading.line, "the last column is not \"Total costs($)\", so this is no export of Cost Explorer")
        }
        for title in heading.cells.dropFirst() where !title.hasSuffix("($)") {
            throw refused(heading.line, "column \"\(title)\" is not in US dollars: it does not end with ($)")
        }
        guard Set(heading.cells.dropFirst()).count == heading.cells.count - 1 else {
            throw refused(heading.line, "two columns have the same heading")
        }
    }

    private func dated(_ row: CommaSeparated.Row, _ heading: CommaSeparated.Row) throws -> DatedRow {
        guard row.cells.count == heading.cells.count else {
            throw refused(
                row.line, "\(row.cells.count) columns, where the heading has \(heading.cells.count)")
        }
        let day = CalendarDay(row.cells[0])
        guard day != nil || row.cells[0].lowercased().hasSuffix("total") else {
            throw refused(row.line, "\"\(row.cells[0])\" is neither a day (YYYY-MM-DD) nor the row of totals")
        }
        let amounts = try row.cells.dropFirst().map { cell in
            // The console leaves a cell empty where nothing was charged.
            guard let amount = cell.isEmpty ? .zero : ExactDecimal(cell) else {
                throw refused(row.line, "\"\(cell)\" is not an amount")
            }
            return amount
        }
        let parts = amounts.dropLast()
        if !parts.isEmpty, (parts.sum() - amounts[amounts.count - 1]).magnitude > Self.rounding(parts.count + 1) {
            throw refused(row.line, "the columns do not add up to their total")
        }
        return DatedRow(line: row.line, day: day, amounts: amounts)
    }

    /// The month in one row, or each of its days in a row.
    private func checkCoverage(_ days: [CalendarDay], line: Int) throws {
        guard Set(days).count == days.count else { throw refused(line, "a day of \(month) comes twice") }
        let isMonthly = days == [month.firstDay]
        guard isMonthly || days.count == month.days else {
            throw refused(
                line,
                days.isEmpty
                    ? "no row is about \(month)" : "only \(days.count) of the \(month.days) days of \(month) are there")
        }
    }

    private func checkColumnTotals(_ table: [DatedRow], _ heading: CommaSeparated.Row) throws {
        let totals = table.filter { $0.day == nil }
        guard let total = totals.first else { return }
        guard totals.count == 1 else { throw refused(totals[1].line, "a second row of totals") }
        let rows = table.filter { $0.day != nil }
        for column in total.amounts.indices {
            let sum = rows.map { $0.amounts[column] }.sum()
            if (sum - total.amounts[column]).magnitude > Self.rounding(rows.count + 1) {
                throw refused(
                    total.line, "column \"\(heading.cells[column + 1])\" does not add up to its total")
            }
        }
    }

    /// Account ids in column order, when every column but the total names exactly one.
    private func accounts(_ heading: CommaSeparated.Row) -> [String]? {
        guard heading.cells[0].lowercased().hasPrefix("linked account") else { return nil }
        let ids = heading.cells.dropFirst().dropLast().map { title in
            title.split { !("0"..."9").contains($0) }.filter { $0.count == 12 }.map(String.init)
        }
        guard !ids.isEmpty, ids.allSatisfy({ $0.count == 1 }) else { return nil }
        let flat = ids.flatMap(\.self)
        return Set(flat).count == flat.count ? flat : nil
    }

    /// Half a cent for each amount that may have been rounded.
    private static func rounding(_ count: Int) -> ExactDecimal { ExactDecimal(count) * "0.005" }

    private func refused(_ line: Int, _ message: String) -> InputError {
        InputError(
            "bad_console_csv", "`--console-csv \(file)` line \(line): \(message)",
            hint: "download the month from Cost Explorer in the console: monthly or daily, \"Download as CSV\"")
    }
}
