import Foundation
import Sandbox
import TestSupport
import Testing

/// A profile with `mfa_serial`, used by the built program: on a terminal a person is asked, elsewhere nobody is.
@Suite("A one-time code")
struct OneTimeCodePromptTests {
    private static let device = "arn:aws:iam::111122223333:mfa/ann"
    private static let month = [
        "run", "--month", "2026-02", "--all-profile", "audit", "--no-screenshots", "--approval-threshold", "1000000.00",
    ]

    private func withTool(_ body: (BuiltTool, SandboxServer) async throws -> Void) async throws {
        try await withSandbox { server in
            let tool = try BuiltTool(cloud: ["AWS_ENDPOINT_URL": server.url.absoluteString, "AWS_REGION": "us-east-1"])
            let key = server.credentials.payer
            let profile = """
                [profile audit]
                role_arn = arn:aws:iam::\(server.estate.payer.id):role/Reader
                source_profile = base
                mfa_serial = \(Self.device)
                [profile base]
                aws_access_key_id = \(key.accessKeyID)
                aws_secret_access_key = \(key.secretAccessKey)
                """
            let folder = tool.folder[".aws"]
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
            try Data(profile.utf8).write(to: URL(filePath: folder + "/config"))
            try await body(tool, server)
        }
    }

    @Test func `is asked for once on the terminal, unseen, and opens the whole month`() async throws {
        try await withTool { tool, server in
            let run = try await tool.run(Self.month, answering: [server.signIn.oneTimeCode])
            #expect(run.status == 0, "\(run.output)")
            #expect(run.output.components(separatedBy: "Enter MFA code for \(Self.device): ").count == 2)
            #expect(!run.output.contains(server.signIn.oneTimeCode))
            #expect(await server.meter.requests["sts:AssumeRole"] == 1)
        }
    }

    @Test func `that is wrong ends at the gate of authentication, without a total`() async throws {
        try await withTool { tool, server in
            let run = try await tool.run(Self.month, answering: ["000000"])
            #expect(run.status == 11, "\(run.output)")
            #expect(run.output.contains("MultiFactorAuthentication failed"))
            #expect(!run.output.contains("Total"))
            #expect(await server.meter.billedCostExplorerRequests == 0)
        }
    }

    @Test(arguments: [["setsid", "--wait"], []])
    func `is not waited for where nobody sits, and the hint says what to do`(wrapper: [String]) async throws {
        try await withTool { tool, server in
            let arguments = Self.month + (wrapper.isEmpty ? ["--no-input"] : [])
            let run = try await tool.run(arguments, through: ["-u", "CI"] + wrapper)
            #expect(run.status == 11, "\(run.output)")
            let said = run.output + run.errors
            #expect(said.contains("nobody can be asked here"))
            #expect(said.contains("aws configure export-credentials --profile audit"))
            #expect(await server.meter.requests["sts:AssumeRole"] == nil)
        }
    }
}
