import FinOps

/// Where the keys will come from, as data: decided from files and environment alone, before anything is sent.
indirect enum CredentialPlan: Hashable, Sendable {
    case environment
    /// Keys written in a file, under a profile.
    case sharedFile(profile: String, path: String)
    case assumeRole(RoleRequest, source: CredentialPlan)
    /// Nothing was found; asking for keys tells what was looked at.
    case nothing(lookedAt: [String])

    struct RoleRequest: Hashable, Sendable {
        /// The profile that names the role.
        let profile: String
        let roleARN: String
        /// Nil: a name is made up for each session.
        let sessionName: String?
        let externalID: String?
        let durationSeconds: Int?
    }

    /// `role arn:… (profile audit), from keys of profile base in …`: for `doctor`. Names, never keys.
    var description: String {
        switch self {
        case .environment: "environment"
        case .sharedFile(let profile, let path): "keys of profile \(profile) in \(path)"
        case .assumeRole(let role, let source):
            "role \(role.roleARN) of profile \(role.profile), taken on with \(source.description)"
        case .nothing: "none found"
        }
    }

    /// The profiles whose sign-in may have to be renewed, outermost first.
    var profiles: [String] {
        switch self {
        case .environment, .nothing: []
        case .sharedFile(let profile, _): [profile]
        case .assumeRole(let role, let source): [role.profile] + source.profiles
        }
    }
}
