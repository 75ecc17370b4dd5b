import FinOps

/// Decides the chain in botocore's order: environment, role, web identity, SSO, credentials file, login, process, config
/// file, container. What cannot be used yet is refused by name; passing over it could sign with somebody else's keys.
struct CredentialPlanner: Sendable {
    let environment: [String: String]
    let configuration: SharedConfiguration
    let selection: ProfileSelection

    /// Throws `InputError`.
    func plan() throws -> CredentialPlan {
        if !selection.isExplicit {
            if try EnvironmentCredentials.areComplete(in: environment) { return .environment }
        }
        let profile = configuration.profiles[selection.name]
        if let profile, profile["role_arn"] != nil { return try role(profile, visited: []) }
        if !selection.isExplicit { try UnsupportedCredentials.refuseWebIdentity(in: environment) }
        if let profile, let plan = try ownKeys(profile) { return plan }
        try UnsupportedCredentials.refuseContainer(in: environment)
        return .nothing(lookedAt: lookedAt)
    }

    private var lookedAt: [String] {
        let variables = selection.isExplicit ? [] : ["AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY in the environment"]
        return variables + [
            "profile \(selection.name) in \(configuration.configPath) and \(configuration.credentialsPath)"
        ]
    }

    /// Keys a profile has without taking on a role.
    private func ownKeys(_ profile: SharedConfiguration.Profile) throws -> CredentialPlan? {
        try UnsupportedCredentials.refuseSSO(profile)
        if profile.hasKeysInCredentialsFile {
            return .sharedFile(profile: profile.name, path: configuration.credentialsPath)
        }
        try UnsupportedCredentials.refuseLoginAndProcess(profile)
        if profile.hasKeysInConfigFile { return .sharedFile(profile: profile.name, path: configuration.configPath) }
        if profile["aws_secret_access_key"] != nil {
            throw InputError(
                "half_credentials", "profile \(profile.name) has a secret access key without its access key id",
                hint: "set aws_access_key_id too, or remove both")
        }
        return nil
    }

    private func role(_ profile: SharedConfiguration.Profile, visited: [String]) throws -> CredentialPlan {
        try UnsupportedCredentials.refuseWebIdentityAndMFA(profile)
        let role = try RoleSettings.read(profile)
        switch (profile["source_profile"], profile["credential_source"]) {
        case (nil, nil):
            throw InputError(
                "role_without_source", "profile \(profile.name) names a role, but not whose keys may take it on",
                hint: "set source_profile in [profile \(profile.name)]")
        case (.some, .some):
            throw InputError(
                "role_with_two_sources", "profile \(profile.name) has both source_profile and credential_source",
                hint: "keep one of the two")
        case (nil, .some(let source)):
            return .assumeRole(role, source: try UnsupportedCredentials.plan(source, of: profile, environment))
        case (.some(let name), nil):
            return .assumeRole(role, source: try source(name, of: profile, visited: visited + [profile.name]))
        }
    }

    private func source(_ name: String, of profile: SharedConfiguration.Profile, visited: [String]) throws
        -> CredentialPlan
    {
        let source = try configuration.profile(name)
        // A profile may name itself when it has keys of its own: the role is taken on with them.
        if name == profile.name, let keys = try ownKeys(source) { return keys }
        if visited.contains(name) {
            throw InputError(
                "role_cycle", "the roles of \((visited + [name]).joined(separator: " → ")) lead in a circle",
                hint: "end the chain in a profile with keys of its own")
        }
        if source["role_arn"] != nil { return try role(source, visited: visited) }
        if let keys = try ownKeys(source) { return keys }
        throw InputError(
            "no_credentials_in_source", "profile \(name), the source of profile \(profile.name), has no keys",
            hint: "put aws_access_key_id and aws_secret_access_key into [\(name)] of \(configuration.credentialsPath)")
    }
}
