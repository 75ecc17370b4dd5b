import FinOps

/// What providers are built from.
struct CredentialContext: Sendable {
    let environment: [String: String]
    let homeDirectory: String
    /// The chosen profile, for messages.
    let profile: String
    /// The one `aws login` renews its keys in.
    let region: String
    let files: SettingsFiles
    let load: @Sendable () throws -> SharedConfiguration
    let aids: SignInAids
    let connection: ServiceConnection
}

extension CredentialPlan {
    /// Builds the providers the plan names, each behind a store of its own.
    func store(_ context: CredentialContext) -> CredentialStore {
        CredentialStore(provider: provider(context), clock: context.connection.clock, renewalHint: renewalHint)
    }

    private func provider(_ context: CredentialContext) -> any CredentialProvider {
        let (files, connection) = (context.files, context.connection)
        switch self {
        case .environment: return EnvironmentCredentials(environment: context.environment)
        case .sharedFile(let profile, let path):
            return SharedFileCredentials(profile: profile, path: path, load: context.load)
        case .assumeRole(let role, let source):
            return AssumeRoleCredentials(
                role: role, source: source.store(context), connection: connection, askPerson: context.aids.askPerson)
        case .webIdentity(let request):
            return WebIdentityCredentials(request: request, files: files, connection: connection)
        case .singleSignOn(let request):
            return SingleSignOnCredentials(
                tokens: SingleSignOnTokens(
                    request: request, homeDirectory: context.homeDirectory, files: files, connection: connection),
                connection: connection)
        case .login(let request):
            return LoginCredentials(request: request, region: context.region, files: files, connection: connection)
        case .process(let request):
            return ProcessCredentials(
                request: request, environment: context.environment, processes: context.aids.processes)
        case .container(let endpoint):
            return ContainerCredentials(endpoint: endpoint, files: files, connection: connection)
        case .instanceMetadata(let endpoint, let lookedAt):
            return InstanceMetadataCredentials(
                endpoint: endpoint, lookedAt: lookedAt, profile: context.profile, connection: connection)
        case .nothing(let lookedAt): return NoCredentials(lookedAt: lookedAt, profile: context.profile)
        }
    }
}
