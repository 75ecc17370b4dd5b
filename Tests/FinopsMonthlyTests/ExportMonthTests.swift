import FinOps
import Foundation
import TestSupport
import Testing

@Suite("A month from an export alone")
struct ExportMonthTests {
    private let tool: BuiltTool
    private let engine = ["FINOPS_DUCKDB": TestEngine.executable]

    init() throws { tool = try BuiltTool() }

    /// Nothing points at AWS: no profile, no key, no endpoint.
    private func month(_ flags: [String] = [], months: Int = 2) async throws -> BuiltTool.Run {
        let items = try await tool.run("sandbox", "--line-items", "export", "--months", String(months))
        #expect(items.status == 0, "\(items.errors)")
        return try await run(flags)
    }

    private func run(_ flags: [String]) async throws -> BuiltTool.Run {
        try await tool.run(
            ["run", "--source", "L1=export", "--month", "2026-02", "--no-screenshots", "--format", "json"] + flags,
            adding: engine)
    }

    private func gates(_ run: BuiltTool.Run) throws -> [String: (verdict: String, reasons: [String])] {
        let gates = try #require(try run.json()["gates"] as? [[String: Any]])
        return Dictionary(
            uniqueKeysWithValues: gates.map {
                ($0["id"] as? String ?? "", ($0["verdict"] as? String ?? "", $0["reasons"] as? [String] ?? []))
            })
    }

    private func facts(_ run: BuiltTool.Run) throws -> [String: String] {
        let folder = try #require(try run.json()["run_folder"] as? String)
        let book = try #require(
            try JSONSerialization.jsonObject(with: tool.file("\(folder)/facts.json")) as? [String: Any])
        let facts = try #require(book["facts"] as? [[String: Any]])
        return facts.reduce(into: [:]) { $0[$1["id"] as? String ?? ""] = $1["value"] as? String }
    }

    @Test func `needs no AWS at all, and says of every gate what it did not check`() async throws {
        let run = try await month()
        #expect(run.status == 75, "\(run.errors)")
        let verdicts = try gates(run)
        #expect(["G1", "G2", "G3", "G4"].allSatisfy { verdicts[$0]?.verdict == "advised" }, "\(verdicts)")
        #expect(verdicts["G4"]?.reasons.first?.hasPrefix("Nothing independent confirms the total") == true)
        let result = try run.json()
        let export = try #require(result["export"] as? [String: Any])
        #expect(export["provider"] as? String == "AWS")
        #expect((export["confirmed_by"] as? [String])?.isEmpty == true)
        let api = try #require(result["api"] as? [String: Any])
        #expect((api["calls"] as? [String: Int])?.isEmpty == true)
        #expect(api["cost_usd"] as? String == "0.00")
        for page in ["cfo.md", "executive.md", "technical.md", "reconciliation.md", "stakeholder-email.md"] {
            let text = String(decoding: try tool.file("\(result["run_folder"]!)/reports/\(page)"), as: UTF8.self)
            #expect(text.contains("**FROM AN EXPORT.**"), "\(page)")
            #expect(text.contains("Nothing independent confirms the total."), "\(page)")
        }
        let shown = try await tool.run("dashboard", "--month", "2026-02", "--mode", "architect")
        #expect(shown.output.contains("the line items of export (FOCUS 1.2 of AWS), 66 accounts"), "\(shown)")
        #expect(shown.output.contains("Resources that moved most, of line items, USD"))
        #expect(shown.output.contains(#/Non-production +unknown/#), "\(shown)")
        let again = try await tool.run(
            "dashboard", "--month", "2026-02", "--validation-level", "mcp", adding: ["FINOPS_MCP_SERVER": "true"])
        #expect(again.status == 64 && again.output.isEmpty, "\(again)")
        #expect(again.errors.contains("a month from an export has nothing in Cost Explorer to compare"))
    }

    @Test func `has the figures that Cost Explorer gives of the same estate`() async throws {
        let (exported, asked) = (
            try facts(try await month(months: 3)),
            try facts(try await tool.run("run", "--sandbox", "--no-screenshots", "--format", "json"))
        )
        let equal = asked.keys.filter { id in
            let parts = id.split(separator: ".").map(String.init)
            return switch parts[0] {
            case "service", "category", "day", "movement", "causes": true
            case "account":
                !parts.contains("month") && ["net", "gross", "previous", "change", "share_pct"].contains(parts.last!)
            // FOCUS bills what a commitment covers at nothing, Cost Explorer charges and takes it back: the bars of a change
            // are cut differently, and only what they add up to is equal.
            case "total": parts.last != "underlying"
            case "layer": parts.last == "total"
            case "reconciliation": true
            default: false
            }
        }
        #expect(equal.count > 900, "\(equal.count)")
        let known = equal.filter { exported[$0] != nil }
        let different = known.filter { exported[$0] != asked[$0] }.sorted()
        #expect(different.isEmpty, "\(different.prefix(20).map { "\($0): \(exported[$0]!), not \(asked[$0]!)" })")
        // What the organisation lists without a charge is in no export.
        let absent = Set(equal).subtracting(exported.keys).filter { $0.hasPrefix("account.") }
        #expect(absent.allSatisfy { asked[$0] == "0" }, "\(absent.filter { asked[$0] != "0" })")
        #expect(Set(equal).subtracting(known).subtracting(absent).isEmpty)
    }

    @Test func `says what would be worth committing to, by the discount its own lines show`() async throws {
        let facts = try facts(try await month(months: 1))
        #expect(facts["commitment.sizing.discount_pct"]?.hasPrefix("28.0") == true)
        #expect(facts["commitment.sizing.hours"] == "672")
        #expect(facts["commitment.sizing.hourly_commitment"] != nil)
    }

    @Test func `says of months that are not there why they are unknown`() async throws {
        let run = try await month(months: 1)
        #expect(run.status == 75, "\(run.errors)")
        let result = try run.json()
        #expect((result["totals"] as? [String: Any])?["net"] as? String == "320071.78")
        #expect((result["totals"] as? [String: Any])?["previous_net"] is String == false)
        let folder = try #require(result["run_folder"] as? String)
        let book = try #require(
            try JSONSerialization.jsonObject(with: tool.file("\(folder)/facts.json")) as? [String: Any])
        let facts = try #require(book["facts"] as? [[String: Any]])
        func reason(_ id: String) -> String? { facts.first { $0["id"] as? String == id }?["reason"] as? String }
        for id in ["total.previous", "year.previous", "services.new", "services.gone", "movement.spike", "why.total"] {
            #expect(
                reason(id)?.contains("January 2026 is not in the export") == true, "\(id): \(reason(id) ?? "known")")
        }
        #expect(reason("forecast.mean")?.contains("the month comes from an export") == true)
    }

    @Test func `is approved, resumed, sealed and judged again without its files`() async throws {
        let runID = try #require(try await month().json()["run_id"] as? String)
        try FileManager.default.removeItem(atPath: tool.folder["export"])
        let approved = try await tool.approve(runID)
        #expect(approved.status == 0, "\(approved.errors)")
        let resumed = try await tool.run("resume", runID, "--format", "json")
        #expect(resumed.status == 0, "\(resumed.errors)")
        let statement = try #require(try resumed.json()["completion_statement"] as? String)
        #expect(
            statement.contains("from the line items of export (FOCUS 1.2 of AWS) alone, confirmed by nothing else,"),
            "\(statement)")
        let verified = try await tool.run("verify")
        #expect(verified.status == 0, "\(verified.output)")
        #expect(verified.output.contains("every gate judged again as recorded"))
    }

    @Test func `is confirmed by a cost and usage report of the same organisation`() async throws {
        let items = try await tool.run("sandbox", "--line-items", "export")
        #expect(items.status == 0, "\(items.errors)")
        try await writeReport()
        let run = try await run(["--source", "L3=report.csv"])
        #expect(run.status == 75, "\(run.errors)")
        let g4 = try #require(try gates(run)["G4"])
        #expect(g4.reasons.contains { $0.hasPrefix("L3e confirms L3 within rounding") }, "\(g4.reasons)")
        #expect(g4.verdict == "passed", "\(g4.reasons)")
        let export = try #require(try run.json()["export"] as? [String: Any])
        #expect(export["confirmed_by"] as? [String] == ["L3e"])
    }

    /// The sandbox's line items as AWS's older report tells them: charges before the partner discount, and that as lines of
    /// its own.
    private func writeReport() async throws {
        let files = "\(tool.folder.path)/export/data/BILLING_PERIOD=2026-02/*.csv"
        let columns = """
            BillingAccountId AS bill_payer_account_id, BillingAccountName AS bill_payer_account_name,
            InvoiceId AS bill_invoice_id, BillingPeriodStart AS bill_billing_period_start_date,
            SubAccountId AS line_item_usage_account_id, ChargePeriodStart AS line_item_usage_start_date,
            ChargePeriodEnd AS line_item_usage_end_date, ServiceName AS line_item_product_code,
            BillingCurrency AS line_item_currency_code, '0' AS line_item_usage_amount
            """
        let discount = "CAST(COALESCE(json_extract_string(x_Discounts, '$.SppDiscount'), '0') AS DECIMAL(18,10))"
        let type = """
            CASE WHEN ChargeClass = 'Correction' THEN 'Refund' WHEN ChargeCategory IN ('Tax', 'Credit') THEN ChargeCategory
              WHEN ChargeCategory = 'Purchase' THEN 'SavingsPlanRecurringFee'
              WHEN ServiceName LIKE 'AWS Support%' THEN 'Support' ELSE 'Usage' END
            """
        let query = """
            COPY (
              SELECT \(columns), \(type) AS line_item_line_item_type,
                CAST(BilledCost AS DECIMAL(18,10)) - \(discount) AS line_item_unblended_cost
              FROM read_csv('\(files)', header = true, all_varchar = true)
              UNION ALL
              SELECT \(columns), 'SppDiscount', \(discount)
              FROM read_csv('\(files)', header = true, all_varchar = true) WHERE \(discount) <> 0
            ) TO '\(tool.folder.path)/report.csv' (FORMAT csv, HEADER)
            """
        let process = Process()
        process.executableURL = URL(fileURLWithPath: TestEngine.executable)
        process.arguments = ["-init", "/dev/null", "-bail", "-c", query]
        process.environment = ["HOME": tool.folder.path]
        process.standardInput = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        try #require(process.terminationStatus == 0)
    }

    @Test func `that is only an estimate has no total`() async throws {
        let items = try await tool.run("sandbox", "--line-items", "export", "--month", "2026-03")
        #expect(items.status == 0, "\(items.errors)")
        let run = try await tool.run(
            [
                "run", "--sandbox", "--source", "L1=export", "--month", "2026-03", "--no-screenshots", "--format",
                "json",
            ], adding: engine)
        #expect(run.status == 14, "\(run.errors)")
        #expect(try gates(run)["G4"]?.verdict == "undetermined")
        #expect(try run.json()["totals"] as? [String: Any] == nil)
    }

    @Test(arguments: [
        (["--all-profile", "billing"], "`--all-profile` is about asking AWS"),
        (["--refresh"], "`--refresh` is about asking AWS"),
        (["--cost-metric", "amortized"], "`--cost-metric amortized` is not what the line items of export"),
        (["--source", "L3=export"], "gives L1 and L3 the same file"),
        (["--source", "L1=export"], "names L1 2 times"), (["--month", "2025-07"], "holds no line items of 2025-07"),
    ])
    func `is refused what it cannot honour`(flags: [String], sentence: String) async throws {
        let items = try await tool.run("sandbox", "--line-items", "export")
        #expect(items.status == 0, "\(items.errors)")
        let month = flags.contains("--month") ? [] : ["--month", "2026-02"]
        let run = try await tool.run(["run", "--source", "L1=export"] + month + flags, adding: engine)
        #expect(run.status == 64, "\(run.errors)")
        #expect(run.errors.contains(sentence), "\(run.errors)")
    }

    @Test func `cannot be a table`() async throws {
        let run = try await tool.run(["run", "--source", "L1=athena:finops.focus"], adding: engine)
        #expect(run.status == 64)
        #expect(run.errors.contains("`--source L1=athena:finops.focus` names a table"), "\(run.errors)")
    }

    @Test func `is planned without a question`() async throws {
        let items = try await tool.run("sandbox", "--line-items", "export")
        #expect(items.status == 0, "\(items.errors)")
        let plan = try await tool.run("plan", "--source", "L1=export", "--month", "2026-02")
        #expect(plan.status == 0, "\(plan.errors)")
        #expect(plan.output.contains("the whole month from the line items of export"))
        #expect(plan.output.contains("About USD 0.00 for 0 billed requests"), "\(plan.output)")
        #expect(!plan.output.contains("Billed questions"))
    }
}
