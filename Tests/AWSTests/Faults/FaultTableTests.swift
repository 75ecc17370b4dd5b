import Foundation
import Testing

/// The page about faults promises what the tests show, no more and no less.
@Suite struct FaultTableTests {
    private static let tests = URL(filePath: #filePath).appending(path: "../../..").standardized
    private static let page = tests.appending(path: "../docs/faults.md").standardized

    private func text(_ file: URL) throws -> String { try String(contentsOf: file, encoding: .utf8) }

    @Test func `every row of the matrix stands in the table`() throws {
        let rows = FaultRow.throttles + FaultRow.answers + FaultRow.connections + FaultRow.slow + FaultRow.oddities
        let names = rows.map(\.name) + (TLSFaultTests.broken + TLSFaultTests.refused).map(\.name)
        let page = try text(Self.page)
        for name in names { #expect(page.contains("\n| \(name) |"), "\(name)") }
    }

    @Test func `every test that the table names exists`() throws {
        let sources = FileManager.default.enumerator(at: Self.tests, includingPropertiesForKeys: nil)
        let code = try (try #require(sources)).compactMap { $0 as? URL }.filter { $0.pathExtension == "swift" }
            .map(text).joined()
        // Names of tests are the words in backticks that have a space in them; they may go over the end of a line.
        let named = try text(Self.page).replacing("\n", with: " ").split(separator: "`").filter {
            $0.contains(" ") && !$0.contains("|") && $0.first?.isLetter == true
        }
        #expect(named.count > 20)
        for name in Set(named) { #expect(code.contains("func `\(name)`"), "\(name)") }
    }
}
