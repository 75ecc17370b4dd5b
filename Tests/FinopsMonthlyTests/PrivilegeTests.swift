import Foundation
import Sandbox
import TestSupport
import Testing

@Suite("Least privilege")
struct PrivilegeTests {
    @Test func `iam-policy prints the policy that the documentation shows, and contacts nobody`() async throws {
        let tool = try BuiltTool(cloud: ["AWS_ENDPOINT_URL": "http://127.0.0.1:1", "AWS_PROFILE": "no-such-profile"])
        let printed = try await tool.run("iam-policy")
        #expect(printed.status == 0, "\(printed.errors)")
        let golden = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "../../docs/iam-policy.json").standardizedFileURL
        if ProcessInfo.processInfo.environment["UPDATE_GOLDEN"] == "1" {
            try Data(printed.output.utf8).write(to: golden)
        }
        #expect(printed.output == (try String(contentsOf: golden, encoding: .utf8)))

        let page = try String(
            contentsOf: golden.deletingLastPathComponent().appending(path: "permissions.md"), encoding: .utf8)
        let policy = try #require(JSONSerialization.jsonObject(with: Data(printed.output.utf8)) as? [String: Any])
        let actions = (policy["Statement"] as? [[String: Any]] ?? []).flatMap { $0["Action"] as? [String] ?? [] }
        #expect(actions.count > 8)
        for action in actions {
            let name = action.split(separator: ":").last ?? ""
            #expect(page.contains(name), "permissions.md does not explain \(action)")
        }

        let monthOnly = try await tool.run("iam-policy", "--month-only")
        #expect(monthOnly.status == 0)
        #expect(!monthOnly.output.contains("iam:"))
    }

    @Test func `doctor names the writes an identity is allowed, and none of a reader's`() async throws {
        try await withSandbox { sandbox in
            let reader = try await Self.finding(sandbox, sandbox.credentials.payer)
            #expect(reader["standing"] == "ok")
            #expect(reader["text"]?.contains("allowed on all resources") == true)

            let writer = try await Self.finding(sandbox, sandbox.credentials.administrator)
            #expect(writer["standing"] == "advice")
            #expect(writer["text"]?.contains("ec2:TerminateInstances") == true)
            #expect(writer["text"]?.contains("organizations:CreateAccount") == true)
            #expect(writer["hint"]?.contains("finops-monthly iam-policy") == true)

            let silent = try await Self.finding(sandbox, sandbox.credentials.member)
            #expect(silent["standing"] == "advice")
            #expect(silent["text"]?.contains("could not be checked") == true)
            #expect(silent["text"]?.contains("iam:SimulatePrincipalPolicy") == true)
            #expect(await sandbox.meter.billedCostExplorerRequests == 0)
        }
    }

    private static func finding(_ sandbox: SandboxServer, _ key: SandboxKey) async throws -> [String: String] {
        let report = try await BuiltTool(sandbox: sandbox, key: key).run("doctor", "--format", "json").json()
        let findings = try #require(report["findings"] as? [[String: Any]])
        let finding = try #require(findings.first { $0["subject"] as? String == "privilege" })
        return finding.compactMapValues { $0 as? String }
    }
}
