import FinOps

/// Decides the chain in botocore's order: environment, role, web identity, SSO, credentials file, login, process, config
/// file, container, EC2. Nothing is sent while deciding, and whatever is half set is refused by name: passing over it could
/// sign with somebody else's keys.
struct CredentialPlanner: Sendable {
    let environment: [String: String]
    let configuration: SharedConfiguration
    let selection: ProfileSelection
    var homeDirectory = ""
    var files: SettingsFiles = .memory([:])

    /// Throws `InputError`.
    func plan() throws -> CredentialPlan {
        if !selection.isExplicit {
            if try EnvironmentCredentials.areComplete(in: environment) { return .environment }
        }
        let profile = configuration.profiles[selection.name]
        if let profile, hasRole(profile) { return try role(profile, visited: []) }
        if let plan = try ownKeys(profile, environment: selection.isExplicit ? [:] : environment) { return plan }
        if let container = try ContainerEndpoint(environment: environment) { return .container(container) }
        guard let metadata = try InstanceMetadataEndpoint(environment: environment, profile: profile, files: files)
        else { return .nothing(lookedAt: lookedAt) }
        return .instanceMetadata(metadata, lookedAt: lookedAt)
    }

    /// What a profile says by itself, for a list of profiles; nil when it has no keys of its own.
    func ownPlan(of name: String) throws -> CredentialPlan? {
        let profile = try configuration.profile(name)
        return hasRole(profile) ? try role(profile, visited: []) : try ownKeys(profile, environment: [:])
    }

    private var lookedAt: [String] {
        let variables = selection.isExplicit ? [] : ["AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY in the environment"]
        return variables + [
            "profile \(selection.name) in \(configuration.configPath) and \(configuration.credentialsPath)"
        ] + (selection.isExplicit ? [] : ["AWS_WEB_IDENTITY_TOKEN_FILE"]) + ["the container's endpoint"]
            + (environment["AWS_EC2_METADATA_DISABLED"]?.lowercased() == "true"
                ? ["EC2's instance metadata (switched off by AWS_EC2_METADATA_DISABLED)"] : [])
    }

    /// With a token file, `role_arn` is the role of the web identity.
    private func hasRole(_ profile: SharedConfiguration.Profile) -> Bool {
        profile["role_arn"] != nil && profile["web_identity_token_file"] == nil
    }

    /// Keys without taking on a role of somebody else's.
    private func ownKeys(
        _ profile: SharedConfiguration.Profile?, environment: [String: String]
    ) throws -> CredentialPlan? {
        if let request = try WebIdentitySettings.read(profile, environment: environment) {
            return .webIdentity(request)
        }
        guard let profile else { return nil }
        if let request = try SingleSignOnSettings.read(profile, configuration) { return .singleSignOn(request) }
        if profile.hasKeysInCredentialsFile {
            return .sharedFile(profile: profile.name, path: configuration.credentialsPath)
        }
        if let session = profile["login_session"] {
            return .login(
                .init(
                    profile: profile.name, session: session,
                    cachePath: LoginCredentials.cachePath(
                        session: session, environment: self.environment, homeDirectory: homeDirectory)))
        }
        if let text = profile["credential_process"] {
            let command = try ShellWords.split(text, of: profile.name)
            if !command.isEmpty { return .process(.init(profile: profile.name, command: command)) }
        }
        if profile.hasKeysInConfigFile { return .sharedFile(profile: profile.name, path: configuration.configPath) }
        if profile["aws_secret_access_key"] != nil {
            throw InputError(
                "half_credentials", "profile \(profile.name) has a secret access key without its access key id",
                hint: "set aws_access_key_id too, or remove both")
        }
        return nil
    }

    private func role(_ profile: SharedConfiguration.Profile, visited: [String]) throws -> CredentialPlan {
        let role = try RoleSettings.read(profile)
        let source: CredentialPlan
        switch (profile["source_profile"], profile["credential_source"]) {
        case (nil, nil):
            throw InputError(
                "role_without_source", "profile \(profile.name) names a role, but not whose keys may take it on",
                hint: "set source_profile in [profile \(profile.name)]")
        case (.some, .some):
            throw InputError(
                "role_with_two_sources", "profile \(profile.name) has both source_profile and credential_source",
                hint: "keep one of the two")
        case (nil, .some(let name)): source = try credentialSource(name, of: profile)
        case (.some(let name), nil):
            source = try sourceProfile(name, of: profile, visited: visited + [profile.name])
        }
        if case .assumeRole = source, let seconds = role.durationSeconds, seconds > 3600 {
            throw InputError(
                "invalid_duration_seconds",
                "duration_seconds of profile \(profile.name) is \(seconds), but its role is taken on with another role",
                hint: "AWS limits chained roles to 3600 seconds")
        }
        return .assumeRole(role, source: source)
    }

    private func sourceProfile(_ name: String, of profile: SharedConfiguration.Profile, visited: [String]) throws
        -> CredentialPlan
    {
        let source = try configuration.profile(name)
        let hasKeys = source.hasKeysInConfigFile || source.hasKeysInCredentialsFile
        // Written keys count before a role of the source, and a profile may name itself when it has some.
        if visited.contains(name), !(name == profile.name && hasKeys) {
            throw InputError(
                "role_cycle", "the roles of \((visited + [name]).joined(separator: " → ")) lead in a circle",
                hint: "end the chain in a profile with keys of its own")
        }
        if !hasKeys, hasRole(source) { return try role(source, visited: visited) }
        if let keys = try ownKeys(source, environment: [:]) { return keys }
        throw InputError(
            "no_credentials_in_source", "profile \(name), the source of profile \(profile.name), has no keys",
            hint: "put aws_access_key_id and aws_secret_access_key into [\(name)] of \(configuration.credentialsPath)")
    }

    private func credentialSource(_ name: String, of profile: SharedConfiguration.Profile) throws -> CredentialPlan {
        switch name.lowercased() {
        case "environment":
            if try EnvironmentCredentials.areComplete(in: environment) { return .environment }
            throw noKeys(of: profile, "keys of the environment", "set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY")
        case "ecscontainer":
            if let endpoint = try ContainerEndpoint(environment: environment) { return .container(endpoint) }
            throw noKeys(
                of: profile, "keys of its container",
                "the platform sets AWS_CONTAINER_CREDENTIALS_RELATIVE_URI where a task has a role")
        case "ec2instancemetadata":
            if let endpoint = try InstanceMetadataEndpoint(environment: environment, profile: profile, files: files) {
                return .instanceMetadata(endpoint, lookedAt: [])
            }
            throw noKeys(of: profile, "keys of its EC2 instance", "unset AWS_EC2_METADATA_DISABLED")
        default:
            throw InputError(
                "invalid_credential_source",
                "profile \(profile.name) has credential_source \(name), which AWS does not know",
                hint: "Environment, EcsContainer or Ec2InstanceMetadata")
        }
    }

    private func noKeys(of profile: SharedConfiguration.Profile, _ what: String, _ hint: String) -> InputError {
        InputError(
            "no_credentials_in_source",
            "profile \(profile.name) takes its role on with \(what), and there are none", hint: hint)
    }
}
