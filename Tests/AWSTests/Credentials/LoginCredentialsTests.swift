import FinOps
import HTTP
import Testing

@testable import AWS

@Suite struct LoginCredentialsTests {
    private static let config = "[profile me]\nlogin_session = arn:aws:iam::111122223333:user/ann\n"

    private func ask(_ cache: String?, environment: [String: String] = [:]) async throws -> Credentials {
        let probe = LoginCredentials.cachePath(
            session: "arn:aws:iam::111122223333:user/ann", environment: environment, homeDirectory: "/home/ann")
        var files = ["/home/ann/.aws/config": Self.config]
        files[probe] = cache
        return try await keys(
            ScriptedWire([.failure(.connect)]), environment: environment, profile: "me", files: .memory(files))
    }

    private func cache(_ end: String) -> String {
        #"{"accessToken":{"accessKeyId":"ASIALOGIN","secretAccessKey":"s","sessionToken":"t","accountId":"1","expiresAt":"\#(end)"},"dpopKey":"k"}"#
    }

    @Test func `keys that aws login left are used while they last`() async throws {
        let found = try await ask(cache("2026-03-10T09:14:00Z"))
        #expect(found.accessKeyID == "ASIALOGIN" && found.sessionToken == "t")
    }

    @Test func `what aws login must do again is said as a command`() async {
        for (text, code) in [
            (cache("2026-03-10T08:59:00Z"), "LoginExpired"), ("{}", "LoginUnusable"), (nil, "LoginMissing"),
        ] {
            let trouble = await trouble { try await ask(text) }
            #expect(trouble?.code == code)
            #expect(trouble?.hint?.hasPrefix("run `aws login --profile me`") == true)
        }
    }

    @Test func `the file is named by the SHA-256 of the session, in a folder that can be set`() {
        #expect(
            LoginCredentials.cachePath(
                session: "abc", environment: ["AWS_LOGIN_CACHE_DIRECTORY": "/c"], homeDirectory: "/h")
                == "/c/ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad.json")
    }
}
