import FinOps

/// Where the keys will come from, as data: decided from files and environment alone, before anything is sent.
indirect enum CredentialPlan: Hashable, Sendable {
    case environment
    /// Keys written in a file, under a profile.
    case sharedFile(profile: String, path: String)
    case assumeRole(RoleRequest, source: CredentialPlan)
    case webIdentity(WebIdentityRequest)
    case singleSignOn(SingleSignOnRequest)
    /// What `aws login` left behind.
    case login(LoginRequest)
    case process(ProcessRequest)
    case container(ContainerEndpoint)
    /// The last resort; `lookedAt` is what had nothing, empty where a profile asks for it by name.
    case instanceMetadata(InstanceMetadataEndpoint, lookedAt: [String])
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
        /// The device whose one-time code a person is asked for.
        var mfaSerial: String?
    }

    struct WebIdentityRequest: Hashable, Sendable {
        /// Nil when the environment alone asks for it.
        let profile: String?
        let roleARN: String
        let sessionName: String?
        /// Read anew for every session: whoever issues tokens rewrites it.
        let tokenFile: String
    }

    struct SingleSignOnRequest: Hashable, Sendable {
        let profile: String
        /// Nil for the older form, which keeps everything in the profile and cannot renew its token.
        let session: String?
        let startURL: String
        let region: String
        let accountID: String
        let roleName: String
    }

    struct LoginRequest: Hashable, Sendable {
        let profile: String
        let session: String
        let cachePath: String
    }

    struct ProcessRequest: Hashable, Sendable {
        let profile: String
        /// Program and arguments; there is no shell.
        let command: [String]
    }
}

extension CredentialPlan {
    /// `role arn:… (profile audit), from keys of profile base in …`: for `doctor`. Names, never keys.
    var description: String {
        switch self {
        case .environment: "environment"
        case .sharedFile(let profile, let path): "keys of profile \(profile) in \(path)"
        case .assumeRole(let role, let source):
            "role \(role.roleARN) of profile \(role.profile), taken on with \(source.description)"
                + (role.mfaSerial == nil ? "" : " and a one-time code")
        case .webIdentity(let request): "role \(request.roleARN), taken on with the token in \(request.tokenFile)"
        case .singleSignOn(let request):
            "single sign-on to account \(request.accountID) as \(request.roleName)"
                + " (\(request.session.map { "session \($0)" } ?? request.startURL))"
        case .login(let request): "`aws login` of profile \(request.profile)"
        // The arguments may hold a secret.
        case .process(let request): "the program \(request.command.first ?? "") of profile \(request.profile)"
        case .container(let endpoint): "the container's endpoint \(endpoint.shownURL)"
        case .instanceMetadata(let endpoint, _): "EC2's instance metadata at \(endpoint.baseURL)"
        case .nothing: "none found"
        }
    }

    /// What a person does when the keys are no longer good.
    var renewalHint: String {
        switch self {
        case .environment: "the keys in the environment are no longer good: set new ones"
        case .sharedFile(let profile, let path): "renew the keys of profile \(profile) in \(path)"
        case .assumeRole(_, let source): source.renewalHint
        case .webIdentity(let request): "the token in \(request.tokenFile) must be renewed by whoever issues it"
        case .singleSignOn(let request): "run `\(request.loginCommand)`"
        case .login(let request): "run `\(request.loginCommand)`"
        case .process(let request):
            "run the credential_process of profile \(request.profile) by hand and see what it says"
        case .container: "the container's role must be renewed by the platform it runs on"
        case .instanceMetadata: "the instance's role must be renewed by EC2"
        case .nothing: "run `aws configure sso`, or set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY"
        }
    }
}

extension CredentialPlan.SingleSignOnRequest {
    /// What the person must run; this tool never opens a browser to sign in by itself.
    var loginCommand: String { "aws sso login --profile \(ShellWords.quoted(profile))" }
}

extension CredentialPlan.LoginRequest {
    var loginCommand: String { "aws login --profile \(ShellWords.quoted(profile))" }
}
