import FinOps
import Foundation
import TestSupport
import Testing

@Suite("export of a sealed month")
struct ExportCommandTests {
    private let tool: BuiltTool

    /// The example month of this repository, copied.
    init() throws {
        tool = try BuiltTool()
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        try FileManager.default.createDirectory(
            atPath: tool.folder.path + "/evidence", withIntermediateDirectories: true)
        try FileManager.default.copyItem(
            atPath: root.path + "/evidence/example", toPath: tool.folder.path + "/evidence/example")
    }

    private var bag: String { tool.folder.path + "/evidence/example/finops-reports/2026-02" }

    private func export(_ flags: String...) async throws -> BuiltTool.Run {
        try await tool.run(["export", "2026-02", "--project", "example"] + flags)
    }

    private var contents: [String: Data] {
        let paths = FileManager.default.enumerator(atPath: bag)?.compactMap { $0 as? String } ?? []
        return paths.reduce(into: [:]) { $0[$1] = FileManager.default.contents(atPath: "\(bag)/\($1)") }
    }

    @Test func `tables carry every fact, and the archive is left as it was`() async throws {
        let before = contents
        let run = try await export("--export", "csv,json,xlsx", "--output-dir", "out")
        #expect(run.status == 0, "\(run.errors)")
        let book = try JSONText.decode(FactBook.self, from: try #require(before["data/facts.json"]))
        let rows = try CommaSeparated.rows(
            String(contentsOfFile: tool.folder.path + "/out/2026-02-facts.csv", encoding: .utf8)
        ).map(\.cells)
        #expect(rows.count == book.facts.count + 1)
        for (fact, row) in zip(book.facts, rows.dropFirst()) {
            #expect(row[0] == fact.id && row[1] == fact.value?.description ?? "")
        }
        let accounts = try CommaSeparated.rows(
            String(contentsOfFile: tool.folder.path + "/out/2026-02-accounts.csv", encoding: .utf8)
        ).map(\.cells)
        let billed = try #require(accounts[0].firstIndex(of: "BilledCost"))
        let total = book.facts.first { $0.id == "total.net" }?.value
        #expect(accounts.dropFirst().compactMap { ExactDecimal($0[billed]) }.sum() == total)
        #expect(contents == before)
    }

    /// The specification's own rules, over what is written: a column under a FOCUS name keeps to them, and what sums cannot know
    /// is not there.
    @Test(arguments: ["accounts", "services"])
    func `a column under a name of FOCUS keeps to its rules`(table: String) async throws {
        #expect(try await export("--export", "csv", "--output-dir", "out").status == 0)
        let path = "out/2026-02-\(table).csv"
        let ours = try await judge(path, "--present-columns")
        #expect(ours.status == 0, "\(ours.errors)")
        func rules(_ run: BuiltTool.Run) throws -> [[String: Any]] {
            try #require(try run.json()["rules"] as? [[String: Any]])
        }
        #expect(try !rules(ours).contains { $0["verdict"] as? String == "failed" })
        // All that providers may support, accounts among it, so that every column is judged.
        let all = try rules(try await judge(path, "--present-columns", "--supports", "ALL"))
        let columns = try #require(try CommaSeparated.rows(String(decoding: tool.file(path), as: UTF8.self)).first)
            .cells
        for column in columns where !column.hasPrefix("x_") {
            let passed = all.contains {
                ($0["id"] as? String)?.hasPrefix("\(column)-C-") == true && $0["verdict"] as? String == "passed"
            }
            #expect(passed, "\(column)")
        }
        let whole = try await judge(path)
        #expect(whole.status == 33, "sums are no dataset: \(whole.errors)")
        let broken = try rules(whole)
            .filter { $0["verdict"] as? String == "failed" && $0["keyword"] as? String == "MUST" }
        let absent = broken.compactMap { rule -> String? in
            let sentence = rule["sentence"] as? String ?? ""
            return sentence.hasSuffix(" MUST be present in a FOCUS dataset.")
                ? String(sentence.split(separator: " ")[0]) : nil
        }
        let unknowable: Set = [
            "BillingAccountId", "BillingAccountName", "ChargeCategory", "ChargeClass", "ChargeDescription",
            "ContractedCost", "EffectiveCost", "InvoiceIssuerName", "ListCost", "PricingQuantity", "PricingUnit",
            "PublisherName", "ServiceCategory",
        ]
        #expect(
            Set(absent) == unknowable.union(table == "accounts" ? ["ServiceName"] : ["BilledCost"]), "\(absent)")
    }

    private func judge(_ path: String, _ flags: String...) async throws -> BuiltTool.Run {
        let package = try await PythonProgram.run(
            "import importlib.util; print(importlib.util.find_spec('focus_validator').submodule_search_locations[0])")
        let rules = package.output.trimmingCharacters(in: .whitespacesAndNewlines) + "/rules/model-1.2.0.1.json"
        return try await tool.run(
            ["focus", "validate", path, "--rules", rules, "--format", "json"] + flags,
            adding: ["FINOPS_DUCKDB": TestEngine.executable])
    }

    @Test func `the workbook has every account with its exact amount`() async throws {
        let run = try await export("--export", "xlsx", "--output-file", "month.xlsx")
        #expect(run.status == 0, "\(run.errors)")
        let script = """
            import sys, openpyxl
            book = openpyxl.load_workbook(sys.argv[1])
            for row in book["exact"].iter_rows(min_row=2, values_only=True):
                cell = book[row[0]][row[1]]
                if row[4]: print(row[4], row[2], cell.value, sep="\\t")
            """
        let outcome = try await PythonProgram.run(script, [tool.folder.path + "/month.xlsx"])
        #expect(outcome.status == 0, "\(outcome.errors)")
        let book = try JSONText.decode(FactBook.self, from: try #require(contents["data/facts.json"]))
        let facts = Dictionary(uniqueKeysWithValues: book.facts.map { ($0.id, $0.value) })
        let lines = outcome.output.split(separator: "\n").map { $0.split(separator: "\t").map(String.init) }
        #expect(lines.count > book.facts.count)
        for line in lines {
            let exact = try #require(ExactDecimal(line[1]))
            #expect(facts[line[0]] == exact, "\(line)")
            let number = try #require(Double(line[2]))
            #expect(abs(number - Double(exact.description)!) <= abs(number) * 1e-14, "\(line)")
        }
    }

    @Test func `pages leave the archive byte for byte, or as a browser prints them`() async throws {
        let run = try await export("--export", "html,markdown,pdf,png", "--mode", "cfo", "--output-dir", "out")
        #expect(run.status == 0, "\(run.errors)")
        let out = tool.folder.path + "/out/2026-02-cfo"
        #expect(FileManager.default.contents(atPath: out + ".html") == contents["data/reports/cfo.html"])
        #expect(FileManager.default.contents(atPath: out + ".md") == contents["data/reports/cfo.md"])
        #expect(FileManager.default.contents(atPath: out + ".pdf")?.starts(with: Data("%PDF".utf8)) == true)
        #expect(FileManager.default.contents(atPath: out + ".png")?.count ?? 0 > 10_000)
    }

    @Test(arguments: Persona.allCases)
    func `paper says every figure of the page`(persona: Persona) async throws {
        let run = try await export("--export", "html,pdf", "--mode", persona.rawValue, "--output-dir", "out")
        #expect(run.status == 0, "\(run.errors)")
        let page = try String(
            contentsOfFile: "\(tool.folder.path)/out/2026-02-\(persona.rawValue).html", encoding: .utf8)
        let paper = try Self.words(tool.printed("out/2026-02-\(persona.rawValue).pdf"))
        let shown = Self.unfolded(page)
        let figures = shown.matches(of: #/data-fact="[^"]*"[^>]*>([^<]+)</#).map { Self.words(String($0.output.1)) }
        #expect(figures.count > 20)
        for figure in Set(figures) { #expect(paper.contains(figure), "\(figure) is not on paper") }
        let headings = shown.matches(of: #/<caption[^>]*>([^<]+)</#).map { Self.words(String($0.output.1)) }
        for heading in headings { #expect(paper.contains(heading), "\(heading) is not on paper") }
    }

    /// What stands on paper: the data of charts is folded away, and of a tree so is what its first level opens to.
    private static func unfolded(_ page: String) -> String {
        var (shown, depth, isHeading) = ("", 0, false)
        for part in page.split(separator: "<", omittingEmptySubsequences: false) {
            if part.hasPrefix("details") { depth += 1 }
            if part.hasPrefix("/details") { depth -= 1 }
            if part.hasPrefix("summary") { isHeading = true }
            if part.hasPrefix("/summary") { isHeading = false }
            if depth == 0 || depth == 1 && isHeading { shown += "<\(part)" }
        }
        return shown
    }

    /// As one line: where paper breaks it differs.
    private static func words(_ text: String) -> String {
        text.replacing("\u{A0}", with: " ").replacing("&#39;", with: "'").split(whereSeparator: \.isWhitespace)
            .joined(separator: " ")
    }

    @Test func `an archive that was touched is not exported`() async throws {
        let path = bag + "/data/facts.json"
        var bytes = try #require(FileManager.default.contents(atPath: path))
        bytes[bytes.count / 2] ^= 1
        try bytes.write(to: URL(filePath: path))
        let run = try await export("--export", "json")
        #expect(run.status == 1)
        #expect(run.errors.contains("is not what was sealed"))
        #expect(!FileManager.default.fileExists(atPath: tool.folder.path + "/exports"))
    }

    @Test func `what is not sealed is not exported`() async throws {
        let other = try await tool.run("export", "2026-01", "--project", "example", "--export", "json")
        #expect(other.status == 64)
        #expect(other.errors.contains("is not sealed"))
        #expect(try await export().status == 64)
        #expect(try await export("--export", "pdf", "--mode", "nobody").status == 64)
        #expect(try await tool.run("export", "2026-02-00000000", "--export", "json").status == 64)
    }

    @Test func `a dashboard reads the sealed month and asks nothing`() async throws {
        let run = try await tool.run(
            "dashboard", "--sandbox", "--month", "2026-02", "--project", "example", "--mode", "cto")
        #expect(run.status == 0, "\(run.errors)")
        #expect(run.output.contains("Source   sealed archive 2026-02"))
    }
}
