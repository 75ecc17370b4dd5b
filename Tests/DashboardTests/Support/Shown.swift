import Exports
import FinOps
import Testing

@testable import Dashboard

/// The document of a query over the sample month, with what a test asks of it.
struct Shown {
    let document: ExportDocument

    init(
        _ figures: MonthFigures = SampleFigures.figures(), second: MonthFigures? = nil,
        _ change: (inout DashboardQuery) throws -> Void = { _ in }
    ) throws {
        var query = DashboardQuery()
        try change(&query)
        document = try Dashboard(query, of: figures, second: second, source: "a test").document()
    }

    var tables: [String] { document.tables.map(\.name) }

    func table(_ name: String) throws -> ExportTable { try #require(document.tables.first { $0.name == name }) }

    /// The first cell of every row.
    func names(_ table: String) throws -> [String] {
        try self.table(table).rows.map { row in
            if case .text(let text) = row.cells[0] { text } else { "" }
        }
    }

    func value(_ table: String, _ row: String, _ column: String) throws -> ExactDecimal? {
        let table = try self.table(table)
        let index = try #require(table.columns.firstIndex { $0.key == column }, "\(column)")
        let found = try #require(table.rows.first { $0.cells[0] == .text(row) }, "\(row)")
        if case .figure(let value, _, _) = found.cells[index] { return value }
        return nil
    }
}
