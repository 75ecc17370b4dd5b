import Foundation
import TestSupport
import Testing

@Suite("A person at the terminal")
struct TerminalApprovalTests {
    private static let month = ["run", "--sandbox", "--no-screenshots"]

    /// Runs the month on a terminal of its own; the last lines of what was shown are in the output.
    private func run(answers: [String], on tool: BuiltTool? = nil) async throws -> BuiltTool.Run {
        let tool = try tool ?? BuiltTool()
        try await tool.run("keys", "create", "bob")
        return try await tool.run(Self.month, answering: answers)
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

    private static let silences: [([String], Int32)] = [
        (["bob", "HANGUP"], 130), (["bob", "SILENCE"], 75), (["bob", ""], 75), (["bob", "DIGEST", ""], 75),
    ]

    @Test(arguments: silences)
    func `a terminal that falls silent or hangs up has approved nothing, and the month goes on waiting`(
        answers: [String], status: Int32
    ) async throws {
        let tool = try BuiltTool()
        let run = try await run(answers: answers, on: tool)
        #expect(run.status == status, "\(run.output)")
        let resumed = try await tool.run("resume", "--format", "json")
        #expect(resumed.status == 75, "\(resumed.errors)")
        let result = try resumed.json()
        #expect((result["decision"] as? [String: Any])?["state"] as? String == "waiting")
        #expect(try await tool.approve(try #require(result["run_id"] as? String)).status == 0)
        #expect(try await tool.run("resume", "--format", "json").status == 0)
    }

    @Test(arguments: [["--no-input"], ["--format", "json"], ["--format", "jsonl"]])
    func `a mode that must not ask does not ask at a terminal either`(flags: [String]) async throws {
        let tool = try BuiltTool()
        let driver = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .appendingPathComponent("Support/terminal.py").path
        let run = try await tool.run(
            Self.month + flags, through: ["-u", "CI", PythonProgram.interpreter, driver, "y", "--"],
            adding: ["TERM": "xterm"])
        #expect(run.status == 75)
        #expect(!run.output.contains("Type the first 8 characters"))
    }

    @Test func `without a terminal nobody is asked, whatever is piped in`() async throws {
        let tool = try BuiltTool()
        let run = try await tool.run(Self.month, through: ["-u", "CI", "setsid", "--wait"])
        #expect(run.status == 75, "\(run.errors)")
    }
}
