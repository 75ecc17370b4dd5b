import FinOps

/// Keeps keys until they are about to expire, and fetches them once however many requests wait for them.
actor CredentialStore {
    /// Keys are renewed when less than this is left: AWS's SDKs do so at ten minutes, and a request in flight needs some.
    static let renewalMarginSeconds = 600

    private let provider: any CredentialProvider
    private let clock: any FinOps.Clock
    private let renewalHint: String?
    private var current: Credentials?
    private var fetch: (id: Int, task: Task<Credentials, any Error>)?
    private var fetches = 0

    init(provider: any CredentialProvider, clock: any FinOps.Clock, renewalHint: String? = nil) {
        self.provider = provider
        self.clock = clock
        self.renewalHint = renewalHint
    }

    func credentials() async throws -> Credentials {
        if let current, !current.expires(before: clock.now().adding(seconds: Self.renewalMarginSeconds)) {
            return current
        }
        do {
            return try await fetched()
        } catch let trouble as Trouble {
            // Renewing early is a courtesy: keys that still hold serve until they end.
            guard let current, !current.expires(before: clock.now().adding(seconds: 60)) else { throw trouble }
            return current
        }
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
        guard let end = credentials.expiration, end <= clock.now() else {
            current = credentials
            return credentials
        }
        throw Trouble(
            .notSignedIn, code: "ExpiredKeys", message: "the keys ended at \(end)", operation: "sts:GetCallerIdentity",
            hint: renewalHint)
    }
}
