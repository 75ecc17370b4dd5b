import Foundation
import TestSupport
import Testing

@Suite("FOCUS conformance from the command line")
struct FocusCommandTests {
    private let tool: BuiltTool
    private let engine = ["FINOPS_DUCKDB": TestEngine.executable]
    private let file = "export/data/BILLING_PERIOD=2026-02/sample-focus-00001.csv"

    init() throws { tool = try BuiltTool() }

    private func model() async throws -> String {
        let found = try await PythonProgram.run(
            "import importlib.util; print(importlib.util.find_spec('focus_validator').submodule_search_locations[0])")
        return found.output.trimmingCharacters(in: .whitespacesAndNewlines) + "/rules/model-1.2.0.1.json"
    }

    @Test func `names what the sample export breaks, and ends with 33`() async throws {
        try await tool.run("sandbox", "--line-items", "export")
        let text = try await tool.run(
            ["focus", "validate", file, "--rules", try await model(), "--supports", "ALL"], adding: engine)
        #expect(text.status == 33, "\(text.errors)")
        #expect(text.output.contains("column is missing"))
        #expect(text.output.contains("FOCUS 1.2 (rules 1.2.0.1), "))
        let json = try await tool.run(
            ["focus", "validate", file, "--rules", try await model(), "--format", "json"], adding: engine)
        let report = try json.json()
        #expect(report["schema"] as? Int == 1)
        #expect((report["rules"] as? [Any])?.count == 578)
        let counts = ["passed", "failed", "skipped"].compactMap { report[$0] as? Int }
        #expect(counts.reduce(0, +) == 578)
    }

    @Test func `refuses rules that are none, and words they do not know`() async throws {
        try await tool.run("sandbox", "--line-items", "export")
        let none = try await tool.run(["focus", "validate", file, "--rules", file], adding: engine)
        #expect(none.status == 64)
        #expect(none.errors.contains("is not a FOCUS requirements model"))
        let word = try await tool.run(
            ["focus", "validate", file, "--rules", try await model(), "--supports", "UNIT_PRICNG_SUPPORTED"],
            adding: engine)
        #expect(word.status == 64)
        #expect(word.errors.contains("did you mean `UNIT_PRICING_SUPPORTED`?"), "\(word.errors)")
    }
}
