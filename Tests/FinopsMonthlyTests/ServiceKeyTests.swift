import Foundation
import TestSupport
import Testing

@Suite("A key that AWS KMS keeps")
struct ServiceKeyTests {
    private static let makeKey = """
        import boto3, sys
        kms = boto3.client("kms", endpoint_url=sys.argv[1], region_name="eu-west-1")
        print(kms.create_key(KeySpec="ECC_NIST_P256", KeyUsage="SIGN_VERIFY")["KeyMetadata"]["Arn"], end="")
        """

    @Test func `signs approvals and seals, and what it signed verifies offline`() async throws {
        try await withMoto { moto in
            let made = try await moto.python(Self.makeKey)
            let arn = made.output
            try #require(arn.hasPrefix("arn:aws:kms:eu-west-1:"), "\(made.errors)")
            let tool = try BuiltTool(cloud: [
                "AWS_ENDPOINT_URL_KMS": moto.url, "AWS_ACCESS_KEY_ID": "x", "AWS_SECRET_ACCESS_KEY": "y",
            ])
            let created = try await tool.run("keys", "create", "alice", "--kms", arn)
            #expect(created.status == 0, "\(created.errors)")
            #expect(created.output.contains("kept by \(arn)"))
            // The key that seals is another one there.
            let second = try await moto.python(Self.makeKey)
            #expect(try await tool.run("keys", "create", "runner", "--kms", second.output).status == 0)

            let started = try await tool.run("run", "--sandbox", "--format", "json", "--no-screenshots")
            let runID = try #require(try started.json()["run_id"] as? String)
            let approved = try await tool.approve(runID, as: "alice")
            #expect(approved.status == 0, "\(approved.errors)")
            let resumed = try await tool.run("resume", runID, "--format", "json")
            #expect(resumed.status == 0, "\(resumed.errors)")

            // The service is gone, and what it signed still holds.
            moto.stop()
            #expect(try await tool.run("verify").status == 0)
            let refused = try await tool.run("keys", "create", "carol", "--kms", arn)
            #expect(refused.status != 0)
            #expect(refused.errors.contains("the key \(arn) cannot be used"))
        }
    }

    @Test func `a name that is no ARN is refused before anybody is asked`() async throws {
        let run = try await BuiltTool().run("keys", "create", "alice", "--kms", "alias/finops")
        #expect(run.status == 64)
        #expect(run.errors.contains("is not the ARN of a key"))
    }
}
