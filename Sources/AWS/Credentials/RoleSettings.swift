import FinOps

/// Reads what a profile says about its role, within the limits STS sets.
enum RoleSettings {
    static func read(_ profile: SharedConfiguration.Profile) throws -> CredentialPlan.RoleRequest {
        CredentialPlan.RoleRequest(
            profile: profile.name, roleARN: try roleARN(profile), sessionName: try sessionName(profile),
            externalID: profile["external_id"], durationSeconds: try duration(profile),
            mfaSerial: profile["mfa_serial"])
    }

    private static func roleARN(_ profile: SharedConfiguration.Profile) throws -> String {
        try checkedRoleARN(profile["role_arn"] ?? "", "role_arn of profile \(profile.name)")
    }

    /// `setting` names the place for the message.
    static func checkedRoleARN(_ arn: String, _ setting: String) throws -> String {
        let parts = arn.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 6, parts[0] == "arn", parts[2] == "iam", parts[5].hasPrefix("role/"), parts[5].count > 5
        else {
            throw InputError(
                "invalid_role_arn", "\(setting) is not the name of a role: \(arn)",
                hint: "it looks like arn:aws:iam::111122223333:role/FinOpsReadOnly")
        }
        return arn
    }

    private static func sessionName(_ profile: SharedConfiguration.Profile) throws -> String? {
        try checkedSessionName(profile["role_session_name"], "role_session_name of profile \(profile.name)")
    }

    static func checkedSessionName(_ name: String?, _ setting: String) throws -> String? {
        guard let name else { return nil }
        let allowed = name.utf8.allSatisfy {
            (48...57).contains($0) || (65...90).contains($0) || (97...122).contains($0) || "_+=,.@-".utf8.contains($0)
        }
        guard (2...64).contains(name.utf8.count), allowed else {
            throw InputError(
                "invalid_role_session_name", "\(setting) is not one STS accepts",
                hint: "2 to 64 letters, digits and _ + = , . @ -")
        }
        return name
    }

    private static func duration(_ profile: SharedConfiguration.Profile) throws -> Int? {
        guard let text = profile["duration_seconds"] else { return nil }
        guard let seconds = Int(text), (900...43_200).contains(seconds) else {
            throw InputError(
                "invalid_duration_seconds", "duration_seconds of profile \(profile.name) is not one STS accepts",
                hint: "a whole number from 900 to 43200")
        }
        return seconds
    }
}
