import FinOps
import Foundation
import TestSupport
import Testing

@testable import CostExports

/// The verdicts of PyPI's focus-validator 2.2.1 lie in `Golden`, recorded by `focus_oracle.py` on the very files that these
/// tests make. `FINOPS_FOCUS_PYTHON` names an interpreter (3.12 or later) that has it, to ask it anew.
@Suite struct `The rules of FOCUS` {
    enum Sample: String, CaseIterable { case generated, broken }

    private static let oracle = ProcessInfo.processInfo.environment["FINOPS_FOCUS_PYTHON"]
    private let desk: Desk
    private let rules: ConformanceRules

    init() async throws {
        desk = try Desk()
        let found = try await PythonProgram.run(
            "import importlib.util; print(importlib.util.find_spec('focus_validator').submodule_search_locations[0])")
        let model =
            found.output.trimmingCharacters(in: .whitespacesAndNewlines) + "/rules/model-1.2.0.1.json"
        rules = try ConformanceRules(file: model, try Data(contentsOf: URL(fileURLWithPath: model)))
    }

    @Test(arguments: Sample.allCases, ["", "ALL"])
    func `give the verdicts of their own validator, rule by rule`(sample: Sample, criteria: String) async throws {
        let file = try await make(sample)
        let report = try await judge(file, criteria)
        let ours = Dictionary(uniqueKeysWithValues: report.verdicts.map { ($0.rule.id, $0.outcome.rawValue) })
        let theirs = try await verdicts(of: file, sample, criteria)
        #expect(theirs.count == 578)
        let different = Set(ours.keys).union(theirs.keys).filter { ours[$0] != theirs[$0] }.sorted()
        #expect(different.isEmpty, "\(different.map { "\($0): \(ours[$0] ?? "-"), not \(theirs[$0] ?? "-")" })")
        #expect(report.rows == 1000)
    }

    @Test func `name what was broken, with the rows that break it`() async throws {
        let report = try await judge(try await make(.broken), "ALL")
        let broken = Dictionary(uniqueKeysWithValues: report.brokenMandatory.map { ($0.rule.id, $0.violations) })
        #expect(broken["BillingCurrency-C-003-M"] != nil || broken["BillingCurrency-C-005-M"] != nil, "\(broken)")
        let whole = try await judge(try await make(.generated), "ALL")
        #expect(report.count(.failed) > whole.count(.failed) + 10)
    }

    @Test func `say of an empty unit price that AWS's own export has the gap`() async throws {
        let broken = try await judge(try await make(.broken), "ALL").broken
        #expect(
            broken.contains { $0.isKnownGapOfAWS && $0.rule.reference == "PublisherName" }, "\(broken.map(\.rule.id))")
        #expect(broken.contains { !$0.isKnownGapOfAWS })
    }

    @Test func `are refused when they are something else`() throws {
        let error = #expect(throws: InputError.self) { try ConformanceRules(file: "x.json", Data("{}".utf8)) }
        #expect(error?.summary == "x.json is not a FOCUS requirements model")
    }

    private func judge(_ file: String, _ criteria: String) async throws -> ConformanceReport {
        try await FocusValidator(engine: desk.engine, disk: PlainDisk()).judge(
            path: file, by: rules, supported: criteria == "ALL" ? rules.criteria : [])
    }

    /// A public generator's month as Parquet, whole or with what an export can get wrong.
    private func make(_ sample: Sample) async throws -> String {
        let tools = URL(fileURLWithPath: PythonProgram.interpreter).deletingLastPathComponent().path
        let folder = desk.folder.path
        let made = try await desk.engine.processes.run(
            ProcessInvocation(
                executable: "\(tools)/focus-toolkit",
                arguments: [
                    "generate", "--provider", "aws", "--focus-version", "1.2", "--rows", "1000", "--seed", "1202",
                    "--out", folder,
                ], environment: ["HOME": folder, "PATH": "/usr/bin:/bin"]))
        try #require(made.exitStatus == 0)
        let source = "read_csv('\(folder)/focus_1_2_cost_and_usage_aws.csv', header = true, all_varchar = true)"
        let selection =
            switch sample {
            case .generated: "SELECT * FROM \(source)"
            case .broken:
                """
                SELECT * EXCLUDE (SkuMeter, SubAccountType, ChargeFrequency) REPLACE (
                  CASE WHEN ServiceName LIKE '%S3%' THEN 'usd' ELSE BillingCurrency END AS BillingCurrency,
                  CASE WHEN ChargeCategory = 'Usage' THEN NULL ELSE PublisherName END AS PublisherName,
                  CASE WHEN ChargeCategory = 'Tax' THEN NULL ELSE InvoiceIssuerName END AS InvoiceIssuerName,
                  '-' || ListUnitPrice AS ListUnitPrice, 'später' AS ChargeDescription, 'Other' AS ServiceCategory,
                  'Per hour, roughly' AS PricingUnit, 'Refund' AS ChargeClass, 'x=1' AS Tags,
                  CAST(CAST(ContractedCost AS DOUBLE) + 1 AS VARCHAR) AS ContractedCost,
                  CASE WHEN SubAccountId LIKE '%1' THEN NULL ELSE SubAccountId END AS SubAccountId)
                FROM \(source)
                """
            }
        let file = "\(folder)/\(sample.rawValue).parquet"
        let written = try await desk.engine.processes.run(
            ProcessInvocation(
                executable: desk.engine.executable,
                arguments: ["-init", "/dev/null", "-bail", "-c", "COPY (\(selection)) TO '\(file)' (FORMAT parquet)"],
                environment: ["HOME": folder]))
        try #require(written.exitStatus == 0, "\(String(decoding: written.standardError, as: UTF8.self))")
        return file
    }

    private func verdicts(of file: String, _ sample: Sample, _ criteria: String) async throws -> [String: String] {
        let here = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        let golden = here.appendingPathComponent(
            "Golden/verdicts-\(sample.rawValue)-\(criteria.isEmpty ? "none" : "all").json")
        guard let oracle = Self.oracle else {
            return try JSONDecoder().decode([String: String].self, from: Data(contentsOf: golden))
        }
        let said = try await desk.engine.processes.run(
            ProcessInvocation(
                executable: oracle,
                arguments: [here.appendingPathComponent("focus_oracle.py").path, file, criteria],
                environment: ["HOME": desk.folder.path, "PATH": "/usr/bin:/bin"],
                workingDirectory: desk.folder.path))
        try #require(said.exitStatus == 0, "\(String(decoding: said.standardError, as: UTF8.self))")
        if ProcessInfo.processInfo.environment["UPDATE_GOLDEN"] != nil { try said.standardOutput.write(to: golden) }
        return try JSONDecoder().decode([String: String].self, from: said.standardOutput)
    }
}
