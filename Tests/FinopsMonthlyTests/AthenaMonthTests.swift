import FinOps
import Foundation
import Sandbox
import TestSupport
import Testing

/// The sample estate answers for Cost Explorer, and moto for Athena, with the embedded engine behind it.
@Suite("Line items at Athena")
struct AthenaMonthTests {
    /// As Athena shows AWS's Parquet files: names in lower case, amounts as binary numbers, discounts as a map.
    private static func tables(_ folder: String) -> String {
        """
        CREATE MACRO json_parse(document) AS CAST(document AS JSON);
        CREATE SCHEMA finops;
        CREATE VIEW finops.focus AS SELECT * REPLACE (
            CAST(BilledCost AS DOUBLE) AS BilledCost, CAST(EffectiveCost AS DOUBLE) AS EffectiveCost,
            CAST(ConsumedQuantity AS DOUBLE) AS ConsumedQuantity,
            CAST(BillingPeriodStart AS TIMESTAMP) AS BillingPeriodStart,
            CAST(ChargePeriodEnd AS TIMESTAMP) AS ChargePeriodEnd,
            CAST(ChargePeriodStart AS TIMESTAMP) AS ChargePeriodStart, CAST(ListCost AS DOUBLE) AS ListCost,
            CAST(ContractedCost AS DOUBLE) AS ContractedCost,
            CAST(json_parse(x_Discounts) AS MAP(VARCHAR, DOUBLE)) AS x_Discounts), '2026-02' AS billing_period
          FROM read_csv('\(folder)/data/*/*.csv', header = true, all_varchar = true)
        """
    }

    /// The catalogue's entry as `export athena-ddl` makes it, and one file of seven bytes where it says the month lies.
    private static let catalogue = """
        import boto3
        glue, s3 = boto3.client("glue", region_name="us-east-1"), boto3.client("s3", region_name="us-east-1")
        glue.create_database(DatabaseInput={"Name": "finops"})
        glue.create_table(DatabaseName="finops", TableInput={
            "Name": "focus", "PartitionKeys": [{"Name": "billing_period", "Type": "string"}],
            "StorageDescriptor": {"Location": "s3://bills/finops/data/"},
            "Parameters": {"projection.enabled": "true",
                           "storage.location.template": "s3://bills/finops/data/BILLING_PERIOD=${billing_period}"}})
        s3.create_bucket(Bucket="bills")
        s3.put_object(Bucket="bills", Key="finops/data/BILLING_PERIOD=2026-02/a.parquet", Body=b"PAR1...")
        s3.put_object(Bucket="bills", Key="finops/data/BILLING_PERIOD=2026-03/a.parquet", Body=b"PAR1......")
        """

    private func withTable(
        scannedBytes: Int = 2_000_000_000,
        _ body: (_ tool: BuiltTool, _ run: ([String], [String: String]) async throws -> BuiltTool.Run) async throws ->
            Void
    ) async throws {
        try await withMoto { moto in
            try await withSandbox { sandbox in
                let tool = try BuiltTool(sandbox: sandbox)
                let items = try await tool.run("sandbox", "--line-items", "export")
                #expect(items.status == 0, "\(items.errors)")
                let made = try await moto.python(Self.catalogue, [])
                try #require(made.status == 0, "\(made.errors)")
                let athena = try await AthenaCounterpart.start(
                    before: moto, tables: Self.tables(tool.folder.path + "/export"), scannedBytes: scannedBytes)
                defer { athena.stop() }
                try await body(tool) { arguments, more in
                    try await tool.run(
                        ["run", "--month", "2026-02", "--no-screenshots", "--format", "json"] + arguments,
                        adding: [
                            "AWS_ENDPOINT_URL_ATHENA": athena.url, "AWS_ENDPOINT_URL_GLUE": moto.url,
                            "AWS_ENDPOINT_URL_S3": moto.url, "FINOPS_DUCKDB": TestEngine.executable,
                        ].merging(more) { $1 })
                }
            }
        }
    }

    /// What G4 says of the line items, without their names.
    private func findings(_ run: BuiltTool.Run, _ name: String) throws -> [String] {
        let gates = try #require(try run.json()["gates"] as? [[String: Any]], "\(run.errors)")
        let reasons = gates.first { $0["id"] as? String == "G4" }?["reasons"] as? [String] ?? []
        return reasons.filter { $0.hasPrefix("L3e") }.map { $0.replacing(name, with: "EXPORT") }
    }

    private func facts(_ prefix: String, _ run: BuiltTool.Run, _ tool: BuiltTool) throws -> [String: String] {
        let folder = try #require(try run.json()["run_folder"] as? String)
        let book = try #require(
            try JSONSerialization.jsonObject(with: tool.file("\(folder)/facts.json")) as? [String: Any])
        let facts = try #require(book["facts"] as? [[String: Any]])
            .filter { ($0["id"] as? String)?.hasPrefix(prefix) == true }
        return Dictionary(
            uniqueKeysWithValues: facts.map { ($0["id"] as? String ?? "", $0["value"] as? String ?? "unknown") })
    }

    private func cost(_ run: BuiltTool.Run) throws -> ExactDecimal {
        try #require(((try run.json()["api"] as? [String: Any])?["cost_usd"] as? String).flatMap { ExactDecimal($0) })
    }

    @Test func `say what the same lines say as files, and what they cost is in the run's cost`() async throws {
        try await withTable { tool, run in
            let table = try await run(["--source", "L3=athena:finops.focus"], [:])
            #expect(table.status == 75, "\(table.errors)")
            let files = try await run(["--source", "L3=export", "--restate", "--refresh"], [:])
            let found = try findings(table, "finops.focus")
            #expect(found.count == 3 && found.allSatisfy { $0.contains("within rounding") }, "\(found)")
            let filed = try findings(files, "export")
            // Of a table nothing says whether it is all; besides that each verdict is the same.
            let verdicts = { (findings: [String]) in findings.map { String($0.prefix { $0 != "(" }) } }
            #expect(verdicts(filed) == verdicts(found), "\(filed) \(found)")
            // Five queries of 2 GB at five dollars a terabyte.
            #expect(try cost(table) == (try cost(files) + "0.05"))
            let calls = (try table.json()["api"] as? [String: Any])?["calls"] as? [String: Int]
            #expect(calls?["athena:StartQueryExecution"] == 5)
            #expect(
                table.errors.contains(
                    "Athena: table finops.focus, at most USD 0.0002 by the size of its files (7 bytes, "
                        + "0 of the month before); limit USD 1.00"), "\(table.errors)")
            // Resources as the files name them, without the month before, which the table does not hold; and what to commit to.
            for prefix in ["resource", "commitment.sizing"] {
                let (asked, read) = (try facts(prefix, table, tool), try facts(prefix, files, tool))
                #expect(asked == read && asked.count > 5, "\(asked.count), \(read.count)")
                #expect(asked[prefix == "resource" ? "resources.count" : prefix] != "unknown")
            }
        }
    }

    @Test func `cost no more than the limit allows`() async throws {
        try await withTable { _, run in
            let dear = try await run(
                ["--source", "L3=athena:finops.focus"], ["FINOPS_ATHENA_SPENDING_LIMIT": "0.02"])
            #expect(dear.status == 64, "\(dear.errors)")
            #expect(dear.errors.contains("reading table finops.focus would cost more than USD 0.02"), "\(dear.errors)")
        }
    }

    @Test func `are asked of a table that one command defines`() async throws {
        let tool = try BuiltTool()
        let printed = try await tool.run(
            "export", "athena-ddl", "--table", "finops.focus", "--location", "s3://bills/finops/month")
        #expect(printed.status == 0, "\(printed.errors)")
        #expect(printed.output.hasPrefix("CREATE EXTERNAL TABLE IF NOT EXISTS `finops`.`focus` ("))
        let wrong = try await tool.run("export", "athena-ddl", "--table", "focus", "--location", "s3://bills/month")
        #expect(wrong.status == 64 && wrong.errors.contains("is not DATABASE.TABLE"), "\(wrong.errors)")
    }

    @Test func `that cannot be read are refused in Athena's words`() async throws {
        try await withTable { _, run in
            let absent = try await run(["--source", "L3=athena:finops.nothing"], [:])
            #expect(absent.status == 64)
            #expect(absent.errors.contains("Athena shows no table finops.nothing"), "\(absent.errors)")
            let nameless = try await run(["--source", "L3=athena:finops"], [:])
            #expect(nameless.status == 64 && nameless.errors.contains("names no table"), "\(nameless.errors)")
        }
    }
}
