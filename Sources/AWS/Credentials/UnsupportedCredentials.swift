import FinOps

/// The ways to sign in that this version recognises and does not take. Each is refused by name.
enum UnsupportedCredentials {
    static func refuseWebIdentity(in environment: [String: String]) throws {
        guard let path = environment["AWS_WEB_IDENTITY_TOKEN_FILE"], !path.isEmpty else { return }
        throw refusal("the environment asks for web identity (AWS_WEB_IDENTITY_TOKEN_FILE)", profile: nil)
    }

    static func refuseContainer(in environment: [String: String]) throws {
        for variable in ["AWS_CONTAINER_CREDENTIALS_RELATIVE_URI", "AWS_CONTAINER_CREDENTIALS_FULL_URI"] {
            if let value = environment[variable], !value.isEmpty {
                throw refusal("the environment asks for a container's credentials (\(variable))", profile: nil)
            }
        }
    }

    static func refuseWebIdentityAndMFA(_ profile: SharedConfiguration.Profile) throws {
        if profile["web_identity_token_file"] != nil {
            throw refusal("profile \(profile.name) signs in by web identity", profile: profile.name)
        }
        if profile["mfa_serial"] != nil {
            throw refusal("profile \(profile.name) wants a one-time code (mfa_serial)", profile: profile.name)
        }
    }

    static func refuseSSO(_ profile: SharedConfiguration.Profile) throws {
        let keys = ["sso_session", "sso_start_url", "sso_account_id", "sso_role_name"]
        guard keys.contains(where: { profile[$0] != nil }) else { return }
        throw refusal(
            "profile \(profile.name) signs in by single sign-on", profile: profile.name, needsLogin: true)
    }

    static func refuseLoginAndProcess(_ profile: SharedConfiguration.Profile) throws {
        if profile["login_session"] != nil {
            throw refusal("profile \(profile.name) signs in by `aws login`", profile: profile.name)
        }
        if profile["credential_process"] != nil {
            throw refusal(
                "profile \(profile.name) gets its keys from a program (credential_process)", profile: profile.name)
        }
    }

    /// `credential_source` of a role.
    static func plan(
        _ source: String, of profile: SharedConfiguration.Profile, _ environment: [String: String]
    ) throws -> CredentialPlan {
        switch source.lowercased() {
        case "environment":
            guard try EnvironmentCredentials.areComplete(in: environment) else {
                throw InputError(
                    "no_credentials_in_source",
                    "profile \(profile.name) takes its role on with keys of the environment, and there are none",
                    hint: "set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY")
            }
            return .environment
        case "ec2instancemetadata", "ecscontainer":
            throw refusal("profile \(profile.name) has credential_source \(source)", profile: profile.name)
        default:
            throw InputError(
                "invalid_credential_source",
                "profile \(profile.name) has credential_source \(source), which AWS does not know",
                hint: "Environment is the one this tool can use")
        }
    }

    private static func refusal(_ what: String, profile: String?, needsLogin: Bool = false) -> InputError {
        let name = profile.map { $0.contains(" ") ? "\"\($0)\"" : $0 }
        let export =
            "`eval \"$(aws configure export-credentials\(name.map { " --profile " + $0 } ?? "") --format env)\"`"
        let login = needsLogin ? "`aws sso login --profile \(name ?? "default")`, then " : ""
        return InputError(
            "unsupported_credentials", "\(what), which this version cannot use yet",
            hint: "run \(login)\(export) in this shell, then run without the profile")
    }
}
