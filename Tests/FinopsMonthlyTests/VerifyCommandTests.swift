import Evidence
import FinOps
import Foundation
import TestSupport
import Testing

/// `verify` and `stamp` as an auditor types them, on the example month of this repository.
@Suite("What an auditor types")
struct VerifyCommandTests {
    private static let example = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()
        .appendingPathComponent("evidence/example/finops-reports").path

    private func head() throws -> String {
        try String(contentsOfFile: Self.example + "/HEAD", encoding: .utf8).trimmingCharacters(in: .newlines)
    }

    @Test func `a head known from elsewhere is looked for in the chain`() async throws {
        let tool = try BuiltTool()
        let known = try await tool.run("verify", Self.example, "--expect-head", "sha256:" + head())
        #expect(known.status == 0, "\(known.output)\(known.errors)")
        #expect(known.output.contains("All checks hold: 1 month, chain head sha256:\(try head())"))
        let unknown = try await tool.run("verify", Self.example, "--expect-head", String(repeating: "0", count: 64))
        #expect(unknown.status == 30)
        #expect(unknown.output.contains("FAILED  archive     expected head"))
        let none = try await tool.run("verify", Self.example, "--expect-head", "abc")
        #expect(none.status == 64)
        #expect(none.errors.contains("--expect-head abc"))
    }

    @Test func `an auditor signs what was found, once, and with nothing that does not hold`() async throws {
        let tool = try BuiltTool()
        #expect(try await tool.run("keys", "create", "auditor").status == 0)
        let file = tool.folder.path + "/result.sigstore.json"
        let arguments = [
            "verify", Self.example, "--trust", Self.example + "/trust", "--attest", "auditor", "--attestation", file,
        ]
        let run = try await tool.run(arguments)
        #expect(run.status == 0, "\(run.output)\(run.errors)")
        #expect(run.output.contains("Signed   \(file)"))
        let bundle = try SigstoreBundle(Data(contentsOf: URL(fileURLWithPath: file)))
        let statement = try Statement<AuditorsResult>(payload: bundle.payload)
        #expect(statement.predicate.properties == [.archiveAsSealed, .gatesAgree, .keysPinned])
        #expect(statement.subject.map(\.name) == ["2026-02/tagmanifest-sha256.txt", "HEAD"])
        #expect(statement.predicate.verifier.policies.map(\.name) == ["2026-02/data/policy.json"])
        #expect(try statement.subject.last?.digest.hex == head())
        let again = try await tool.run(arguments)
        #expect(again.status == 64)
        #expect(again.errors.contains("is there already"))

        let copy = tool.folder.path + "/copy"
        try FileManager.default.copyItem(atPath: Self.example, toPath: copy)
        try Data("{}".utf8).write(to: URL(fileURLWithPath: copy + "/2026-02/data/facts.json"))
        let forged = try await tool.run(
            "verify", copy, "--attest", "auditor", "--attestation", tool.folder.path + "/forged.sigstore.json")
        #expect(forged.status == 30)
        let refused = try SigstoreBundle(
            Data(contentsOf: URL(fileURLWithPath: tool.folder.path + "/forged.sigstore.json")))
        #expect(try Statement<AuditorsResult>(payload: refused.payload).predicate.properties.isEmpty)
    }

    @Test func `stamp asks over HTTP, says what became of it, and is asked again after a failure`() async throws {
        try await withStampAuthority { authority in
            let tool = try BuiltTool()
            let archive = tool.folder.path + "/evidence/example/finops-reports"
            try FileManager.default.createDirectory(
                atPath: tool.folder.path + "/evidence/example", withIntermediateDirectories: true)
            try FileManager.default.copyItem(atPath: Self.example, toPath: archive)
            func stamp(_ manner: StampAuthority.Manner...) async throws -> (
                status: Int32, output: String, errors: String
            ) {
                let flags = manner.flatMap { ["--timestamp-authority", authority.url($0)] }
                let run = try await tool.run(["stamp", "--project", "example"] + flags)
                return (run.status, run.output, run.errors)
            }
            let untrusted = try await stamp(.honest)
            #expect(untrusted.status == 1)
            #expect(untrusted.errors.contains("tsa-ca.pem"))
            try Data(authority.rootPEM.utf8).write(to: URL(fileURLWithPath: archive + "/trust/tsa-ca.pem"))
            #expect(try await tool.run("verify", archive).status == 31)
            for manner in [StampAuthority.Manner.error500, .huge, .wrongNonce] {
                let refused = try await stamp(manner)
                #expect(refused.status == 75, "\(manner) \(refused.output)\(refused.errors)")
                #expect(refused.output.contains("unstamped  2026-02"))
            }
            let stamped = try await stamp(.honest, .second)
            #expect(stamped.status == 0, "\(stamped.output)\(stamped.errors)")
            #expect(stamped.output.contains("by CN=Stamps first,O=Test"))
            #expect(stamped.output.contains("by CN=Stamps second,O=Test"))
            #expect(try await stamp(.honest, .second).output.contains("present    2026-02"))
            let verified = try await tool.run("verify", archive)
            #expect(verified.status == 0, "\(verified.output)")
        }
    }

    @Test func `an authority that hangs is given up, and the month is sealed, unstamped`() async throws {
        try await withStampAuthority { authority in
            let tool = try BuiltTool()
            let run = try await tool.run(
                "run", "--sandbox", "--no-input", "--no-screenshots", "--approval-threshold", "100000000",
                "--timestamp-authority", authority.url(.hang))
            #expect(run.status == 0, "\(run.output)\(run.errors)")
            #expect(run.output.contains("unstamped"))
            #expect(run.errors.contains("no time-stamping authority is trusted"))
            let archive = tool.folder.path + "/evidence/cloud-infrastructure/finops-reports"
            try Data(authority.rootPEM.utf8).write(to: URL(fileURLWithPath: archive + "/trust/tsa-ca.pem"))
            let again = try await tool.run(
                "run", "--sandbox", "--restate", "--no-input", "--no-screenshots", "--approval-threshold", "100000000",
                "--timestamp-authority", authority.url(.hang))
            #expect(again.status == 0, "\(again.output)\(again.errors)")
            #expect(again.output.contains("unstamped"))
            let later = try await tool.run("stamp", "--timestamp-authority", authority.url(.hang))
            #expect(later.status == 75, "\(later.output)\(later.errors)")
            #expect(later.output.contains("unstamped"))
            #expect(try await tool.run("stamp", "--timestamp-authority", authority.url()).status == 0)
            #expect(try await tool.run("verify").status == 0)
        }
    }

    @Test func `a decision is stamped where an authority is configured, and stands where none answers`() async throws {
        try await withStampAuthority { authority in
            let tool = try BuiltTool()
            let run = try await tool.run("run", "--sandbox", "--no-input", "--no-screenshots", "--format", "json")
            #expect(run.status == 75, "\(run.output)\(run.errors)")
            let runID = try #require(try run.json()["run_id"] as? String)
            let trust = tool.folder.path + "/evidence/cloud-infrastructure/finops-reports/trust"
            try FileManager.default.createDirectory(atPath: trust, withIntermediateDirectories: true)
            try Data(authority.rootPEM.utf8).write(to: URL(fileURLWithPath: trust + "/tsa-ca.pem"))
            let urls = [authority.url(), authority.url(.error500)].joined(separator: ",")
            let approved = try await tool.approve(runID, adding: ["FINOPS_TIMESTAMP_AUTHORITIES": urls])
            #expect(approved.status == 0, "\(approved.errors)")
            #expect(approved.errors.contains("the decision stands, with 1 stamp(s)"))
            #expect(approved.errors.contains("HTTP status 500"))
            let resumed = try await tool.run(
                "resume", runID, adding: ["FINOPS_TIMESTAMP_AUTHORITIES": authority.url()])
            #expect(resumed.status == 0, "\(resumed.output)\(resumed.errors)")
            let verified = try await tool.run("verify")
            #expect(verified.status == 0, "\(verified.output)")
            #expect(verified.output.contains("approval G7-bob stamp"))
        }
    }

    @Test func `doctor says whether seals will be stamped`() async throws {
        let tool = try BuiltTool()
        func line(_ authorities: String?) async throws -> String {
            let run = try await tool.run(
                "doctor", adding: authorities.map { ["FINOPS_TIMESTAMP_AUTHORITIES": $0] } ?? [:])
            return run.output.split(separator: "\n").first { $0.contains("time stamps") }.map(String.init) ?? ""
        }
        let authority = "http://stamps.example"
        #expect(try await line(nil).contains("none configured"))
        #expect(try await line(authority).contains("no root certificate vouches for \(authority)"))
        let trust = tool.folder.path + "/evidence/cloud-infrastructure/finops-reports/trust"
        try FileManager.default.createDirectory(atPath: trust, withIntermediateDirectories: true)
        try await withStampAuthority { stamps in
            try Data(stamps.rootPEM.utf8).write(to: URL(fileURLWithPath: trust + "/tsa-ca.pem"))
        }
        #expect(try await line(authority).contains(authority))
        #expect(try await line(nil).contains("an authority is trusted, but none is asked"))
    }

    @Test func `without an authority stamp says how to name one`() async throws {
        let run = try await BuiltTool().run("stamp")
        #expect(run.status == 64)
        #expect(run.errors.contains("--timestamp-authority"))
    }
}
