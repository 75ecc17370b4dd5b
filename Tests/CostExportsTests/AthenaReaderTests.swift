import FinOps
import Foundation
import TestSupport
import Testing

@testable import CostExports

@Suite struct `A table at Athena` {
    private let desk: Desk

    init() throws {
        desk = try Desk()
        try desk.write(FOCUSText.sample.text, to: "focus.csv")
    }

    /// Types and spelling as Athena shows a table over AWS's Parquet files, with the partition beside the columns.
    private func focus(
        of name: String = "focus.csv", discounts: String = "CAST(json_parse(x_Discounts) AS MAP(VARCHAR, DOUBLE))",
        partition: String = ", '2026-02' AS billing_period"
    ) -> String {
        let cells = FOCUSText.sample.columns.map { column in
            let type =
                switch column {
                case "BilledCost", "EffectiveCost", "ConsumedQuantity": "CAST(\(column) AS DOUBLE)"
                case "BillingPeriodStart", "ChargePeriodEnd": "CAST(\(column) AS TIMESTAMP)"
                case "x_Discounts": discounts
                default: column
                }
            return "\(type) AS \(column.lowercased())"
        }
        return "SELECT \(cells.joined(separator: ", "))\(partition) FROM read_csv('\(desk.folder[name])', "
            + "header = true, all_varchar = true)"
    }

    private func engine(_ athena: EmbeddedAthena, limit: ExactDecimal = "1.00") -> AthenaEngine {
        AthenaEngine(
            TableName("FinOps.focus")!, in: Desk.month, on: CalendarDay("2026-03-10")!,
            settings: AthenaSettings(
                workGroup: "reports", results: ObjectAddress("s3://results"), spendingLimitUSD: limit,
                priceUSDPerTerabyte: "5.00"), service: athena, hashing: CountingHash())
    }

    private func refusal(_ athena: EmbeddedAthena, limit: ExactDecimal = "1.00") async -> (any ExplainedError)? {
        do {
            _ = try await AthenaReader(engine: engine(athena, limit: limit), hashing: CountingHash()).read(Desk.month)
            return nil
        } catch {
            return error as? any ExplainedError
        }
    }

    @Test(arguments: ["CAST(json_parse(x_Discounts) AS MAP(VARCHAR, DOUBLE))", "x_Discounts"])
    func `says the same as its files, to the last digit`(discounts: String) async throws {
        let athena = EmbeddedAthena(desk.engine, selecting: focus(discounts: discounts))
        let export = try await AthenaReader(engine: engine(athena), hashing: CountingHash()).read(Desk.month)
        let files = try await desk.read("focus.csv")
        #expect(export.charges == files.charges)
        #expect(export.discounts == files.discounts && !files.discounts.isEmpty)
        #expect(export.format == files.format && export.currency == files.currency)
        #expect(export.source == "finops.focus")
        #expect(export.delivery.isTable == true && export.delivery.manifest == nil)
        #expect(export.delivery.linesWithoutInvoice == files.delivery.linesWithoutInvoice)
        #expect(export.delivery.chargedUntil == files.delivery.chargedUntil)
    }

    @Test func `of a cost and usage report says the same as its files`() async throws {
        try desk.write(CURText(isLegacy: false).text, to: "cur.csv")
        let amounts = CURColumns(isLegacy: false).amounts.filter { CURText(isLegacy: false).text.contains($0) }
        let table =
            "SELECT * REPLACE (\(amounts.map { "CAST(\($0) AS DOUBLE) AS \($0)" }.joined(separator: ", "))), "
            + "'2026' AS \"year\", '2' AS \"month\" FROM read_csv('\(desk.folder["cur.csv"])', header = true, "
            + "all_varchar = true)"
        let athena = EmbeddedAthena(desk.engine, selecting: table)
        let export = try await AthenaReader(engine: engine(athena), hashing: CountingHash()).read(Desk.month)
        #expect(export.charges == (try await desk.read("cur.csv")).charges)
        #expect(athena.queries[1].sql.contains(#""year" = '2026' AND "month" IN ('2', '02')"#))
    }

    @Test func `is asked for one partition, each question under a token of its own`() async throws {
        let athena = EmbeddedAthena(desk.engine, selecting: focus())
        _ = try await AthenaReader(engine: engine(athena), hashing: CountingHash()).read(Desk.month)
        #expect(athena.queries.count == 3)
        #expect(Set(athena.queries.map(\.token)).count == 3)
        #expect(athena.queries.allSatisfy { $0.workGroup == "reports" && $0.database == "finops" })
        #expect(athena.queries.dropFirst().allSatisfy { $0.sql.contains(#"WHERE "billing_period" = '2026-02'"#) })
        #expect(athena.queries.allSatisfy { !$0.sql.contains(";") })
    }

    @Test func `that names resources is asked for them, beside the month before where it holds it`() async throws {
        var file = FOCUSText()
        file.columns += ["ResourceId", "RegionId"]
        let january = ["BillingPeriodStart": "2026-01-01T00:00:00Z", "ChargePeriodEnd": "2026-02-01T00:00:00Z"]
        file.add("10", ["ResourceId": "i-1", "RegionId": "eu-west-1"])
        file.add("2.5", ["ResourceId": ""])
        let month = file
        file.add("4", january.merging(["ResourceId": "i-1"]) { $1 })
        try desk.write(file.text, to: "resources.csv")
        try desk.write(month.text, to: "month.csv")
        func table(_ name: String) -> EmbeddedAthena {
            EmbeddedAthena(
                desk.engine,
                selecting: "SELECT * REPLACE (CAST(BilledCost AS DOUBLE) AS BilledCost, CAST(EffectiveCost AS DOUBLE) "
                    + "AS EffectiveCost, CAST(ConsumedQuantity AS DOUBLE) AS ConsumedQuantity), SUBSTR(BillingPeriodStart, 1, 7) AS billing_period "
                    + "FROM read_csv('\(desk.folder[name])', header = true, all_varchar = true)")
        }
        func read(_ name: String) async throws -> ResourceCosts? {
            try await AthenaReader(engine: engine(table(name)), hashing: CountingHash()).read(Desk.month).resources?
                .value
        }
        let costs = try #require(try await read("resources.csv"))
        #expect(costs.previous == BillingMonth("2026-01"))
        #expect(
            costs.rows.map { "\($0.resource ?? "-") \($0.cost) \($0.before ?? "99")" } == ["- 2.5 0", "i-1 10 4"])
        #expect(costs.record.id == "L3e.resources" && costs.record.rows == 2)
        let alone = try #require(try await read("month.csv"))
        #expect(alone.previous == nil && alone.rows.map(\.before) == [nil, nil])
    }

    @Test func `without partitions is asked for the lines of the month`() async throws {
        let athena = EmbeddedAthena(desk.engine, selecting: focus(partition: ""))
        let export = try await AthenaReader(engine: engine(athena), hashing: CountingHash()).read(Desk.month)
        #expect(export.lineCount == 8)
        #expect(athena.queries[1].sql.contains(#"SUBSTR(CAST("billingperiodstart" AS VARCHAR), 1, 7) = '2026-02'"#))
    }

    @Test func `costs what it scans, in whole megabytes and at least ten, and once`() async throws {
        let athena = EmbeddedAthena(desk.engine, selecting: focus())
        let engine = engine(athena)
        let export = try await AthenaReader(engine: engine, hashing: CountingHash()).read(Desk.month)
        // Three queries of 26 MB at five dollars a terabyte.
        #expect(await engine.costUSD == "0.00039")
        #expect(export.record.operation == "athena:StartQueryExecution")
        #expect(export.record.parameters.contains(#""scanned_bytes":"25000001""#))
        #expect(engine.settings.costUSD(ofScanning: 0) == "0.00005")
        let again = self.engine(athena)
        _ = try await AthenaReader(engine: again, hashing: CountingHash()).read(Desk.month)
        #expect(await again.costUSD == .zero)
    }

    @Test func `may scan no more than the rest of the limit`() async throws {
        let athena = EmbeddedAthena(desk.engine, selecting: focus(), scannedBytes: 100_000_000)
        _ = await refusal(athena, limit: "0.002")
        #expect(athena.queries.map(\.stopAfterBytes) == [400_000_000, 300_000_000, 200_000_000])
        let dear = try #require(await refusal(athena, limit: "0.00"))
        #expect(dear is InputError && dear.code == "spending_limit")
        #expect(dear.summary == "reading table finops.focus would cost more than USD 0.00")
        athena.answer(with: RemoteQueryEnd(outcome: .stopped, id: "q-9", scannedBytes: 7, isNew: true))
        let stopped = try #require(await refusal(athena))
        #expect(stopped.cause == "query q-9 had scanned 7 bytes when it was stopped")
    }

    @Test func `that fails, is denied or is not there gets one sentence`() async throws {
        let athena = EmbeddedAthena(desk.engine, selecting: focus())
        athena.answer(
            with: RemoteQueryEnd(outcome: .failed(reason: "HIVE_BAD_DATA"), id: "q", scannedBytes: 0, isNew: true))
        let failed = try #require(await refusal(athena))
        #expect(failed is InputError && failed.summary == "Athena could not read table finops.focus")
        #expect(failed.cause == "HIVE_BAD_DATA (query q)")
        athena.fail(with: Trouble(.accessDenied, code: "AccessDeniedException", message: "no", operation: "athena:x"))
        let denied = try #require(await refusal(athena))
        #expect(denied.code == "export_denied" && denied.hint?.contains("--athena-work-group reports") == true)
        let other = EmbeddedAthena(desk.engine, selecting: "SELECT 1 AS a")
        let unknown = try #require(await refusal(other))
        #expect(unknown.summary == "table finops.focus has the columns of neither FOCUS nor CUR")
        other.answer(
            with: RemoteQueryEnd(outcome: .answered(columns: ["a"], rows: []), id: "q", scannedBytes: 0, isNew: true))
        let absent = try #require(await refusal(other))
        #expect(absent.summary == "Athena shows no table finops.focus")
    }

    @Test func `with amounts as text, another month, or rows no figure is made from, is refused`() async throws {
        let text = EmbeddedAthena(
            desk.engine,
            selecting: "SELECT * FROM read_csv('\(desk.folder["focus.csv"])', header = true, all_varchar = true)")
        #expect(
            await refusal(text)?.summary == "column BilledCost of table finops.focus is text, and has to be a number")
        let empty = EmbeddedAthena(desk.engine, selecting: focus(partition: ", '2026-01' AS billing_period"))
        #expect(await refusal(empty)?.summary == "table finops.focus holds no line items")
        var file = FOCUSText.sample
        file.add("1", ["ConsumedQuantity": "-1"])
        try desk.write(file.text, to: "negative.csv")
        let negative = EmbeddedAthena(desk.engine, selecting: focus(of: "negative.csv"))
        #expect(
            await refusal(negative)?.summary
                == "table finops.focus: a row is usage of a quantity below nothing, and no correction")
    }

    @Test(arguments: ["focus", "a.b.c", ".b", "a.", "a b.c", "a.\"b"]) func `has a name in two parts`(text: String) {
        #expect(TableName(text) == nil)
    }
}
