import FinOps

/// Reads what the environment and a profile say about web identity. The environment's word counts first, variable by
/// variable, unless a flag named the profile (botocore's rule).
enum WebIdentitySettings {
    /// Nil when neither names a token file.
    static func read(
        _ profile: SharedConfiguration.Profile?, environment: [String: String]
    ) throws -> CredentialPlan.WebIdentityRequest? {
        func setting(_ variable: String, _ key: String) -> (value: String, place: String)? {
            if let value = environment[variable], !value.isEmpty { return (value, variable) }
            return profile.flatMap { profile in profile[key].map { ($0, "\(key) of profile \(profile.name)") } }
        }
        guard let file = setting("AWS_WEB_IDENTITY_TOKEN_FILE", "web_identity_token_file") else { return nil }
        guard let role = setting("AWS_ROLE_ARN", "role_arn") else {
            throw InputError(
                "web_identity_without_role", "\(file.place) is set, but not which role to take on with it",
                hint: "set AWS_ROLE_ARN, or role_arn in the profile")
        }
        let session = setting("AWS_ROLE_SESSION_NAME", "role_session_name")
        return CredentialPlan.WebIdentityRequest(
            profile: file.place == "AWS_WEB_IDENTITY_TOKEN_FILE" ? nil : profile?.name,
            roleARN: try RoleSettings.checkedRoleARN(role.value, role.place),
            sessionName: try RoleSettings.checkedSessionName(session?.value, session?.place ?? ""),
            tokenFile: file.value)
    }
}
