import FinOps

/// The region that only STS needs here: the billing services have one home.
struct RegionSelection: Hashable, Sendable {
    let name: String
    let origin: SettingOrigin

    /// Flag, `AWS_REGION`, `AWS_DEFAULT_REGION`, the profile, then `us-east-1`, since a report must not fail for want of a
    /// region that it does not need.
    init(flag: String?, environment: [String: String], profile: SharedConfiguration.Profile?, configPath: String) {
        if let flag {
            (name, origin) = (flag, .flag("--region"))
            return
        }
        for variable in ["AWS_REGION", "AWS_DEFAULT_REGION"] {
            if let region = environment[variable], !region.isEmpty {
                (name, origin) = (region, .environment(variable))
                return
            }
        }
        if let profile, let region = profile["region"] {
            (name, origin) = (region, .file(configPath, section: profile.name))
        } else {
            (name, origin) = ("us-east-1", .builtIn)
        }
    }
}
