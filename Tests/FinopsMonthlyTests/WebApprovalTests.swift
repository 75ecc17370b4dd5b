import Foundation
import TestSupport
import Testing

@Suite("A person at a browser")
struct WebApprovalTests {
    let tool: BuiltTool
    let runID: String

    init() async throws {
        tool = try BuiltTool()
        try await tool.run("keys", "create", "alice", adding: ["FINOPS_KEY_PASSPHRASE": "open sesame"])
        let started = try await tool.run("run", "--sandbox", "--format", "json", "--no-screenshots")
        runID = try #require(try started.json()["run_id"] as? String)
    }

    /// Drives a real Chromium through the page of `approve --web`.
    private func browse(_ action: String, _ fields: String...) async throws -> [String: Any] {
        let driver = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .appendingPathComponent("Support/browser.py").path
        let run = try await tool.run(
            ["approve", runID, "--approver", "alice", "--web"],
            through: [PythonProgram.interpreter, driver, action] + fields + ["--"])
        try #require(run.status == 0, "\(run.errors)")
        return try run.json()
    }

    @Test func `the report, what changed and the gates are seen, and a script would see no cookie`() async throws {
        let seen = try await browse("look")
        let text = try #require(seen["text"] as? String)
        #expect(seen["heading"] as? String == "USD 320,071.78 for February 2026 waits for your decision")
        for part in [
            "−21,256.00", "+10,611.51 beyond the number of days", "Amazon Relational Database Service", "G6 advised",
        ] {
            #expect(text.contains(part), "\(part)")
        }
        #expect((seen["report"] as? String)?.contains("Chief financial officer") == true)
        #expect(seen["sideways"] as? [String] == [], "on a phone nothing is read sideways")
        #expect(text.contains("WEAKER MODE No authority stamps the seal: its time is this machine's word."))
        #expect(seen["cookies_seen_by_scripts"] as? String == "")
        #expect(try await tool.run("resume", runID, "--format", "json").status == 75)
    }

    @Test func `an approval in the browser completes the month, and the passphrase lies nowhere`() async throws {
        let seen = try await browse(
            "approve", "review=0", "review=1", "comment=ties out", "digest=DIGEST", "passphrase=open sesame")
        #expect(seen["heading"] as? String == "Approved: February 2026", "\(seen)")
        #expect(seen["status"] as? Int == 0)
        #expect((seen["output"] as? String)?.contains("Approved by alice (event ") == true)
        #expect(try await tool.run("resume", runID, "--format", "json").status == 0)
        #expect(try await tool.run("verify").status == 0)

        let files = try #require(FileManager.default.enumerator(atPath: tool.folder.path))
        for case let name as String in files {
            let bytes = FileManager.default.contents(atPath: "\(tool.folder.path)/\(name)") ?? Data()
            #expect(bytes.range(of: Data("open sesame".utf8)) == nil, "\(name)")
        }
    }

    @Test func `a wrong digest or passphrase approves nothing and is said in words`() async throws {
        let typed = try await browse("approve", "review=0", "comment=x", "digest=yyyyyyyy", "passphrase=open sesame")
        #expect(
            typed["complaint"] as? String == "What you typed is not the digest of this report. Nothing was approved.")
        let locked = try await browse("approve", "review=0", "comment=x", "digest=DIGEST", "passphrase=wrong")
        #expect((locked["complaint"] as? String)?.contains("cannot be opened") == true)
        #expect(try await tool.run("resume", runID, "--format", "json").status == 75)
    }

    @Test func `a rejection with its reason ends the month`() async throws {
        let seen = try await browse("reject", "comment=EC2 is unexplained", "passphrase=open sesame")
        #expect(seen["heading"] as? String == "Rejected: February 2026", "\(seen)")
        #expect(try await tool.run("resume", runID, "--format", "json").status == 17)
    }
}
