import ArgumentParser
import Evidence
import Foundation
import Testing

@testable import finops_monthly

@Suite("Pages that are written from the code")
struct DocumentationTests {
    private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    @Test func `the page of exit statuses says what the code says`() throws {
        let rows = ExitStatus.allCases.map { "| \($0.rawValue) | \($0.meaning) |" }
        let page = """
            # Exit status

            Written from `Sources/finops-monthly/ExitStatus.swift`; `finops-monthly explain exit` prints the same.

            | status | meaning |
            |--:|---|
            \(rows.joined(separator: "\n"))

            """
        let file = Self.root.appendingPathComponent("docs/exit-status.md")
        if ProcessInfo.processInfo.environment["UPDATE_GOLDEN"] == "1" { try Data(page.utf8).write(to: file) }
        #expect(try String(contentsOf: file, encoding: .utf8) == page)
    }

    @Test func `every command and setting is on the command-line page`() throws {
        let page = try String(contentsOf: Self.root.appendingPathComponent("docs/cli.md"), encoding: .utf8)
        for command in FinOpsMonthly.configuration.subcommands {
            let name = try #require(command.configuration.commandName)
            #expect(page.contains("`\(name)"), "\(name)")
        }
        for setting in Setting.allCases {
            #expect(page.contains("`\(setting.rawValue)`"), "\(setting.rawValue)")
            #expect(page.contains(setting.environmentVariable), "\(setting.environmentVariable)")
        }
    }

    @Test(arguments: ApprovalRefusal.allCases)
    func `every reason to refuse a decision is on the page of approvals`(reason: ApprovalRefusal) throws {
        let page = try String(contentsOf: Self.root.appendingPathComponent("docs/approvals.md"), encoding: .utf8)
        #expect(page.contains("| `\(reason.rawValue)` | \(reason.sentence) |\n"))
    }

    @Test func `every trap of the settings is refused by name`() throws {
        #expect(throws: (any Error).self) { try SettingsFile.parse("budget: [1, 2]", path: "x.yaml") }
        #expect(throws: (any Error).self) { try SettingsFile.parse("- a list", path: "x.yaml") }
        #expect(throws: (any Error).self) { try SettingsFile.parse("budget: 1\nbudget: 2", path: "x.yaml") }
        let nested = try SettingsFile.parse("paths:\n  archive: a/{month}\n", path: "x.yaml")
        #expect(nested[.archivePath]?.text == "a/{month}")
        #expect(nested[.archivePath]?.origin.description == "x.yaml line 2")
    }
}
