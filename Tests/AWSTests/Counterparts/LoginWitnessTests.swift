import FinOps
import Foundation
import OpenSSL
import TestSupport
import Testing

@testable import AWS

/// botocore renews what `aws login` left, and so do we: the same question, the same proof, the same file afterwards.
@Suite struct LoginWitnessTests {
    /// Prints the access key that a profile's keys were renewed to.
    private static let renew = """
        import botocore.session
        print(botocore.session.Session(profile="me").get_credentials().get_frozen_credentials().access_key)
        """

    /// Checks a proof as RFC 9449 wants it checked, with other people's cryptography; prints its claims.
    private static let check = """
        import base64, json, sys
        from cryptography.hazmat.primitives import hashes
        from cryptography.hazmat.primitives.asymmetric import ec, utils
        def part(text):
            return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
        header, claims, signature = sys.argv[2].split(".")
        said = json.loads(part(header))
        jwk = said.pop("jwk")
        x, y = (int.from_bytes(part(jwk[name]), "big") for name in "xy")
        key = ec.EllipticCurvePublicNumbers(x, y, ec.SECP256R1()).public_key()
        numbers = part(signature)
        assert len(numbers) == 64
        der = utils.encode_dss_signature(int.from_bytes(numbers[:32], "big"), int.from_bytes(numbers[32:], "big"))
        key.verify(der, f"{header}.{claims}".encode(), ec.ECDSA(hashes.SHA256()))
        print(json.dumps({"header": said, "key": jwk, "claims": json.loads(part(claims))}))
        """

    private static let session = "arn:aws:iam::111122223333:user/ann"

    @Test func `botocore and this client renew alike`() async throws {
        let folder = try TemporaryFolder()
        let key = try ECDSAPrivateKey.generate()
        let config = "\(folder.path)/config"
        try Data("[profile me]\nlogin_session = \(Self.session)\nregion = us-east-1\n".utf8)
            .write(to: URL(fileURLWithPath: config))
        let answer = LoopbackAnswer(
            body: #"{"accessToken":{"accessKeyId":"ASIANEW","secretAccessKey":"s2","sessionToken":"t2"},"#
                + #""tokenType":"aws_sigv4","expiresIn":900,"refreshToken":"r2"}"#)
        try await withKeyServer(answer: { _ in answer }) { url, questions in
            func environment(_ name: String) throws -> [String: String] {
                let cache = "\(folder.path)/\(name)"
                try FileManager.default.createDirectory(atPath: cache, withIntermediateDirectories: true)
                let variables = [
                    "AWS_ENDPOINT_URL_SIGNIN": url, "AWS_LOGIN_CACHE_DIRECTORY": cache, "AWS_CONFIG_FILE": config,
                ]
                try Data(Self.token(key.pem()).utf8).write(to: URL(fileURLWithPath: Self.path(variables)))
                return variables
            }
            let theirs = try environment("theirs")
            let said = try await PythonProgram.run(Self.renew, environment: theirs)
            try #require(said.status == 0, "\(said.errors)")
            #expect(said.output == "ASIANEW\n")

            let ours = try environment("ours")
            try await withHTTP { http in
                let found = try await keys(
                    http, environment: ours, profile: "me", files: .disk, clock: RealTimeClock())
                #expect(found.accessKeyID == "ASIANEW" && found.sessionToken == "t2")
            }

            let asked = questions.withLock { $0 }
            try #require(asked.count == 2)
            #expect(asked[0].line == asked[1].line && asked[0].line == "POST /v1/token")
            #expect(try Self.members(asked[0].body) == Self.members(asked[1].body))
            #expect(asked[0].headers["content-type"] == asked[1].headers["content-type"])
            #expect(asked.allSatisfy { $0.headers["authorization"] == nil })

            let proofs = try await [Self.claims(asked[0]), Self.claims(asked[1])]
            #expect(proofs[0] == proofs[1])
            #expect(proofs[0]["claims"]?["htu"] == "\(url)/v1/token")

            #expect(try Self.file(theirs) == Self.file(ours))
        }
    }

    private static func path(_ environment: [String: String]) -> String {
        LoginCredentials.cachePath(session: session, environment: environment, homeDirectory: "")
    }

    /// Long over.
    private static func token(_ pem: String) -> String {
        #"{"accessToken":{"accessKeyId":"ASIAOLD","secretAccessKey":"s","sessionToken":"t","accountId":"111122223333","#
            + #""expiresAt":"2026-01-01T00:00:00Z"},"clientId":"arn:aws:signin:::devtools/same-device","idToken":"i","#
            + #""refreshToken":"r1","tokenType":"aws_sigv4","dpopKey":"\#(pem.replacing("\n", with: #"\n"#))"}"#
    }

    /// What the proof says, without what differs between any two of them.
    private static func claims(_ question: KeyQuestion) async throws -> [String: [String: String]] {
        let proof = try #require(question.headers["dpop"])
        let checked = try await PythonProgram.run(check, ["", proof])
        try #require(checked.status == 0, "\(checked.errors)")
        var claims = try members(checked.output)
        #expect(claims["claims"]?.removeValue(forKey: "jti") != nil)
        #expect(claims["claims"]?.removeValue(forKey: "iat") != nil)
        return claims
    }

    /// What is left in the cache, without the second it was written in.
    private static func file(_ environment: [String: String]) throws -> [String: [String: String]] {
        var members = try members(String(contentsOfFile: path(environment), encoding: .utf8))
        #expect(members["accessToken"]?.removeValue(forKey: "expiresAt") != "2026-01-01T00:00:00Z")
        return members
    }

    /// Two levels of a JSON object, as text; a member that is no object stands under the empty name.
    private static func members(_ text: String) throws -> [String: [String: String]] {
        let object = try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
        return object.mapValues { value in
            (value as? [String: Any])?.mapValues { "\($0)" } ?? ["": "\(value)"]
        }
    }
}
