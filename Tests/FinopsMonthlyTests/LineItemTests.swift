import FinOps
import Foundation
import Sandbox
import TestSupport
import Testing

@Suite("Line items beside Cost Explorer")
struct LineItemTests {
    private let tool: BuiltTool
    private let engine = ["FINOPS_DUCKDB": TestEngine.executable]

    init() throws { tool = try BuiltTool() }

    private func month(_ discrepancy: String? = nil, _ more: [String] = []) async throws -> BuiltTool.Run {
        let items = try await tool.run(
            ["sandbox", "--line-items", "export"] + (discrepancy.map { ["--discrepancy", $0] } ?? []))
        #expect(items.status == 0, "\(items.errors)")
        return try await tool.run(
            ["run", "--sandbox", "--no-screenshots", "--source", "L3=export", "--format", "json"] + more, adding: engine
        )
    }

    private func g4(_ run: BuiltTool.Run) throws -> (verdict: String, reasons: [String]) {
        let gates = try #require(try run.json()["gates"] as? [[String: Any]])
        let gate = try #require(gates.first { $0["id"] as? String == "G4" })
        return (gate["verdict"] as? String ?? "", gate["reasons"] as? [String] ?? [])
    }

    @Test func `agree with it to the cent, and with the invoices`() async throws {
        let run = try await month()
        #expect(run.status == 75, "\(run.errors)")
        let (verdict, reasons) = try g4(run)
        #expect(verdict == "passed", "\(reasons)")
        let confirmed = reasons.filter { $0.hasPrefix("L3e") }
        #expect(confirmed.count == 3)
        #expect(confirmed.allSatisfy { $0.contains("within rounding") }, "\(confirmed)")
        #expect(confirmed.contains { $0.hasPrefix("L3e.L3i confirms L3i") })
        let result = try run.json()
        #expect((result["cross_validation"] as? [String: Any])?["residual"] as? String == "0.00")
    }

    @Test(arguments: SampleLineItems.Discrepancy.classes)
    func `that show more of one class are found out, and the class is named`(recordClass: RecordClass) async throws {
        let amount = recordClass == .credit || recordClass == .refund || recordClass == .spp ? "-41.23" : "41.23"
        let signed = "\(amount) USD"
        let (verdict, reasons) = try g4(try await month("\(recordClass.rawValue)=\(amount)"))
        #expect(verdict == "advised")
        let found = try #require(reasons.first { $0.hasPrefix("L3e differs from L3") }, "\(reasons)")
        #expect(found.contains("by 41.23 USD"), "\(found)")
        #expect(found.contains("By class: \(recordClass.rawValue) \(signed)."), "\(found)")
        #expect(reasons.contains { $0.hasPrefix("L3e.L3i differs from L3i by 41.23 USD") }, "\(reasons)")
    }

    @Test func `over the limit fail the month`() async throws {
        let run = try await month("usage=40000")
        #expect(run.status == 14)
        let (verdict, reasons) = try g4(run)
        #expect(verdict == "failed")
        #expect(reasons.first?.hasPrefix("L3e differs from L3 by 40000.00 USD") == true, "\(reasons)")
    }

    @Test func `that are only an estimate establish nothing`() async throws {
        let run = try await month(nil, ["--month", "2026-03"])
        #expect(run.status == 64)
        #expect(run.errors.contains("holds no line items of 2026-03"))
        let items = try await tool.run(["sandbox", "--line-items", "running", "--month", "2026-03"])
        #expect(items.status == 0, "\(items.errors)")
        let running = try await tool.run(
            [
                "run", "--sandbox", "--no-screenshots", "--month", "2026-03", "--source", "L3=running", "--format",
                "json",
            ], adding: engine)
        #expect(running.status == 14)
        let (verdict, reasons) = try g4(running)
        #expect(verdict == "undetermined")
        #expect(reasons.contains { $0.contains("ends before 2026-03-10") }, "\(reasons)")
        #expect(reasons.contains { $0.contains("is an estimate: no invoice carries") }, "\(reasons)")
    }

    @Test func `say what would be worth committing to, by the bill's own discount or by a setting`() async throws {
        func sizing(_ run: BuiltTool.Run) throws -> [String: String] {
            let folder = try #require(try run.json()["run_folder"] as? String)
            let book = try JSONSerialization.jsonObject(with: tool.file("\(folder)/facts.json")) as? [String: Any]
            return try #require(book?["facts"] as? [[String: Any]]).reduce(into: [:]) { facts, fact in
                guard let id = fact["id"] as? String, id.hasPrefix("commitment.sizing") else { return }
                facts[String(id.dropFirst("commitment.sizing".count))] = fact["value"] as? String
            }
        }
        let usual = try sizing(try await month())
        #expect(usual[".discount_pct"] == "28")
        #expect(usual[".hours"] == "672")
        let (level, commitment) = try #require(
            ExactDecimal(usual[""] ?? "").flatMap { level in
                ExactDecimal(usual[".hourly_commitment"] ?? "").map { (level, $0) }
            })
        #expect(commitment == level * "0.72")
        let set = try await tool.run(
            ["run", "--sandbox", "--no-screenshots", "--source", "L3=export", "--format", "json"],
            adding: engine.merging(["FINOPS_COMMITMENT_DISCOUNT": "50"]) { $1 })
        #expect(try sizing(set)[".discount_pct"] == "50")
        #expect(ExactDecimal(try sizing(set)[""] ?? "").map { $0 > level } == true)
        let none = try await tool.run(
            ["run", "--sandbox", "--source", "L3=export"],
            adding: engine.merging(["FINOPS_COMMITMENT_DISCOUNT": "100"]) { $1 })
        #expect(none.status == 64)
        #expect(
            none.errors.contains("`commitment_discount` must be a percentage above 0 and below 100"), "\(none.errors)")
    }

    @Test func `without the engine are refused with the one command`() async throws {
        try makeFolder("export")
        let run = try await tool.run(
            ["run", "--sandbox", "--source", "L3=export"], adding: ["PATH": "/usr/bin:/bin", "FINOPS_DUCKDB": ""])
        #expect(run.status == 64)
        #expect(run.errors.contains("make duckdb"), "\(run.errors)")
    }

    @Test(arguments: [
        ("L3", "is not LAYER=PLACE"), ("L9=x", "names layer L9"),
        ("L3=s3:///x", "is neither on this machine nor in a bucket"),
        ("L3=nowhere", "no file or folder nowhere can be read"),
    ])
    func `that cannot be meant are refused`(source: String, sentence: String) async throws {
        for command in [["run"], ["run", "--dry-run"], ["plan"]] {
            let run = try await tool.run(command + ["--sandbox", "--source", source], adding: engine)
            #expect(run.status == 64, "\(run.errors)")
            #expect(run.errors.contains(sentence), "\(run.errors)")
        }
    }

    private func makeFolder(_ name: String) throws {
        try FileManager.default.createDirectory(
            atPath: tool.folder.path + "/" + name, withIntermediateDirectories: true)
    }

    @Test func `are named by the plan, which reads none of them`() async throws {
        try makeFolder("empty")
        let plan = try await tool.run(["plan", "--sandbox", "--source", "L3=empty"])
        #expect(plan.status == 0, "\(plan.errors)")
        #expect(plan.output.contains("L3e       line items of empty, against L3 and the invoices\n            free"))
    }
}
