import Foundation
import TestSupport
import Testing

@Suite("A person at the terminal")
struct TerminalApprovalTests {
    private static let month = ["run", "--sandbox", "--no-screenshots"]

    /// Runs the month on a terminal of its own; the last lines of what was shown are in the output.
    private func run(answers: [String]) async throws -> BuiltTool.Run {
        let tool = try BuiltTool()
        try await tool.run("keys", "create", "bob")
        let driver = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .appendingPathComponent("Support/terminal.py").path
        let python = ProcessInfo.processInfo.environment["FINOPS_TEST_PYTHON"] ?? "python3"
        return try await tool.run(
            Self.month, through: ["-u", "CI", python, driver] + answers + ["--"], adding: ["TERM": "xterm"])
    }

    @Test func `typing the digest of what was read approves and completes the month`() async throws {
        let run = try await run(answers: ["bob", "DIGEST", "the CFO page", "ties out"])
        #expect(run.status == 0, "\(run.output)")
        #expect(run.output.contains("approved by bob"))
        #expect(run.output.contains("is complete and sealed"))
    }

    @Test(arguments: ["y", "yes", "00000000"])
    func `a reflex approves nothing`(reflex: String) async throws {
        let run = try await run(answers: ["bob", reflex])
        #expect(run.status == 75, "\(run.output)")
        #expect(run.output.contains("Nothing was approved"))
    }

    @Test func `a person can reject with a reason`() async throws {
        let run = try await run(answers: ["bob", "reject", "EC2 is unexplained"])
        #expect(run.status == 17, "\(run.output)")
        #expect(!run.output.contains("is complete and sealed"))
    }

    @Test func `without a terminal nobody is asked, whatever is piped in`() async throws {
        let tool = try BuiltTool()
        let run = try await tool.run(Self.month, through: ["-u", "CI", "setsid", "--wait"])
        #expect(run.status == 75, "\(run.errors)")
    }
}
