import FinOps

extension CredentialPlan {
    /// Builds the providers the plan names, each behind a store of its own.
    func store(
        environment: [String: String], profile: String, load: @escaping @Sendable () throws -> SharedConfiguration,
        connection: ServiceConnection
    ) -> CredentialStore {
        let provider: any CredentialProvider =
            switch self {
            case .environment: EnvironmentCredentials(environment: environment)
            case .sharedFile(let profile, let path): SharedFileCredentials(profile: profile, path: path, load: load)
            case .assumeRole(let role, let source):
                AssumeRoleCredentials(
                    role: role,
                    source: source.store(
                        environment: environment, profile: profile, load: load, connection: connection),
                    connection: connection)
            case .nothing(let lookedAt): NoCredentials(lookedAt: lookedAt, profile: profile)
            }
        return CredentialStore(provider: provider, clock: connection.clock)
    }
}
