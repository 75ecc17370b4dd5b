import FinOps
import Foundation
import HTTP
import OpenSSL
import Testing

@testable import AWS

/// The clock says 2026-03-10T09:00:00Z.
@Suite struct LoginCredentialsTests {
    private static let session = "arn:aws:iam::111122223333:user/ann"
    private static let config = "[profile me]\nlogin_session = \(session)\nregion = ap-southeast-2\n"
    private static let path = LoginCredentials.cachePath(
        session: session, environment: [:], homeDirectory: "/home/ann")

    private let key: ECDSAPrivateKey

    init() throws { key = try ECDSAPrivateKey.generate() }

    private func cache(_ end: String, isRenewable: Bool = true) throws -> String {
        var members = [
            #""accessToken":{"accessKeyId":"ASIAOLD","secretAccessKey":"s","sessionToken":"t","accountId":"1","#
                + #""expiresAt":"\#(end)"}"#, #""idToken":"i""#, #""tokenType":"aws_sigv4""#,
        ]
        if isRenewable {
            let pem = try key.pem().replacing("\n", with: #"\n"#)
            members += [
                #""clientId":"arn:aws:signin:::devtools/same-device""#, #""refreshToken":"r1""#,
                #""dpopKey":"\#(pem)""#,
            ]
        }
        return "{\(members.joined(separator: ","))}"
    }

    private static func answer(_ id: String) -> ScriptedWire.Step {
        .json(
            #"{"accessToken":{"accessKeyId":"\#(id)","secretAccessKey":"s2","sessionToken":"t2"},"#
                + #""tokenType":"aws_sigv4","expiresIn":900,"refreshToken":"r2"}"#)
    }

    private func files(_ cache: String?) -> SettingsFiles {
        var files = ["/home/ann/.aws/config": Self.config]
        files[Self.path] = cache
        return .memory(files)
    }

    @Test func `keys that aws login left are used while they last`() async throws {
        let wire = ScriptedWire([.failure(.connect)])
        let found = try await keys(wire, profile: "me", files: files(cache("2026-03-10T09:05:01Z")))
        #expect(found.accessKeyID == "ASIAOLD" && found.sessionToken == "t")
        #expect(wire.requests.isEmpty)
    }

    @Test(arguments: ["2026-03-10T09:05:00Z", "2026-03-10T09:00:00Z", "2026-03-01T00:00:00Z"])
    func `five minutes before their end they are renewed, and put back for AWS's own tools`(end: String) async throws {
        let files = try files(cache(end))
        let wire = ScriptedWire([Self.answer("ASIANEW")])
        let found = try await keys(wire, profile: "me", files: files)
        #expect(found.accessKeyID == "ASIANEW" && found.expiration == Timestamp("2026-03-10T09:15:00Z"))

        let request = wire.requests[0]
        #expect(request.method == "POST" && request.headers["Authorization"] == nil)
        #expect(request.url == "https://ap-southeast-2.signin.aws.amazon.com/v1/token")
        #expect(
            request.bodyText
                == #"{"clientId":"arn:aws:signin:::devtools/same-device","grantType":"refresh_token","refreshToken":"r1"}"#
        )
        let text = try #require(try files.text(Self.path))
        let members = try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
        let kept = try #require(members["accessToken"] as? [String: String])
        #expect(
            kept == [
                "accessKeyId": "ASIANEW", "secretAccessKey": "s2", "sessionToken": "t2", "accountId": "1",
                "expiresAt": "2026-03-10T09:15:00Z",
            ])
        #expect(members["refreshToken"] as? String == "r2")
        #expect(members["idToken"] as? String == "i")
        #expect(members["dpopKey"] as? String == (try key.pem()))
    }

    @Test func `the renewal shows possession of the key`() async throws {
        let wire = ScriptedWire([Self.answer("ASIANEW")])
        _ = try await keys(wire, profile: "me", files: files(cache("2026-03-10T09:00:00Z")))
        let proof = try #require(wire.requests[0].headers["DPoP"])
        let parts = proof.split(separator: ".").map(String.init)
        try #require(parts.count == 3 && parts.allSatisfy { !$0.contains("=") })
        let (header, claims) = (try Self.json(parts[0]), try Self.json(parts[1]))
        #expect(header["alg"] as? String == "ES256" && header["typ"] as? String == "dpop+jwt")
        #expect(claims["htm"] as? String == "POST")
        #expect(claims["htu"] as? String == wire.requests[0].url)
        #expect(claims["iat"] as? Int == Timestamp("2026-03-10T09:00:00Z")!.secondsSinceEpoch)
        #expect((claims["jti"] as? String)?.count == 36)
        // Nothing of the private half.
        #expect((header["jwk"] as? [String: String])?.keys.sorted() == ["crv", "kty", "x", "y"])
    }

    @Test func `somebody else's renewal a moment ago is taken`() async throws {
        let files = try files(cache("2026-03-10T09:00:00Z"))
        let other = try cache("2026-03-10T09:14:00Z").replacing("ASIAOLD", with: "ASIAOTHER")
        let wire = ReplacingWire {
            try files.replace(Self.path, other)
            return try await ScriptedWire([.refusal("AccessDeniedException", status: 401)]).send($0)
        }
        #expect(try await keys(wire, profile: "me", files: files).accessKeyID == "ASIAOTHER")
    }

    @Test func `keys that still hold serve when they cannot be renewed`() async throws {
        let wire = ScriptedWire([.refusal("AccessDeniedException", status: 403)])
        let found = try await keys(wire, profile: "me", files: files(cache("2026-03-10T09:04:00Z")))
        #expect(found.accessKeyID == "ASIAOLD" && wire.requests.count == 1)
    }

    @Test func `what aws login must do again is said as a command`() async throws {
        let ended = "2026-03-10T08:59:00Z"
        let refused = ScriptedWire.Step.json(
            #"{"error":"TOKEN_EXPIRED","message":"the session is over"}"#, status: 401,
            ["x-amzn-ErrorType": "AccessDeniedException"])
        for (text, code) in [
            (try cache(ended, isRenewable: false), "LoginExpired"), ("{}", "LoginUnusable"), (nil, "LoginMissing"),
            (try cache(ended).replacing("BEGIN", with: "BEGUN"), "LoginExpired"),
            (try cache(ended), "AccessDeniedException"),
        ] {
            let trouble = await trouble {
                try await keys(ScriptedWire([refused]), profile: "me", files: files(text))
            }
            #expect(trouble?.code == code)
            #expect(trouble?.kind == .notSignedIn)
            #expect(trouble?.hint == "run `aws login --profile me`")
            #expect(trouble?.message.contains("r1") == false)
        }
    }

    @Test func `a sign-in service out of reach is not a refusal`() async throws {
        let cache = try cache("2026-03-10T08:59:00Z")
        let trouble = await trouble {
            try await keys(ScriptedWire([.failure(.connect)]), profile: "me", files: files(cache))
        }
        #expect(trouble?.kind == .unreachable && trouble?.hint == nil)
    }

    @Test func `the file is named by the SHA-256 of the session, in a folder that can be set`() {
        #expect(
            LoginCredentials.cachePath(
                session: "abc", environment: ["AWS_LOGIN_CACHE_DIRECTORY": "/c"], homeDirectory: "/h")
                == "/c/ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad.json")
    }

    private static func json(_ part: String) throws -> [String: Any] {
        let base64 = part.replacing("-", with: "+").replacing("_", with: "/")
        let padded = base64 + String(repeating: "=", count: (4 - base64.count % 4) % 4)
        let bytes = try #require(Data(base64Encoded: padded))
        return try #require(try JSONSerialization.jsonObject(with: bytes) as? [String: Any])
    }
}

/// A wire that does something before it answers.
private struct ReplacingWire: HTTPSending {
    let answer: @Sendable (HTTPRequest) async throws -> HTTPResponse

    func send(_ request: HTTPRequest) async throws -> HTTPResponse { try await answer(request) }
}
