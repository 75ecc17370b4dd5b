import FinOps
import Foundation
import TestSupport
import Testing

@Suite("dashboard on the sample estate")
struct DashboardCommandTests {
    private let tool: BuiltTool

    init() throws { tool = try BuiltTool() }

    private func files(_ folder: String) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: tool.folder.path + "/" + folder).sorted()
    }

    @Test func `every figure that is a fact has the value the report's facts give it`() async throws {
        let run = try await tool.run("run", "--sandbox", "--no-screenshots", "--format", "json")
        #expect(run.status == 75, "\(run.errors)")
        let folder = try #require(try run.json()["run_folder"] as? String)
        let bytes = try #require(FileManager.default.contents(atPath: "\(tool.folder.path)/\(folder)/facts.json"))
        let book = try JSONText.decode(FactBook.self, from: bytes)
        let facts = Dictionary(uniqueKeysWithValues: book.facts.map { ($0.id, $0.value?.description) })
        for mode in Persona.allCases {
            let shown = try await tool.run(
                "dashboard", "--sandbox", "--refresh", "--mode", mode.rawValue, "--top-n", "1000", "--summary-mode",
                "both", "--output-format", "both", "--format", "json")
            #expect(shown.status == 0, "\(shown.errors)")
            let compared = try Self.figures(shown)
            #expect(compared.count > 100)
            for (id, value) in compared { #expect(facts[id] == .some(value), "\(mode): \(id)") }
        }
        let kept = try await tool.run("dashboard", "--sandbox")
        let runID = try #require(try run.json()["run_id"] as? String)
        #expect(kept.output.contains("Source   run \(runID)"))
        #expect(kept.output.contains("nothing was asked"))
        let plan = try await tool.run("dashboard", "--sandbox", "--dry-run")
        #expect(plan.output.contains("Price    USD 0.00"))
    }

    /// Fact ids and values of every cell that names one.
    private static func figures(_ run: BuiltTool.Run) throws -> [(String, String)] {
        let tables = try #require(try run.json()["tables"] as? [[String: Any]])
        return tables.flatMap { $0["rows"] as? [[String: Any]] ?? [] }.flatMap { row in
            let cells = row["cells"] as? [String: Any] ?? [:]
            return (row["facts"] as? [String: String] ?? [:]).compactMap { key, id in
                (cells[key] as? String).map { (id, $0) }
            }
        }
    }

    @Test func `output fits 80 columns in a pipe, and in the C locale it is ASCII`() async throws {
        let wide = try await tool.run("dashboard", "--sandbox", "--mode", "architect")
        #expect(wide.status == 0, "\(wide.errors)")
        #expect(wide.output.contains("└─ "))
        #expect(!wide.output.contains("\u{1B}"))
        let plain = try await tool.run("dashboard", "--sandbox", "--mode", "architect", adding: ["LC_ALL": "C"])
        #expect(plain.output.allSatisfy { $0.isASCII })
        #expect(plain.output.split(separator: "\n").allSatisfy { $0.count <= 80 })
        let colored = try await tool.run("dashboard", "--sandbox", "--color", "always")
        #expect(colored.output.contains("\u{1B}[1m"))
    }

    @Test func `every format is written, none is overwritten, and a picture is a picture`() async throws {
        let export = [
            "dashboard", "--sandbox", "--mode", "cfo", "--export", "csv,json,markdown", "--export", "html", "--export",
            "xlsx", "--export", "pdf", "--screenshot", "--output-dir", "out",
        ]
        let first = try await tool.run(export)
        #expect(first.status == 0, "\(first.errors)")
        let names = try files("out")
        for ending in ["json", "md", "html", "xlsx", "pdf", "png"] { #expect(names.contains("2026-02-cfo.\(ending)")) }
        #expect(names.contains("2026-02-cfo-accounts.csv") && names.contains("2026-02-cfo-services.csv"))
        #expect(!names.contains { $0.hasPrefix(".") }, "nothing is left aside")
        let again = try await tool.run(export)
        #expect(again.status == 64)
        #expect(again.errors.contains("is there already"))
        #expect(try await tool.run(export + ["--replace"]).status == 0)

        let picture = try Data(contentsOf: URL(filePath: tool.folder.path + "/out/2026-02-cfo.png"))
        #expect(picture.starts(with: [0x89, 0x50, 0x4E, 0x47]) && picture.count > 10_000)
        let page = try Data(contentsOf: URL(filePath: tool.folder.path + "/out/2026-02-cfo.json"))
        let total = try #require(Self.total(page))
        let text = try tool.printed("out/2026-02-cfo.pdf")
        #expect(text.contains("Cost dashboard"))
        #expect(text.contains(total), "the PDF prints \(total)")
    }

    /// The net cost as people read it, from the JSON.
    private static func total(_ json: Data) -> String? {
        let object = try? JSONSerialization.jsonObject(with: json) as? [String: Any]
        let tables = object?["tables"] as? [[String: Any]] ?? []
        let rows = tables.first { $0["name"] as? String == "accounts" }?["rows"] as? [[String: Any]] ?? []
        let net = (rows.last?["cells"] as? [String: Any])?["net"] as? String
        return net.flatMap { ExactDecimal($0) }.map { amount in
            let cents = amount.text(fractionDigits: 2)
            return "\(cents.dropLast(6)),\(cents.suffix(6))"
        }
    }

    @Test(arguments: [
        (["--activity-analysis"], "no activity signals"), (["--validation-level", "mcp"], "no MCP server"),
        (["--validation-level", "loose"], "basic, mcp, strict"), (["--mode", "cfoo"], "did you mean `cfo`?"),
        (["--timeframe", "hourly"], "daily, weekly, monthly, quarterly"),
        (["--cost-metric", "gross"], "is not offered"), (["--services", "Lamda"], "no service of the month"),
        (["--accounts", "nobody"], "no account of the month"), (["--filter", "cost"], "--filter cost"),
        (["--cost-threshold=-1"], "is not an amount"), (["--top-n", "0"], "at least 1"),
        (["--sort-by", "name"], "current, previous, change"), (["--summary-mode", "list"], "table, tree, both, none"),
        (["--output-format", "none"], "table, tree, both"), (["--export", "docx"], "is not offered"),
        (["--output-file", "x.pdf"], "no format"), (["--export", "pdf", "--output-file", "x.csv"], "ends in .csv"),
        (["--profile", "a", "--all-profile", "b"], "exclude one another"), (["--month", "2026-13"], "is not a month"),
        (["--accounts", "111122223333", "--timeframe", "daily"], "--timeframe daily"),
    ])
    func `what cannot be honoured is refused with its reason`(flags: [String], reason: String) async throws {
        let run = try await tool.run(["dashboard", "--sandbox"] + flags)
        #expect(run.status == 64, "\(run.output)\(run.errors)")
        #expect(run.errors.contains(reason), "\(run.errors)")
        #expect(run.errors.contains("hint: "))
        #expect(run.output.isEmpty)
    }

    @Test func `strict shows a month that the invoices confirm`() async throws {
        let run = try await tool.run("dashboard", "--sandbox", "--validation-level", "strict")
        #expect(run.status == 0, "\(run.errors)")
        #expect(run.output.contains("Checked  strict: "))
        #expect(run.output.contains("L3i"))
    }

    @Test func `whoever is not signed in is stopped by G1, and sees no figure`() async throws {
        let nobody = try BuiltTool(cloud: [
            "AWS_ENDPOINT_URL": "http://127.0.0.1:9", "AWS_CONFIG_FILE": "/dev/null",
            "AWS_EC2_METADATA_DISABLED": "true",
            "AWS_SHARED_CREDENTIALS_FILE": "/dev/null", "AWS_REGION": "us-east-1",
        ])
        let run = try await nobody.run("dashboard", "--month", "2026-02")
        #expect(run.status == 11, "\(run.errors)")
        #expect(run.errors.contains("G1 stopped the dashboard"))
        #expect(run.output.isEmpty)
    }
}
