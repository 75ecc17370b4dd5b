public import FinOps

/// Every profile of AWS's files and how it would sign in, for `doctor`. Nothing is sent and no secret is read out.
public struct AWSProfile: Hashable, Sendable {
    public let name: String
    /// `single sign-on to account 111122223333 as Reader (session corp)`; nil when it cannot sign in as it stands.
    public let credentials: String?
    /// What is wrong with it, and what to do about it.
    public let trouble: InputError?
    /// The one a run would use.
    public let isChosen: Bool

    /// By name. Throws `InputError` when a file cannot be read.
    public static func list(
        profile: String?, environment: [String: String], homeDirectory: String
    ) throws -> [AWSProfile] {
        try list(profile: profile, environment: environment, homeDirectory: homeDirectory, files: .disk)
    }

    static func list(
        profile flag: String?, environment: [String: String], homeDirectory: String, files: SettingsFiles
    ) throws -> [AWSProfile] {
        let configuration = try SharedConfiguration.load(
            environment: environment, homeDirectory: homeDirectory, files: files)
        let selection = ProfileSelection(flag: flag, environment: environment)
        let planner = CredentialPlanner(
            environment: environment, configuration: configuration, selection: selection, homeDirectory: homeDirectory,
            files: files)
        let hidesProfiles = try !selection.isExplicit && EnvironmentCredentials.areComplete(in: environment)
        return try configuration.profiles.keys.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }.map { name in
            let isChosen = name == selection.name && !hidesProfiles
            do {
                let plan = try planner.ownPlan(of: name)
                return AWSProfile(
                    name: name, credentials: plan?.description ?? "no keys of its own", trouble: nil,
                    isChosen: isChosen)
            } catch let error as InputError {
                return AWSProfile(name: name, credentials: nil, trouble: error, isChosen: isChosen)
            }
        }
    }
}
