import Foundation
import TestSupport
import Testing

@Suite("A decision on another machine")
struct OfflineApprovalTests {
    let runner: BuiltTool
    let laptop: BuiltTool
    let runID: String

    init() async throws {
        runner = try BuiltTool()
        laptop = try BuiltTool()
        try await laptop.run("keys", "create", "bob")
        let trusted = try await runner.run(
            "keys", "trust", "bob", "\(laptop.folder.path)/config/finops-monthly/keys/bob.pub")
        try #require(trusted.status == 0, "\(trusted.errors)")
        let started = try await runner.run("run", "--sandbox", "--format", "json", "--no-screenshots")
        runID = try #require(try started.json()["run_id"] as? String)
        for name in ["approval-request.json", "facts.json", "reports"] {
            try FileManager.default.copyItem(
                atPath: "\(runner.runFolder(runID))/\(name)", toPath: "\(laptop.folder.path)/\(name)")
        }
    }

    private var digest: String {
        get throws {
            let request = try JSONSerialization.jsonObject(with: laptop.file("approval-request.json"))
            return try #require((request as? [String: Any])?["deliverables"] as? String)
        }
    }

    private func approve(_ more: String...) async throws -> BuiltTool.Run {
        try await laptop.run(
            [
                "approve", "--request", "approval-request.json", "--report", ".", "--approver", "bob", "--digest",
                String(try digest.prefix(8)), "--reviewed", "the CFO page", "--comment", "ties out",
            ] + more)
    }

    private var signed: String { "\(laptop.folder.path)/G7-bob.sigstore.json" }

    @Test func `is signed there, brought back as a file, and completes the month`() async throws {
        let approved = try await approve()
        #expect(approved.status == 0, "\(approved.errors)")
        #expect(approved.output.contains("Approved by bob, signed in ./G7-bob.sigstore.json"))
        let resumed = try await runner.run("resume", runID, "--decision", signed)
        #expect(resumed.status == 0, "\(resumed.errors)")
        #expect(resumed.output.contains("approved by bob"))
        #expect(try await runner.run("verify").status == 0)

        // What was used once is used up.
        let again = try await runner.run("resume", runID, "--decision", signed)
        #expect(again.status == 64)
        #expect(again.errors.contains("does not wait for a decision"))
    }

    @Test func `a file laid into the folder of the run is taken in as well, once, whatever lies beside it`()
        async throws
    {
        _ = try await approve()
        let folder = "\(runner.runFolder(runID))/decisions"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        try FileManager.default.copyItem(atPath: signed, toPath: "\(folder)/from-bob.sigstore.json")
        try Data("{}".utf8).write(to: URL(fileURLWithPath: "\(folder)/noise.sigstore.json"))
        // A gigabyte, sparse: it is looked at, not read.
        let giant = "\(folder)/giant.sigstore.json"
        try Data().write(to: URL(fileURLWithPath: giant))
        try FileHandle(forWritingTo: URL(fileURLWithPath: giant)).truncate(atOffset: 1 << 30)
        let resumed = try await runner.run(
            "resume", runID, "--format", "json", through: ["prlimit", "--rss=300000000"])
        #expect(resumed.status == 0, "\(resumed.errors)")
        let gates = try #require(try resumed.json()["gates"] as? [[String: Any]])
        let reasons = try #require(gates.first { $0["id"] as? String == "G7" }?["reasons"] as? [String])
        #expect(reasons.contains { $0.contains("giant.sigstore.json: it is larger than any decision") })
        #expect(reasons.contains { $0.contains("noise.sigstore.json: it is not a decision") })
    }

    @Test func `is about the very bytes that were carried along`() async throws {
        let page = "\(laptop.folder.path)/reports/cfo.html"
        let facts = "\(laptop.folder.path)/facts.json"
        let bytes = try (Data(contentsOf: URL(fileURLWithPath: page)), Data(contentsOf: URL(fileURLWithPath: facts)))
        try (bytes.0 + Data(" ".utf8)).write(to: URL(fileURLWithPath: page))
        var refused = try await approve()
        #expect(refused.status == 64)
        #expect(refused.errors.contains("not the ones the request names"))
        try bytes.0.write(to: URL(fileURLWithPath: page))
        try (bytes.1 + Data(" ".utf8)).write(to: URL(fileURLWithPath: facts))
        refused = try await approve()
        #expect(refused.errors.contains("facts.json is not the one the request names"))
        try bytes.1.write(to: URL(fileURLWithPath: facts))
        try FileManager.default.removeItem(atPath: page)
        refused = try await approve()
        #expect(refused.status == 64)
        #expect(!FileManager.default.fileExists(atPath: signed))
    }

    @Test func `a request that expired is not signed, and an edited one does not count`() async throws {
        let path = "\(laptop.folder.path)/approval-request.json"
        let text = try String(contentsOfFile: path, encoding: .utf8)
        func rewrite(_ field: String, _ value: String) throws {
            let edited = text.replacing(try Regex("\"\(field)\":\"[^\"]*\""), with: "\"\(field)\":\"\(value)\"")
            try #require(edited != text)
            try Data(edited.utf8).write(to: URL(fileURLWithPath: path))
        }
        try rewrite("expiresOn", "2026-11-01T00:00:00Z")
        let late = try await approve()
        #expect(late.status == 64)
        #expect(late.errors.contains("it came after the request expired"))

        try rewrite("total", "1.00 USD")
        #expect(try await approve().status == 0)
        let resumed = try await runner.run("resume", runID, "--decision", signed)
        #expect(resumed.status == 64)
        #expect(resumed.errors.contains("total, threshold, requester or dates are not those of the request"))
        #expect(try await runner.run("resume", runID, "--format", "json").status == 75)
    }

    @Test(arguments: [
        ["approve", "--approver", "bob"], ["approve", "RUN", "--request", "x", "--approver", "bob"],
        ["approve", "--request", "approval-request.json", "--approver", "bob"],
        ["approve", "--request", "facts.json", "--report", ".", "--approver", "bob"],
        ["approve", "RUN", "--out", ".", "--approver", "bob"],
    ])
    func `what cannot be honoured is refused`(arguments: [String]) async throws {
        #expect(try await laptop.run(arguments).status == 64)
    }
}
