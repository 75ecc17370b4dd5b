import FinOps

/// Reads what a profile says about single sign-on, in its newer form (`sso_session`) and its older one.
enum SingleSignOnSettings {
    /// Nil when the profile does not ask for it: without an account or a role, `sso_session` only serves other tools.
    static func read(
        _ profile: SharedConfiguration.Profile, _ configuration: SharedConfiguration
    ) throws -> CredentialPlan.SingleSignOnRequest? {
        guard profile["sso_account_id"] != nil || profile["sso_role_name"] != nil else { return nil }
        let session = try profile["sso_session"].map { ($0, try section($0, of: profile, configuration)) }
        func value(_ key: String) throws -> String? {
            let (own, shared) = (profile[key], session?.1[key].flatMap { $0.isEmpty ? nil : $0 })
            if let own, let shared, own != shared {
                throw InputError(
                    "conflicting_sso_settings",
                    "\(key) of profile \(profile.name) and of [sso-session \(session!.0)] differ: \(own), \(shared)",
                    hint: "keep the one in the session")
            }
            return shared ?? own
        }
        let names = ["sso_start_url", "sso_region", "sso_account_id", "sso_role_name"]
        let values = try names.map { try value($0) }
        let missing = zip(names, values).filter { $0.1 == nil }.map(\.0)
        guard missing.isEmpty else {
            throw InputError(
                "incomplete_sso_settings",
                "profile \(profile.name) signs in by single sign-on, but lacks \(missing.joined(separator: ", "))",
                hint: "`aws configure sso --profile \(ShellWords.quoted(profile.name))` asks for them")
        }
        return CredentialPlan.SingleSignOnRequest(
            profile: profile.name, session: session?.0, startURL: values[0]!, region: values[1]!,
            accountID: values[2]!, roleName: values[3]!)
    }

    private static func section(
        _ name: String, of profile: SharedConfiguration.Profile, _ configuration: SharedConfiguration
    ) throws -> [String: String] {
        if let section = configuration.ssoSessions[name] { return section }
        throw InputError(
            "unknown_sso_session",
            "profile \(profile.name) names [sso-session \(name)], which \(configuration.configPath) does not have",
            hint: NearestName.suggestion(for: name, among: configuration.ssoSessions.keys)
                .map { "did you mean `\($0)`?" })
    }
}
