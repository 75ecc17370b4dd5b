import FinOps
import Foundation
import Reports
import TestSupport
import Testing

@testable import Dashboard
@testable import Exports

/// Two hundred names of people who mean harm, exported in every format and shown on a terminal: the document differs from that of
/// harmless names in the cells of the names and nowhere else.
@Suite("Hostile names, exported")
struct HostileNamesTests {
    /// As long as a name can be printed, so that columns are as wide as they get.
    private static let harmless = HostileTexts.all.indices.map { index in
        let number = String(index)
        return "Harmless" + String(repeating: "x", count: 244 - number.count) + number + "Name"
    }
    private static let cleaned = Dictionary(
        uniqueKeysWithValues: zip(harmless, HostileTexts.all.map { UntrustedText($0).text }))

    private static func document(_ names: [String]) -> ExportDocument {
        let accounts = names.enumerated().map { index, name in
            let key = String(repeating: "0", count: 12 - String(index).count) + String(index)
            return FactSubject(factPrefix: "account.\(key)", key: key, name: name, path: [name])
        }
        let sample = SampleBook.book()
        let facts = accounts.enumerated().flatMap { index, account in
            [("net", 9000), ("previous", 8000), ("change", 1000), ("underlying", 1200)].map { id, base in
                Fact(
                    id: "\(account.factPrefix).\(id)", unit: .money, value: ExactDecimal(base - index), currency: .usd,
                    label: "cost", sources: [])
            }
        }
        let book = FactBook(
            month: sample.month, project: sample.project, scope: sample.scope, metric: sample.metric,
            currency: sample.currency, isPreliminary: false, isSample: true, exchangeRate: nil, accounts: accounts,
            services: sample.services, organizationalUnits: [], unavailable: [], gates: [], facts: sample.facts + facts)
        return FactsDocument(book, seal: .zero, folder: "evidence/2026-02").document
    }

    private static let calm = document(harmless)
    private static let hostile = document(HostileTexts.all)

    private func files(_ document: ExportDocument, _ format: ExportFormat) throws -> [Data] {
        let scratch = try TemporaryFolder()
        return try Exporter.files(document, as: format, stem: "x", scratch: scratch.path).map(\.bytes)
    }

    private func texts(_ document: ExportDocument, _ format: ExportFormat) throws -> [String] {
        try files(document, format).map { String(decoding: $0, as: UTF8.self) }
    }

    @Test func `CSV: no name is a formula, a cell or a row of its own`() throws {
        for (text, quiet) in zip(try texts(Self.hostile, .csv), try texts(Self.calm, .csv)) {
            let expected = try CommaSeparated.rows(quiet).map { row in
                row.cells.map { cell in
                    guard let name = Self.cleaned[cell] else { return cell }
                    return "=+-@".contains(name.prefix(1)) ? "'" + name : name
                }
            }
            #expect(try CommaSeparated.rows(text).map(\.cells) == expected)
        }
    }

    @Test func `JSON: a name stays a string`() throws {
        for (bytes, quiet) in zip(try files(Self.hostile, .json), try files(Self.calm, .json)) {
            #expect(try JSONValue(parsing: bytes) == Self.renamed(try JSONValue(parsing: quiet)))
        }
    }

    @Test(arguments: [ExportFormat.html, .markdown])
    func `pages: a name is text and nothing else`(format: ExportFormat) throws {
        let page = try #require(try texts(Self.hostile, format).first)
        var rest = try #require(try texts(Self.calm, format).first)[...]
        var expected = ""
        while let name = rest.firstMatch(of: /Harmlessx+[0-9]+Name/) {
            let clean = Self.cleaned[String(name.0)] ?? ""
            expected += rest[..<name.range.lowerBound] + Self.escaped(clean, format)
            rest = rest[name.range.upperBound...]
        }
        #expect(page == expected + rest)
    }

    @Test func `a workbook: every name is a string of its own cell`() async throws {
        let scratch = try TemporaryFolder()
        for (name, document) in [("hostile", Self.hostile), ("calm", Self.calm)] {
            try files(document, .xlsx)[0].write(to: URL(filePath: scratch["\(name).xlsx"]))
        }
        let outcome = try await PythonProgram.run(
            """
            import json, sys, openpyxl
            names = json.load(open(sys.argv[3]))
            hostile, calm = [openpyxl.load_workbook(name) for name in sys.argv[1:3]]
            assert hostile.sheetnames == calm.sheetnames
            count = 0
            for sheet in calm:
                assert sheet.dimensions == hostile[sheet.title].dimensions, sheet.title
                for row in sheet.rows:
                    for cell in row:
                        other = hostile[sheet.title][cell.coordinate]
                        assert other.data_type == cell.data_type != "f" and not other.hyperlink, cell.coordinate
                        expected = names.get(cell.value, cell.value) if isinstance(cell.value, str) else cell.value
                        assert other.value == expected, (cell.coordinate, other.value, expected)
                        count += cell.value in names
            print(count)
            """,
            [
                scratch["hostile.xlsx"], scratch["calm.xlsx"],
                {
                    try JSONEncoder().encode(Self.cleaned).write(to: URL(filePath: scratch["names.json"]))
                    return scratch["names.json"]
                }(),
            ])
        #expect(outcome.status == 0, "\(outcome.errors)")
        #expect((Int(outcome.output.dropLast()) ?? 0) >= 200)
    }

    @Test func `a terminal: no name moves a cursor, a line or a figure`() {
        let text = TextExport(width: 80, glyphs: .unicode, isColored: false)
        let lines = text.text(Self.hostile).split(separator: "\n", omittingEmptySubsequences: false)
        let quiet = text.text(Self.calm).split(separator: "\n", omittingEmptySubsequences: false)
        #expect(lines.count == quiet.count)
        for (line, calm) in zip(lines, quiet) {
            #expect(TerminalText.width(String(line)) <= max(80, TerminalText.width(String(calm))))
            #expect(line.unicodeScalars.allSatisfy { $0.value >= 32 && $0.value != 127 })
            let isName = calm.contains("Harmless")
            #expect(line.suffix(isName ? 30 : 80) == calm.suffix(isName ? 30 : 80), "\(line)")
        }
    }

    @Test func `a tag: neither its name nor its value leaves its place`() throws {
        func document(_ tag: String, _ value: String) throws -> ExportDocument {
            let account = Account(
                id: "111111111111", name: "Alpha", state: .active, organizationalUnits: ["Workloads"],
                tags: [tag: value])
            let inventory = SampleMonth.inventory(accounts: [account] + SampleFigures.inventory.accounts.dropFirst())
            return try Shown(SampleFigures.figures(inventory: inventory)) { $0.tag = tag }.document
        }
        let calm = try document("Harmless", "Value").tables
        #expect(calm.contains { $0.rows.contains { $0.cells.first == .text("Value") } })
        for hostile in HostileTexts.all {
            let tag = "Tag " + hostile
            let expected = calm.map { table in
                ExportTable(
                    name: table.name,
                    title: table.title.replacing("tag Harmless,", with: "tag \(UntrustedText(tag).text),"),
                    columns: table.columns,
                    rows: table.rows.map { row in
                        ExportTable.Row(
                            row.cells.map { $0 == .text("Value") ? .text(UntrustedText(hostile).text) : $0 },
                            weight: row.weight, depth: row.depth)
                    }, period: table.period, provider: table.provider, isTree: table.isTree)
            }
            #expect(try document(tag, hostile).tables == expected, "\(hostile.prefix(60))")
        }
    }

    private static func escaped(_ name: String, _ format: ExportFormat) -> String {
        format == .html ? Escape.html(name) : Escape.markdown(name)
    }

    private static func renamed(_ value: JSONValue) -> JSONValue {
        switch value {
        case .string(let text): .string(cleaned[text] ?? text)
        case .array(let elements): .array(elements.map(renamed))
        case .object(let members): .object(members.mapValues(renamed))
        default: value
        }
    }
}
