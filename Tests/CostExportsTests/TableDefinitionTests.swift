import FinOps
import TestSupport
import Testing

@testable import CostExports

@Suite struct `The statement that makes a table` {
    private func definition(_ layout: TableLayout) -> TableDefinition {
        TableDefinition(
            layout: layout, table: TableName("FinOps.Focus")!, location: ObjectAddress("s3://bills/finops/month")!,
            since: BillingMonth("2025-01")!)
    }

    /// Columns and types as Athena's own grammar reads them.
    private func read(_ layout: TableLayout) async throws -> [String: String] {
        let outcome = try await PortableSQL.judge(["--hive", definition(layout).sql])
        #expect(outcome.status == 0, "\(outcome.errors)")
        return outcome.output.split(separator: "\n").reduce(into: [String: String]()) { columns, line in
            let words = line.split(separator: " ").map(String.init)
            columns[words[0]] = words.dropFirst().joined()
        }
    }

    @Test(arguments: [(TableLayout.focus1_2, 60), (.focus1_0, 48), (.cur2, 125)])
    func `is read by Athena's grammar with every column of AWS's table`(layout: TableLayout, count: Int) async throws {
        let columns = try await read(layout)
        #expect(columns.count == count)
        #expect(Set(columns.values) == ["string", "double", "timestamp", "map<string,string>", "map<string,double>"])
    }

    @Test(arguments: TableLayout.allCases) func `makes a table that line items are read from`(
        layout: TableLayout
    ) async throws {
        let columns = try await read(layout)
        let selection = try ItemsSelection(recognizing: columns.keys.sorted(), in: "the table")
        #expect(selection.amountColumns.allSatisfy { columns[$0] == "double" })
        switch layout {
        case .focus1_2: #expect(selection.format == .focus1_2 && selection.discountsColumn == "x_discounts")
        case .focus1_0: #expect(selection.format == .focus1_0)
        case .cur2: #expect(selection.format == .cur2 && selection.effectiveMetric == .amortized)
        }
    }

    @Test func `projects the months below the folder that AWS delivers them to`() {
        let sql = definition(.focus1_2).sql
        #expect(sql.hasPrefix("CREATE EXTERNAL TABLE IF NOT EXISTS `finops`.`focus` (\n  `availabilityzone` string,"))
        #expect(sql.contains("LOCATION 's3://bills/finops/month/data/'"))
        #expect(
            sql.contains(
                "'storage.location.template' = 's3://bills/finops/month/data/BILLING_PERIOD=${billing_period}'"))
        #expect(sql.contains("'projection.billing_period.range' = '2025-01,NOW'"))
        #expect(sql.contains("'projection.billing_period.interval.unit' = 'MONTHS'"))
    }
}
