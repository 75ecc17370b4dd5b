import FinOps
import HTTP

/// Keys of the role an EC2 instance has, by version 2 of its metadata service. Version 1, which anybody who makes the
/// machine fetch a URL can use, is never asked.
struct InstanceMetadataCredentials: CredentialProvider {
    let endpoint: InstanceMetadataEndpoint
    /// What had nothing before, for the message.
    let lookedAt: [String]
    let profile: String
    let connection: ServiceConnection

    private static let operation = "ec2-metadata:GetCredentials"
    private static let path = "/latest/meta-data/iam/security-credentials/"

    func credentials() async throws -> Credentials {
        let token = try await text(
            "PUT", "/latest/api/token", ["x-aws-ec2-metadata-token-ttl-seconds": "21600"])
        let role = try await text("GET", Self.path, ["x-aws-ec2-metadata-token": token])
        guard !role.isEmpty else { throw nothing("the instance has no role") }
        let keys = try await ask("GET", Self.path + role, ["x-aws-ec2-metadata-token": token]) {
            try LinkLocalKeys(parsing: $0.body).credentials
        }
        return extended(keys)
    }

    /// While EC2 is late in renewing, it hands out keys past their end that AWS still accepts; they are kept for another
    /// ten to twenty minutes, spread so that instances do not come back together.
    private func extended(_ keys: Credentials) -> Credentials {
        let now = connection.clock.now()
        guard keys.expires(before: now) else { return keys }
        let spread = connection.randomness.bytes(2).reduce(0) { $0 << 8 | Int($1) } % 480
        return Credentials(
            accessKeyID: keys.accessKeyID, secretAccessKey: keys.secretAccessKey, sessionToken: keys.sessionToken,
            expiration: now.adding(seconds: CredentialStore.renewalMarginSeconds + 600 + spread))
    }

    /// The first line of the answer.
    private func text(_ method: String, _ path: String, _ headers: HTTPHeaders) async throws -> String {
        try await ask(method, path, headers) { answer in
            let line = answer.body.prefix { $0 != 10 && $0 != 13 }
            // It goes into a header or a path of the next question, so another server's page of HTML must not pass.
            let isPlain = line.allSatisfy {
                (48...57).contains($0) || (65...90).contains($0) || (97...122).contains($0)
                    || "+/=_-.,@:".utf8.contains($0)
            }
            guard isPlain else { throw Unusable() }
            return String(decoding: line, as: UTF8.self)
        }
    }

    private struct Unusable: Error {}

    private func ask<Value: Sendable>(
        _ method: String, _ path: String, _ headers: HTTPHeaders, decode: @Sendable (HTTPResponse) throws -> Value
    ) async throws -> Value {
        let request = HTTPRequest(
            method: method, url: endpoint.baseURL + path, headers: headers, deadlineSeconds: endpoint.deadlineSeconds,
            isDirect: true)
        let outcome = try await connection.exchangeUnsigned(
            Self.operation, request, attempts: endpoint.attempts, decode: decode)
        switch outcome {
        case .success(let value): return value
        case .failure(let failure):
            switch failure.origin {
            case .transport: throw nothing("nobody answers at \(endpoint.baseURL)")
            case .status(404): throw nothing("the instance has no role")
            case .status(403): throw nothing("switched off")
            default: throw nothing("it answers \(failure.code)")
            }
        }
    }

    private func nothing(_ why: String) -> Trouble {
        NoCredentials(lookedAt: lookedAt + ["EC2's instance metadata (\(why))"], profile: profile).trouble
    }
}
