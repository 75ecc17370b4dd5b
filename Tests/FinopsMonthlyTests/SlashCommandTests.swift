import ArgumentParser
import Foundation
import Testing

@testable import finops_monthly

/// The slash command for coding agents may start what exists, and nothing that decides.
@Suite struct `The slash command` {
    private static let text = try? String(
        contentsOf: URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appending(path: ".claude/commands/finops/aws-monthly.md"), encoding: .utf8)

    @Test func `allows commands of this program that decide nothing`() throws {
        let text = try #require(Self.text)
        let allowed = Set(text.matches(of: /Bash\(finops-monthly ([a-z-]+):\*\)/).map { String($0.1) })
        let known = Set(FinOpsMonthly.configuration.subcommands.compactMap { $0.configuration.commandName })
        #expect(allowed.count >= 5)
        #expect(allowed.isSubset(of: known), "\(allowed.subtracting(known))")
        #expect(allowed.isDisjoint(with: ["approve", "reject", "keys", "distribute", "mcp"]))
        #expect(!text.contains("Bash(finops-monthly:*)") && !text.contains("Bash(*)"))
    }

    @Test func `is begun by a person, and stops where a person decides`() throws {
        let text = try #require(Self.text)
        #expect(text.contains("\ndisable-model-invocation: true\n"))
        #expect(text.contains("- \(ExitStatus.waiting.rawValue): the run waits for a person."))
        #expect(text.contains("**stop**"))
    }
}
