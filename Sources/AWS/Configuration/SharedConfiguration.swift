import FinOps

/// AWS's config and credentials files together, by what their sections mean.
struct SharedConfiguration: Hashable, Sendable {
    /// One profile. Where both files define a key, the credentials file's value counts.
    struct Profile: Hashable, Sendable {
        let name: String
        var config: [String: String] = [:]
        var credentials: [String: String] = [:]

        subscript(key: String) -> String? {
            [credentials[key], config[key]].lazy.compactMap { $0 }.first { !$0.isEmpty }
        }
        var hasKeysInCredentialsFile: Bool { credentials["aws_access_key_id"] != nil }
        var hasKeysInConfigFile: Bool { config["aws_access_key_id"] != nil }
    }

    let configPath: String
    let credentialsPath: String
    /// Those of the two files that exist.
    let filesRead: [String]
    private(set) var profiles: [String: Profile] = [:]
    /// `[sso-session NAME]`.
    private(set) var ssoSessions: [String: [String: String]] = [:]
    /// `[services NAME]`: service → key → value.
    private(set) var services: [String: [String: [String: String]]] = [:]

    init(config: ConfigurationFile?, credentials: ConfigurationFile?, configPath: String, credentialsPath: String) {
        self.configPath = configPath
        self.credentialsPath = credentialsPath
        filesRead = [config?.path, credentials?.path].compactMap { $0 }
        for section in config?.sections ?? [] { addConfig(section) }
        for section in credentials?.sections ?? [] {
            let name = Self.unquoted(section.header)
            profiles[name, default: Profile(name: name)].credentials.merge(section.values) { $1 }
        }
    }

    private mutating func addConfig(_ section: ConfigurationFile.Section) {
        let words = section.header.split(separator: " ", maxSplits: 1).map { $0.trimmed }
        let tabbed = words.count == 1 ? section.header.split(separator: "\t", maxSplits: 1).map { $0.trimmed } : words
        guard tabbed.count == 2 else {
            if section.header == "default" {
                // `[profile default]` is the stronger spelling.
                profiles["default", default: Profile(name: "default")].config.merge(section.values) { old, _ in old }
            }
            // Other bare sections (`[plugins]`, `[preview]`) belong to the CLI.
            return
        }
        let name = Self.unquoted(tabbed[1])
        switch tabbed[0] {
        case "profile":
            profiles[name, default: Profile(name: name)].config.merge(section.values) { $1 }
        case "sso-session":
            ssoSessions[name, default: [:]].merge(section.values) { $1 }
        case "services":
            services[name, default: [:]].merge(section.nested) { $0.merging($1) { $1 } }
        default:
            break
        }
    }

    private static func unquoted(_ text: String) -> String {
        guard text.count >= 2, let quote = text.first, quote == "\"" || quote == "'", text.last == quote else {
            return text
        }
        return String(text.dropFirst().dropLast())
    }
}

extension SharedConfiguration {
    /// Reads the files the environment names, or `~/.aws/config` and `~/.aws/credentials`. A missing file is empty; one that
    /// cannot be read or understood throws `InputError`.
    static func load(environment: [String: String], homeDirectory: String, files: SettingsFiles) throws -> Self {
        func path(_ variable: String, _ name: String) -> String {
            guard let text = environment[variable], !text.isEmpty else { return "\(homeDirectory)/.aws/\(name)" }
            return text.hasPrefix("~/") ? homeDirectory + text.dropFirst() : text
        }
        let configPath = path("AWS_CONFIG_FILE", "config")
        let credentialsPath = path("AWS_SHARED_CREDENTIALS_FILE", "credentials")
        func file(_ path: String) throws -> ConfigurationFile? {
            try files.text(path).map { try ConfigurationFile(path: path, text: $0) }
        }
        return SharedConfiguration(
            config: try file(configPath), credentials: try file(credentialsPath), configPath: configPath,
            credentialsPath: credentialsPath)
    }

    /// Throws `unknown_profile` with the nearest name and the files that were read.
    func profile(_ name: String) throws -> Profile {
        if let profile = profiles[name] { return profile }
        let read =
            filesRead.isEmpty
            ? "neither \(configPath) nor \(credentialsPath) exists" : "read " + filesRead.joined(separator: " and ")
        let nearest = NearestName.suggestion(for: name, among: profiles.keys)
        throw InputError(
            "unknown_profile", "no profile is named \(name)", cause: read,
            hint: nearest.map { "did you mean `\($0)`?" }
                ?? (profiles.isEmpty
                    ? "`aws configure sso` or `aws configure` creates one"
                    : "the profiles are: " + profiles.keys.sorted().joined(separator: ", ")))
    }
}
