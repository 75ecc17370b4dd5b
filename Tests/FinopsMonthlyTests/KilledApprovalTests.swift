import Foundation
import TestSupport
import Testing

/// The built program, killed by the kernel while it takes a decision in.
@Suite("kill -9 between a decision and its line in the journal", .serialized)
struct KilledApprovalTests {
    @Test func `a decision that was verified is not lost, one that was not is not there, and it counts once`()
        async throws
    {
        let tool = try BuiltTool()
        try await tool.run("keys", "create", "bob")
        let started = try await tool.run("run", "--sandbox", "--format", "json", "--no-screenshots")
        let runID = try #require(try started.json()["run_id"] as? String)
        // One call later each time, until the decision lies verified on the disk and the journal does not know of it.
        var number = 0
        while try !(isKept(tool, runID) && !isJournaled(tool, runID)) {
            number += 1
            let killed = try await tool.approve(
                runID,
                through: [
                    "strace", "-f", "-qq", "-o", "/dev/null", "-e", "trace=fsync", "-e",
                    "inject=fsync:signal=SIGKILL:when=\(number)",
                ])
            try #require(killed.status != 0, "it was not killed: there is no such moment any more")
            #expect(!killed.output.contains("Approved"), "success is said only after the line is written")
            try #require(try !isJournaled(tool, runID), "killed at fsync \(number)")
        }
        let resumed = try await tool.run("resume", runID, "--format", "json")
        #expect(resumed.status == 0, "\(resumed.errors)")
        #expect(try await tool.run("verify").status == 0)
        let journal = try String(contentsOfFile: tool.runFolder(runID) + "/journal.jsonl", encoding: .utf8)
        #expect(journal.components(separatedBy: "\"type\":\"decision.recorded\"").count == 2)
    }

    @Test func `a decision that is killed before it is on the disk leaves the run waiting`() async throws {
        let tool = try BuiltTool()
        try await tool.run("keys", "create", "bob")
        let started = try await tool.run("run", "--sandbox", "--format", "json", "--no-screenshots")
        let runID = try #require(try started.json()["run_id"] as? String)
        let killed = try await tool.approve(
            runID,
            through: [
                "strace", "-f", "-qq", "-o", "/dev/null", "-e", "trace=fsync", "-e",
                "inject=fsync:signal=SIGKILL:when=1",
            ])
        #expect(killed.status != 0)
        #expect(try !isKept(tool, runID))
        #expect(try await tool.run("resume", runID, "--format", "json").status == 75)
        #expect(try await tool.approve(runID).status == 0)
        #expect(try await tool.run("resume", runID, "--format", "json").status == 0)
    }

    private func isKept(_ tool: BuiltTool, _ runID: String) throws -> Bool {
        FileManager.default.fileExists(atPath: tool.runFolder(runID) + "/decisions/G7-bob.sigstore.json")
    }

    private func isJournaled(_ tool: BuiltTool, _ runID: String) throws -> Bool {
        try String(contentsOfFile: tool.runFolder(runID) + "/journal.jsonl", encoding: .utf8)
            .contains("\"type\":\"decision.recorded\"")
    }
}
