import FinOps
import Foundation
import TestSupport
import Testing

@testable import Exports

@Suite("A document in every format")
struct ExportFormatTests {
    private let scratch: TemporaryFolder

    init() throws { scratch = try TemporaryFolder() }

    private func text(_ format: ExportFormat) throws -> String {
        let files = try Exporter.files(SampleDocument.document, as: format, stem: "2026-02-cfo", scratch: scratch.path)
        return String(decoding: try #require(files.first).bytes, as: UTF8.self)
    }

    @Test func `CSV is a file a table under FOCUS names, and its rows add up to the total once`() throws {
        let files = try Exporter.files(SampleDocument.document, as: .csv, stem: "2026-02-cfo", scratch: scratch.path)
        #expect(files.map(\.name) == ["2026-02-cfo-accounts.csv", "2026-02-cfo-account-tree.csv"])
        for file in files {
            let rows = try CommaSeparated.rows(String(decoding: file.bytes, as: UTF8.self)).map(\.cells)
            #expect(rows[0].starts(with: ["SubAccountName", "SubAccountId", "BilledCost"]))
            let amounts = rows.dropFirst().compactMap { ExactDecimal($0[2]) }
            #expect(amounts.sum() == "300.1234567891")
            #expect(!rows.contains { $0[0] == "Total" || $0[0] == "Workloads" })
        }
    }

    @Test func `CSV gives currency and period of every charge, and the reason of what is unknown`() throws {
        let rows = try CommaSeparated.rows(try text(.csv)).map(\.cells)
        #expect(
            rows[0] == [
                "SubAccountName", "SubAccountId", "BilledCost", "x_PerDayChangePct", "BillingCurrency",
                "ChargePeriodStart", "ChargePeriodEnd", "BillingPeriodStart", "BillingPeriodEnd", "x_UnknownBecause",
            ])
        #expect(
            rows[3] == [
                "🚀 launchpad|x", "333333333333", "", "", "USD", "2026-02-01T00:00:00Z", "2026-03-01T00:00:00Z",
                "2026-02-01T00:00:00Z", "2026-03-01T00:00:00Z", "AccessDenied from ce:GetCostAndUsage",
            ])
    }

    @Test func `a name that looks like a formula computes nothing`() throws {
        let rows = try CommaSeparated.rows(try text(.csv)).map(\.cells)
        #expect(rows[2][0] == "'=SUM(A1:A9), \"quoted\"")
        #expect(rows[4][2] == "-50")
    }

    @Test func `JSON keeps exact decimals, the fact of each, and null with a reason for what is unknown`() throws {
        let object = try JSONSerialization.jsonObject(with: Data(try text(.json).utf8)) as? [String: Any]
        let tables = try #require(object?["tables"] as? [[String: Any]])
        #expect(tables.map { $0["name"] as? String } == ["headline", "accounts", "account-tree"])
        let rows = try #require(tables[1]["rows"] as? [[String: Any]])
        let first = try #require(rows[0]["cells"] as? [String: Any])
        #expect(first["net"] as? String == "200.1234567891")
        #expect((rows[0]["facts"] as? [String: String])?["net"] == "account.1.net")
        #expect((rows[2]["cells"] as? [String: Any])?["net"] is NSNull)
        #expect((rows[2]["unknown"] as? [String: String])?["net"] == "AccessDenied from ce:GetCostAndUsage")
        #expect(rows.last?["kind"] as? String == "total")
    }

    @Test func `no name becomes markup or a column`() throws {
        let page = try text(.html)
        #expect(page.contains("日本 &lt;script&gt;alert(1)&lt;/script&gt;"))
        #expect(!page.contains("<script"))
        #expect(page.contains("default-src 'none'"))
        let markdown = try text(.markdown)
        #expect(markdown.contains("🚀 launchpad\\|x"))
        #expect(!markdown.contains("<script"))
        let rows = markdown.split(separator: "\n").filter { $0.hasPrefix("| 日本") || $0.hasPrefix("| =SUM") }
        #expect(rows.count == 2)
    }

    @Test(arguments: [(80, "dashboard-80.txt"), (110, "dashboard-110.txt")])
    func `text is laid out for the width it has`(width: Int, golden: String) throws {
        let text = TextExport(width: width, glyphs: .unicode, isColored: false).text(SampleDocument.document)
        #expect(text.split(separator: "\n").allSatisfy { TerminalText.width(String($0)) <= width })
        try Golden.expect(text, golden)
    }

    @Test func `a terminal of the C locale gets ASCII and nothing else`() throws {
        let text = TextExport(width: 80, glyphs: .ascii, isColored: false).text(SampleDocument.document)
        #expect(text.allSatisfy { $0.isASCII })
        try Golden.expect(text, "dashboard-ascii.txt")
    }

    @Test func `colour adds nothing but escapes`() {
        let plain = TextExport(width: 80, glyphs: .unicode, isColored: false).text(SampleDocument.document)
        let colored = TextExport(width: 80, glyphs: .unicode, isColored: true).text(SampleDocument.document)
        #expect(colored.contains("\u{1B}[1m"))
        #expect(colored.replacing(/\x1B\[[0-9]*m/, with: "") == plain)
    }

    @Test(arguments: [
        ([:], false), (["LANG": "en_NZ.UTF-8"], false), (["LANG": "C"], true), (["LANG": "POSIX"], true),
        (["LANG": "en_NZ.UTF-8", "LC_ALL": "C"], true), (["LANG": "C", "LC_CTYPE": "C.utf8"], false),
        (["LANG": "en_NZ.ISO-8859-1"], true),
    ])
    func `the first locale variable that is set decides what can be drawn`(
        environment: [String: String], isASCII: Bool
    ) {
        #expect(Glyphs(environment: environment).isASCII == isASCII)
    }
}
