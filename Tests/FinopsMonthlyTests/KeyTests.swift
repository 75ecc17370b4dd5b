import Foundation
import TestSupport
import Testing

@Suite("Keys, as people keep them")
struct KeyTests {
    let tool: BuiltTool

    init() throws { tool = try BuiltTool() }

    private func file(_ name: String, _ text: String, mode: Int = 0o600) throws -> String {
        let path = "\(tool.folder.path)/\(name)"
        try Data(text.utf8).write(to: URL(fileURLWithPath: path))
        try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: path)
        return path
    }

    private func encrypted(_ name: String) throws -> Bool {
        String(decoding: try tool.file("config/finops-monthly/keys/\(name).key"), as: UTF8.self).contains("ENCRYPTED")
    }

    @Test func `a passphrase from a file or a command opens the key, and is printed nowhere`() async throws {
        let path = try file("passphrase-bob", "correct horse\n")
        let sources = [
            ["FINOPS_KEY_PASSPHRASE_FILE": "\(tool.folder.path)/passphrase-{name}"],
            ["FINOPS_KEY_PASSPHRASE_COMMAND": "test \"$FINOPS_KEY_NAME\" = bob && cat \(path)"],
        ]
        let made = try await tool.run(
            "keys", "create", "bob", through: ["-u", "FINOPS_KEY_PASSPHRASE"], adding: sources[0])
        #expect(made.status == 0, "\(made.errors)")
        #expect(try encrypted("bob"))
        let started = try await tool.run("run", "--sandbox", "--format", "json", "--no-screenshots")
        let runID = try #require(try started.json()["run_id"] as? String)

        let refused = try await tool.approve(runID)
        #expect(refused.status != 0)
        #expect(refused.errors.contains("needs its passphrase"))
        for source in sources {
            let approved = try await tool.approve(runID, adding: source)
            #expect(approved.status == 0, "\(approved.errors)")
            #expect(!(approved.output + approved.errors).contains("correct horse"))
        }
        let wrong = try await tool.approve(runID, adding: ["FINOPS_KEY_PASSPHRASE_COMMAND": "echo not-the-secret"])
        #expect(wrong.errors.contains("cannot be opened"))
        #expect(!wrong.errors.contains("not-the-secret"))
        let failed = try await tool.approve(runID, adding: ["FINOPS_KEY_PASSPHRASE_COMMAND": "echo hush; exit 3"])
        #expect(failed.status == 64)
        #expect(failed.errors.contains("ended with 3"))
        #expect(!failed.errors.contains("hush"))
    }

    @Test func `a passphrase file that others can read is refused`() async throws {
        let path = try file("passphrase", "correct horse\n", mode: 0o644)
        let made = try await tool.run(
            "keys", "create", "bob", through: ["-u", "FINOPS_KEY_PASSPHRASE"],
            adding: ["FINOPS_KEY_PASSPHRASE_FILE": path])
        #expect(made.status == 64)
        #expect(made.errors.contains("chmod 600"))
    }

    @Test func `rotated keys carry on, and the list says for which months each counts`() async throws {
        try await tool.run("keys", "create", "bob")
        try await tool.run("keys", "create", "runner")
        let rotated = try await tool.run("keys", "rotate", "bob")
        #expect(rotated.status == 0, "\(rotated.errors)")
        #expect(rotated.output.contains("from place 1 of the chain"))
        let started = try await tool.run("run", "--sandbox", "--format", "json", "--no-screenshots")
        let runID = try #require(try started.json()["run_id"] as? String)
        #expect(try await tool.approve(runID).status == 0)
        #expect(try await tool.run("resume", runID, "--format", "json").status == 0)

        for name in ["bob", "runner"] { #expect(try await tool.run("keys", "rotate", name).status == 0) }
        let list = try await tool.run("keys", "list")
        #expect(list.output.contains("trusted  approver bob for places 1 to 1 of the chain\n"))
        #expect(list.output.contains("trusted  approver bob from place 2 of the chain\n"))
        #expect(list.output.contains("trusted  runner up to place 1 of the chain\n"))
        #expect(try await tool.run("verify").status == 0)
    }

    @Test func `doctor says when the quorum can be met by nobody but the one who asks`() async throws {
        try await tool.run("keys", "create", "engineer")
        let alone = try await tool.run("doctor")
        #expect(alone.output.contains("1 approver(s) needed besides engineer, 0 trusted"))
        #expect(alone.status == 1)
        try await tool.run("keys", "create", "bob")
        let two = try await tool.run("doctor", adding: ["FINOPS_APPROVAL_QUORUM": "2"])
        #expect(two.output.contains("2 approver(s) needed besides engineer, 1 trusted"))
        #expect(try await tool.run("doctor").output.contains("1 of bob"))
    }

    @Test func `a public key from another machine is trusted by its hint`() async throws {
        let other = try BuiltTool()
        try await other.run("keys", "create", "carol")
        let path = "\(other.folder.path)/config/finops-monthly/keys/carol.pub"
        let trusted = try await tool.run("keys", "trust", "carol", path)
        #expect(trusted.status == 0, "\(trusted.errors)")
        #expect(trusted.output.contains("Hint     "))
        #expect(try await tool.run("keys", "list").output.contains("trusted  approver carol for every month"))
        let wrong = try await tool.run("keys", "trust", "dave", try file("dave.pub", "no key"))
        #expect(wrong.status == 64)
    }
}
