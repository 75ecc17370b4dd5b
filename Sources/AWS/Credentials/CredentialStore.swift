import FinOps

/// Keeps keys until they are about to expire, and fetches them once however many requests wait for them.
actor CredentialStore {
    /// Keys are renewed when less than this is left: AWS's SDKs do so at ten minutes, and a request in flight needs some.
    static let renewalMarginSeconds = 600

    private let provider: any CredentialProvider
    private let clock: any FinOps.Clock
    private var current: Credentials?
    private var fetch: (id: Int, task: Task<Credentials, any Error>)?
    private var fetches = 0

    init(provider: any CredentialProvider, clock: any FinOps.Clock) {
        self.provider = provider
        self.clock = clock
    }

    func credentials() async throws -> Credentials {
        if let current, !current.expires(before: clock.now().adding(seconds: Self.renewalMarginSeconds)) {
            return current
        }
        return try await fetched()
    }

    /// New keys in place of `refused`, or nil when there are no others. Requests refused together renew once.
    func replacement(for refused: Credentials) async throws -> Credentials? {
        if let current, current.accessKeyID != refused.accessKeyID || current.sessionToken != refused.sessionToken {
            return current
        }
        let fresh = try await fetched()
        return fresh == refused ? nil : fresh
    }

    private func fetched() async throws -> Credentials {
        if let fetch { return try await fetch.task.value }
        fetches += 1
        let id = fetches
        let provider = provider
        let task = Task { try await provider.credentials() }
        fetch = (id, task)
        defer { if fetch?.id == id { fetch = nil } }
        let credentials = try await task.value
        current = credentials
        return credentials
    }
}
