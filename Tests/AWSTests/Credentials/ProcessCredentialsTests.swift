import FinOps
import Foundation
import HTTP
import Testing

@testable import AWS

@Suite struct ProcessCredentialsTests {
    /// Says what a test wants, and keeps what it was asked to run.
    private final class Runner: ProcessRunner {
        let result: ProcessResult
        let ran = Locked<[ProcessInvocation]>([])

        init(_ output: String, errors: String = "", status: Int? = 0) {
            result = ProcessResult(
                exitStatus: status, standardOutput: Data(output.utf8), standardError: Data(errors.utf8))
        }

        func run(_ invocation: ProcessInvocation) async throws -> ProcessResult {
            ran.withLock { $0.append(invocation) }
            return result
        }
    }

    private static let files = [
        "/home/ann/.aws/config": """
        [profile keys]
        credential_process = /opt/keys --for 'two words' "$HOME"
        """
    ]

    private func ask(_ runner: Runner?) async throws -> Credentials {
        try await keys(
            ScriptedWire([.failure(.connect)]), environment: ["PATH": "/bin"], profile: "keys",
            files: .memory(Self.files), aids: SignInAids(processes: runner))
    }

    @Test func `the program gets its arguments as split, and the environment as it is`() async throws {
        let runner = Runner(
            #"{"Version":1,"AccessKeyId":"ASIA1","SecretAccessKey":"s","SessionToken":"t","Expiration":"2026-03-10T15:00:00+00:00","Extra":{}}"#
        )
        let found = try await ask(runner)
        #expect(
            found
                == Credentials(
                    accessKeyID: "ASIA1", secretAccessKey: "s", sessionToken: "t",
                    expiration: Timestamp("2026-03-10T15:00:00Z")))
        let ran = runner.ran.withLock { $0 }
        #expect(ran.count == 1 && ran[0].executable == "/opt/keys")
        #expect(ran[0].arguments == ["--for", "two words", "$HOME"])
        #expect(ran[0].environment == ["PATH": "/bin"])
    }

    @Test func `keys without an end are kept`() async throws {
        let runner = Runner(#"{"Version":1,"AccessKeyId":"AKIA1","SecretAccessKey":"s"}"#)
        let found = try await ask(runner)
        #expect(found.expiration == nil && found.sessionToken == nil)
    }

    @Test(arguments: [
        (#"{"Version":2,"AccessKeyId":"a","SecretAccessKey":"b"}"#, "CredentialProcessVersion"),
        (#"{"AccessKeyId":"a","SecretAccessKey":"topsecret"}"#, "CredentialProcessVersion"),
        (#"{"Version":1,"SecretAccessKey":"topsecret"}"#, "CredentialProcessUnreadable"),
        (
            #"{"Version":1,"AccessKeyId":"a","SecretAccessKey":"topsecret","Expiration":"soon"}"#,
            "CredentialProcessUnreadable"
        ),
        ("topsecret", "CredentialProcessUnreadable"), ("", "CredentialProcessUnreadable"),
        (
            #"{"Version":1,"AccessKeyId":"a","SecretAccessKey":"topsecret","Expiration":"2026-03-10T08:59:00Z"}"#,
            "ExpiredKeys"
        ),
    ])
    func `output that is not AWS's is trouble, and never quoted`(output: String, code: String) async {
        let trouble = await trouble { try await ask(Runner(output)) }
        #expect(trouble?.kind == .notSignedIn && trouble?.code == code)
        #expect(trouble?.message.contains("topsecret") == false)
    }

    @Test func `a program that fails is told by its last words`() async {
        let runner = Runner("", errors: "starting\n\u{1B}[31mno ticket\n\n", status: 3)
        let trouble = await trouble { try await ask(runner) }
        #expect(trouble?.code == "CredentialProcessFailed")
        #expect(trouble?.message == "credential_process of profile keys: ended with 3: [31mno ticket")
        let killed = await self.trouble { try await ask(Runner("", status: nil)) }
        #expect(killed?.message.contains("120 seconds") == true)
    }

    @Test func `where programs cannot be run that is said`() async {
        #expect(await trouble { try await ask(nil) }?.code == "CredentialProcessNotRun")
    }

    private func trouble(_ body: () async throws -> some Any) async -> Trouble? { await AWSTests.trouble(body) }
}
