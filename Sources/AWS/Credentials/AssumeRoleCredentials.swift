import FinOps
import Foundation

/// Keys of a role, taken on through `sts:AssumeRole` with other keys.
struct AssumeRoleCredentials: CredentialProvider {
    let role: CredentialPlan.RoleRequest
    let source: CredentialStore
    let connection: ServiceConnection

    func credentials() async throws -> Credentials {
        try await connection.exchange(.assumeRole, body: body, credentials: source, decode: Self.decode).value
    }

    private var body: Data {
        var parameters = ["RoleArn": role.roleARN]
        // Says in the account's own log which tool and which moment this was.
        parameters["RoleSessionName"] =
            role.sessionName ?? "finops-monthly-\(connection.clock.now().secondsSinceEpoch)"
        parameters["ExternalId"] = role.externalID
        parameters["DurationSeconds"] = role.durationSeconds.map { String($0) }
        return FormBody.body(.assumeRole, parameters)
    }

    private struct Incomplete: Error {}

    private static func decode(_ bytes: Data) throws -> Credentials {
        guard let keys = try XMLNode(parsing: bytes).firstNode("Credentials"),
            let id = keys.child("AccessKeyId")?.text, !id.isEmpty,
            let secret = keys.child("SecretAccessKey")?.text, !secret.isEmpty,
            let token = keys.child("SessionToken")?.text, !token.isEmpty,
            let expiration = keys.child("Expiration").flatMap({ Timestamp(iso8601: $0.text) })
        else { throw Incomplete() }
        return Credentials(accessKeyID: id, secretAccessKey: secret, sessionToken: token, expiration: expiration)
    }
}
