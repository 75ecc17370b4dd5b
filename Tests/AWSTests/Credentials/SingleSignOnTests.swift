import FinOps
import Foundation
import HTTP
import OpenSSL
import Sandbox
import Testing

@testable import AWS

@Suite struct SingleSignOnTests {
    private static let config = """
        [sso-session corp]
        sso_start_url = https://corp.example/start
        sso_region = ap-southeast-2
        [profile audit]
        sso_session = corp
        sso_account_id = 111122223333
        sso_role_name = Read only
        [profile old]
        sso_start_url = https://corp.example/start
        sso_region = eu-west-1
        sso_account_id = 111122223333
        sso_role_name = Reader
        """

    private static func path(_ name: String) -> String {
        "/home/ann/.aws/sso/cache/\(SHA1.hexDigest(of: Data(name.utf8))).json"
    }

    private func token(_ end: String, renewable: Bool = true, registered: String = "2026-06-01T00:00:00Z") -> String {
        let renewal =
            #","clientId":"c","clientSecret":"cs","refreshToken":"r1","registrationExpiresAt":"\#(registered)""#
        return #"{"startUrl":"u","region":"x","accessToken":"a1","expiresAt":"\#(end)","other":[1]"#
            + (renewable ? renewal : "") + "}"
    }

    private let roleKeys = ScriptedWire.Step.json(
        #"{"roleCredentials":{"accessKeyId":"ASIASSO","secretAccessKey":"s","sessionToken":"t","expiration":1773144000123}}"#
    )

    private func files(_ token: String?, name: String = "corp") -> SettingsFiles {
        var texts = ["/home/ann/.aws/config": Self.config]
        texts[Self.path(name)] = token
        return .memory(texts)
    }

    @Test func `the file is named by the SHA-1 of the session`() {
        #expect(SHA1.hexDigest(of: Data("abc".utf8)) == "a9993e364706816aba3e25717850c26c9cd0d89d")
    }

    @Test func `a fresh token is shown to the portal of its region`() async throws {
        let wire = ScriptedWire([roleKeys])
        let found = try await keys(wire, profile: "audit", files: files(token("2026-03-10T12:00:00Z")))
        #expect(found.accessKeyID == "ASIASSO" && found.expiration == Timestamp("2026-03-10T12:00:00Z"))
        #expect(
            wire.requests.map(\.url) == [
                "https://portal.sso.ap-southeast-2.amazonaws.com/federation/credentials?role_name=Read%20only"
                    + "&account_id=111122223333"
            ])
        #expect(wire.requests[0].method == "GET")
        #expect(wire.requests[0].headers["x-amz-sso_bearer_token"] == "a1")
        #expect(wire.requests[0].headers["Authorization"] == nil)
    }

    @Test func `a token about to end is renewed and put back with everything else in the file`() async throws {
        let wire = ScriptedWire([.json(#"{"accessToken":"a2","expiresIn":3600,"refreshToken":"r2"}"#), roleKeys])
        let files = files(token("2026-03-10T09:14:00Z"))
        _ = try await keys(wire, profile: "audit", files: files)
        #expect(wire.requests[0].url == "https://oidc.ap-southeast-2.amazonaws.com/token")
        #expect(
            wire.requests[0].bodyText
                == #"{"clientId":"c","clientSecret":"cs","grantType":"refresh_token","refreshToken":"r1"}"#)
        #expect(wire.requests[1].headers["x-amz-sso_bearer_token"] == "a2")
        #expect(
            try files.text(Self.path("corp"))
                == #"{"accessToken":"a2","clientId":"c","clientSecret":"cs","expiresAt":"2026-03-10T10:00:00Z","#
                + #""other":[1],"refreshToken":"r2","region":"x","registrationExpiresAt":"2026-06-01T00:00:00Z","#
                + #""startUrl":"u"}"#)
    }

    @Test func `a renewal that fails leaves the old token to its end`() async throws {
        let wire = ScriptedWire([.refusal("InvalidGrantException"), roleKeys])
        let found = try await keys(wire, profile: "audit", files: files(token("2026-03-10T09:14:00Z")))
        #expect(found.accessKeyID == "ASIASSO")
        #expect(wire.requests[1].headers["x-amz-sso_bearer_token"] == "a1")
    }

    @Test(arguments: [
        (nil, "SSOTokenMissing"), ("{}", "SSOTokenUnusable"), ("2026-03-10T08:59:00Z", "SSOTokenExpired"),
    ])
    func `without a sign-in the exact command is said and nothing is sent`(end: String?, code: String) async throws {
        let wire = ScriptedWire([roleKeys])
        let text = end.map { $0 == "{}" ? $0 : token($0, renewable: false) }
        let trouble = await trouble { try await keys(wire, profile: "audit", files: files(text)) }
        #expect(trouble?.kind == .notSignedIn && trouble?.code == code)
        #expect(trouble?.hint == "run `aws sso login --profile audit`")
        #expect(wire.requests.isEmpty)
    }

    @Test func `a registration that has ended renews nothing`() async throws {
        let wire = ScriptedWire([roleKeys])
        let text = token("2026-03-10T08:59:00Z", registered: "2026-03-01T00:00:00Z")
        let trouble = await trouble { try await keys(wire, profile: "audit", files: files(text)) }
        #expect(trouble?.code == "SSOTokenExpired")
        #expect(wire.requests.isEmpty)
    }

    @Test func `the older form is cached by its start URL and never renewed`() async throws {
        let wire = ScriptedWire([roleKeys])
        let files = files(token("2026-03-10T09:14:00UTC"), name: "https://corp.example/start")
        _ = try await keys(wire, profile: "old", files: files)
        #expect(wire.requests.count == 1)
        #expect(wire.requests[0].url.hasPrefix("https://portal.sso.eu-west-1.amazonaws.com/"))
    }

    @Test func `a portal that no longer accepts, and a role that is not ours, are told apart`() async throws {
        let fresh = token("2026-03-10T12:00:00Z")
        let revoked = await trouble {
            try await keys(
                ScriptedWire([.refusal("UnauthorizedException", status: 401)]), profile: "audit", files: files(fresh))
        }
        #expect(revoked?.kind == .notSignedIn && revoked?.hint == "run `aws sso login --profile audit`")
        let foreign = await trouble {
            try await keys(
                ScriptedWire([.refusal("ForbiddenException", status: 403)]), profile: "audit", files: files(fresh))
        }
        #expect(foreign?.kind == .accessDenied && foreign?.hint?.contains("sso_role_name (Read only)") == true)
    }

    @Test func `the sample estate signs in, renews and serves a chained role`() async throws {
        let sandbox = try await SandboxServer.start(SandboxOptions())
        let outcome: Result<Void, any Error>
        do {
            outcome = .success(try await signIn(sandbox))
        } catch { outcome = .failure(error) }
        await sandbox.stop()
        try outcome.get()
    }

    private func signIn(_ sandbox: SandboxServer) async throws {
        let signIn = SandboxSignIn()
        let now = RealTimeClock().now()
        let cache = """
            {"accessToken":"\(signIn.accessToken)","expiresAt":"\(now.adding(seconds: 60))",\
            "clientId":"\(signIn.clientID)","clientSecret":"\(signIn.clientSecret)",\
            "refreshToken":"\(signIn.refreshToken)","registrationExpiresAt":"\(now.adding(seconds: 86_400))"}
            """
        let payer = sandbox.estate.payer.id
        let member = sandbox.estate.accounts[3].id
        let config = """
            [sso-session corp]
            sso_start_url = https://corp.example/start
            sso_region = us-east-1
            [profile payer]
            sso_session = corp
            sso_account_id = \(payer)
            sso_role_name = Reader
            [profile member]
            role_arn = arn:aws:iam::\(member):role/Audit
            source_profile = payer
            role_session_name = ann
            """
        let texts = ["/home/ann/.aws/config": config, Self.path("corp"): cache]
        try await withHTTP { http in
            let environment = ["AWS_ENDPOINT_URL": sandbox.url.absoluteString]
            let services = try self.services(http, environment, "member", texts)
            let caller = try await services.identity.callerIdentity()
            #expect(caller.arn == "arn:aws:sts::\(member):assumed-role/Audit/ann")
            #expect(await sandbox.meter.requests["sso-oidc:CreateToken"] == 1)
            #expect(await sandbox.meter.requests["sso:GetRoleCredentials"] == 1)
            #expect(await sandbox.meter.refusedSignatures == 0)

            // The refresh token was used up, and the old access token with it.
            let late = try self.services(http, environment, "payer", texts)
            let trouble = await trouble { try await late.identity.callerIdentity() }
            #expect(trouble?.code == "UnauthorizedException" && trouble?.kind == .notSignedIn)
        }
    }

    private func services(
        _ http: HTTPClient, _ environment: [String: String], _ profile: String, _ texts: [String: String]
    ) throws -> AWSServices {
        try AWSTests.services(http, environment: environment, profile: profile, files: texts, clock: RealTimeClock())
    }
}
