import FinOps
import Foundation
import TestSupport
import Testing

@testable import CostExports

/// FOCUS files as a public generator writes them for other clouds: no column of AWS's, accounts that are no numbers, several
/// billing accounts in one file.
@Suite struct `Another cloud's export` {
    @Test(arguments: [("azure", "Microsoft Azure"), ("gcp", "Google Cloud")])
    func `is a month of its own, equal to what Python adds up`(cloud: String, provider: String) async throws {
        let desk = try Desk()
        let tools = URL(fileURLWithPath: PythonProgram.interpreter).deletingLastPathComponent().path
        let made = try await desk.engine.processes.run(
            ProcessInvocation(
                executable: "\(tools)/focus-toolkit",
                arguments: [
                    "generate", "--provider", cloud, "--focus-version", "1.2", "--rows", "500", "--seed", "7", "--out",
                    desk.folder.path,
                ], environment: ["HOME": desk.folder.path, "PATH": "/usr/bin:/bin"]))
        try #require(made.exitStatus == 0)
        let name = "focus_1_2_cost_and_usage_\(cloud).csv"
        let said = try await PythonProgram.run(
            """
            import csv, sys
            from decimal import ROUND_HALF_UP, Decimal
            rows = list(csv.DictReader(open(sys.argv[1], encoding='utf-8')))
            # Ten fraction digits a line, as the engine is told to read them.
            costs = [Decimal(row['BilledCost']).quantize(Decimal('1e-10'), ROUND_HALF_UP) for row in rows]
            print(rows[0]['BillingPeriodStart'][:7], format(sum(costs), 'f'),
                  len({row['SubAccountId'] or row['BillingAccountId'] for row in rows}))
            """, [desk.folder[name]])
        let words = said.output.split(whereSeparator: \.isWhitespace).map(String.init)
        try #require(words.count == 3, "\(said.errors)")
        let month = try #require(BillingMonth(words[0]))
        let queries = `A whole month from an export`.queries.map {
            CostQuery(
                id: $0.id, firstDay: month.adding(months: -1).firstDay, endDay: month.firstDayAfter,
                granularity: $0.granularity, groupBy: $0.groupBy, excludedRecordTypes: $0.excludedRecordTypes)
        }
        let export = try await MonthExportReader(desk.reader).read(
            path: desk.folder[name], month: month, queries: queries)
        #expect(export.origin.provider == provider)
        #expect(!export.origin.isOfAWS && !export.origin.itemizesDiscounts)
        #expect(export.accounts.count == Int(words[2]))
        #expect(export.accounts.allSatisfy { $0.id.count != 12 || $0.id.contains("-") })
        for ledger in export.ledgers {
            #expect(ledger.total(.unblended, in: month) == ExactDecimal(words[1]), "\(ledger.query.id)")
        }
    }
}
