import FinOps

/// A table's columns, and what of it is a month.
struct TableItems {
    let selection: ItemsSelection
    private let table: TableName
    private let types: [String: String]

    /// Throws `InputError` and `EngineFailure`.
    init(engine: AthenaEngine) async throws {
        table = engine.table
        let columns = try await engine.rows(ColumnsQuery.sql(table)).map { row in
            (name: row["column_name"]?.text ?? "", type: (row["data_type"]?.text ?? "").uppercased())
        }
        guard !columns.isEmpty else {
            throw InputError(
                "bad_export", "Athena shows no table \(table)",
                hint: "`finops-monthly export athena-ddl` prints what makes one; database and table may also be in "
                    + "another region (AWS_REGION), or hidden from these credentials")
        }
        selection = try ItemsSelection(recognizing: columns.map(\.name), in: "table \(table)")
        types = Dictionary(columns.map { ($0.name, $0.type) }) { first, _ in first }
        for column in selection.amountColumns where types[column] == "VARCHAR" {
            throw InputError(
                "bad_export", "column \(column) of table \(table) is text, and has to be a number",
                hint: "`finops-monthly export athena-ddl` prints the types AWS delivers")
        }
    }

    /// What queries about a month select from.
    func source(_ month: BillingMonth) -> String { "(SELECT * FROM \(table.sql) WHERE \(predicate(month)))" }

    func part(_ month: BillingMonth) -> ResourceReader.Part {
        ResourceReader.Part(selection: selection, source: source(month))
    }

    /// As Athena names types, in capitals.
    func type(of column: String) -> String? { types[column] }

    /// By the partition where there is one, so that other months are not scanned: `billing_period` of data exports, `year` and
    /// `month` of the older report. Otherwise by the period that each line names.
    private func predicate(_ month: BillingMonth) -> String {
        if types["billing_period"] == "VARCHAR" { return "\"billing_period\" = '\(month)'" }
        if types["year"] == "VARCHAR", types["month"] == "VARCHAR" {
            let number = month.month
            return "\"year\" = '\(month.year)' AND \"month\" IN ('\(number)', '\(number < 10 ? "0" : "")\(number)')"
        }
        return "\(selection.period) = '\(month)'"
    }
}
