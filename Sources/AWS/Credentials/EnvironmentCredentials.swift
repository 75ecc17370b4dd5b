import FinOps

/// `AWS_ACCESS_KEY_ID`, `AWS_SECRET_ACCESS_KEY` and perhaps `AWS_SESSION_TOKEN`.
struct EnvironmentCredentials: CredentialProvider {
    let environment: [String: String]

    func credentials() async throws -> Credentials {
        guard let id = Self.variable("AWS_ACCESS_KEY_ID", environment),
            let secret = Self.variable("AWS_SECRET_ACCESS_KEY", environment)
        else { throw InputError("no_credentials", "there are no keys in the environment") }
        return Credentials(
            accessKeyID: id, secretAccessKey: secret,
            sessionToken: Self.variable("AWS_SESSION_TOKEN", environment)
                ?? Self.variable("AWS_SECURITY_TOKEN", environment),
            expiration: try expiration)
    }

    private var expiration: Timestamp? {
        get throws {
            guard let text = Self.variable("AWS_CREDENTIAL_EXPIRATION", environment) else { return nil }
            guard let moment = Timestamp(iso8601: text) else {
                throw InputError(
                    "invalid_expiration", "AWS_CREDENTIAL_EXPIRATION is not a time: \(text)",
                    hint: "it looks like 2026-03-01T12:00:00Z; unset it when unknown")
            }
            return moment
        }
    }

    /// Half a pair throws: whoever set one meant to set both, and other keys would be somebody else's.
    static func areComplete(in environment: [String: String]) throws -> Bool {
        let id = variable("AWS_ACCESS_KEY_ID", environment)
        let secret = variable("AWS_SECRET_ACCESS_KEY", environment)
        switch (id, secret) {
        case (nil, nil): return false
        case (.some, .some): return true
        default:
            let (present, missing) =
                id == nil
                ? ("AWS_SECRET_ACCESS_KEY", "AWS_ACCESS_KEY_ID") : ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY")
            throw InputError(
                "half_credentials", "\(present) is set in the environment, but \(missing) is not",
                hint: "set both, or unset \(present)")
        }
    }

    private static func variable(_ name: String, _ environment: [String: String]) -> String? {
        environment[name].flatMap { $0.isEmpty ? nil : $0 }
    }
}
