import FinOps
import Foundation

/// Keys of a role, taken on through `sts:AssumeRole` with other keys.
struct AssumeRoleCredentials: CredentialProvider {
    let role: CredentialPlan.RoleRequest
    let source: CredentialStore
    let connection: ServiceConnection
    /// Asks a person for a one-time code; nil where nobody can answer.
    var askPerson: (@Sendable (_ prompt: String) async -> String?)?

    func credentials() async throws -> Credentials {
        let code = try await oneTimeCode()
        return try await connection.exchange(
            .assumeRole, body: body(code), credentials: source, decode: Self.decode
        ).value
    }

    private func oneTimeCode() async throws -> String? {
        guard let serial = role.mfaSerial else { return nil }
        let code = await askPerson?("Enter MFA code for \(serial): ")?.trimmed
        guard let code, !code.isEmpty else {
            throw Trouble(
                .notSignedIn, code: "MFACodeMissing",
                message: "role \(role.roleARN) wants a one-time code of \(serial), and "
                    + (askPerson == nil ? "nobody can be asked here" : "none was given"),
                operation: ServiceCall.assumeRole.name,
                hint:
                    "run in a terminal without --no-input, or first `eval \"$(aws configure export-credentials --profile "
                    + "\(ShellWords.quoted(role.profile)) --format env)\"` and then without the profile")
        }
        return code
    }

    private func body(_ oneTimeCode: String?) -> Data {
        var parameters = ["RoleArn": role.roleARN]
        // Says in the account's own log which tool and which moment this was.
        parameters["RoleSessionName"] =
            role.sessionName ?? "finops-monthly-\(connection.clock.now().secondsSinceEpoch)"
        parameters["ExternalId"] = role.externalID
        parameters["DurationSeconds"] = role.durationSeconds.map { String($0) }
        parameters["SerialNumber"] = role.mfaSerial
        parameters["TokenCode"] = oneTimeCode
        return FormBody.body(.assumeRole, parameters)
    }

    private struct Incomplete: Error {}

    /// Both ways of taking on a role answer alike.
    static func decode(_ bytes: Data) throws -> Credentials {
        guard let keys = try XMLNode(parsing: bytes).firstNode("Credentials"),
            let id = keys.child("AccessKeyId")?.text, !id.isEmpty,
            let secret = keys.child("SecretAccessKey")?.text, !secret.isEmpty,
            let token = keys.child("SessionToken")?.text, !token.isEmpty,
            let expiration = keys.child("Expiration").flatMap({ Timestamp(iso8601: $0.text) })
        else { throw Incomplete() }
        return Credentials(accessKeyID: id, secretAccessKey: secret, sessionToken: token, expiration: expiration)
    }
}
