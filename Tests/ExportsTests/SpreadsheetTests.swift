import FinOps
import Foundation
import TestSupport
import Testing

@testable import Exports

@Suite("The workbook, read back by openpyxl")
struct SpreadsheetTests {
    /// Sheets as lists of rows, and the number formats and types of the cells of one.
    private static let reader = """
        import json, sys, openpyxl
        book = openpyxl.load_workbook(sys.argv[1])
        print(json.dumps({
            "sheets": {sheet.title: [[None if c.value is None else str(c.value) for c in row] for row in sheet.rows] for sheet in book},
            "types": {c.coordinate: c.data_type for row in book["accounts"].rows for c in row},
            "formats": {c.coordinate: c.number_format for row in book["accounts"].rows for c in row},
            "notes": {c.coordinate: c.comment.text for row in book["accounts"].rows for c in row if c.comment},
        }))
        """

    private struct Reading: Decodable {
        let sheets: [String: [[String?]]]
        let types: [String: String]
        let formats: [String: String]
        let notes: [String: String]
    }

    private func read(_ document: ExportDocument) async throws -> Reading {
        let scratch = try TemporaryFolder()
        try Spreadsheet.write(document, to: scratch["book.xlsx"])
        let outcome = try await PythonProgram.run(Self.reader, [scratch["book.xlsx"]])
        try #require(outcome.status == 0, "\(outcome.errors)")
        return try JSONDecoder().decode(Reading.self, from: Data(outcome.output.utf8))
    }

    @Test func `each table is a sheet, and amounts are numbers in their currency`() async throws {
        let book = try await read(SampleDocument.document)
        #expect(Set(book.sheets.keys) == ["about", "headline", "accounts", "account-tree", "exact"])
        #expect(book.sheets["accounts"]?[0] == ["Account", "Account id", "Feb 2026", "Per day"])
        #expect(book.types["C2"] == "n")
        #expect(book.formats["C2"] == "[$USD] #,##0.00;[Red]-[$USD] #,##0.00")
        #expect(book.types["A3"] == "s", "a name that looks like a formula stays a name")
        #expect(book.types["B2"] == "s", "an account id keeps its zeros")
        #expect(book.notes["C4"] == "AccessDenied from ce:GetCostAndUsage")
    }

    @Test func `the exact decimal of every number stands on the last sheet, and the number rounds to it`() async throws
    {
        let book = try await read(SampleDocument.document)
        let exact = try #require(book.sheets["exact"])
        #expect(exact[0] == ["Sheet", "Cell", "Exact value", "Unit", "Fact"])
        #expect(exact.contains(["accounts", "C2", "200.1234567891", "USD", "account.1.net"]))
        for row in exact.dropFirst() {
            let (sheet, cell) = (try #require(row[0]), try #require(row[1]))
            let value = try #require(row[2].flatMap { ExactDecimal($0) })
            let column = Int(cell.utf8.first! - 65)
            let number = try #require(book.sheets[sheet]?[Int(cell.dropFirst())! - 1][column])
            #expect(ExactDecimal(number)?.rounded(toFractionDigits: 6) == value.rounded(toFractionDigits: 6), "\(row)")
        }
    }

    @Test(arguments: [("USD", "[$USD] #,##0.00"), ("JPY", "[$JPY] #,##0"), ("KWD", "[$KWD] #,##0.000")])
    func `a currency has its own number of digits`(code: String, format: String) {
        #expect(Spreadsheet.format(of: Currency(code)!).split(separator: ";")[0] == format)
    }

    @Test func `a workbook that cannot be written is an error and leaves nothing`() {
        #expect(throws: ExportError.self) {
            try Spreadsheet.write(SampleDocument.document, to: "/nonexistent-folder/book.xlsx")
        }
    }
}
