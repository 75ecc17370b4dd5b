import FinOps

/// The account the keys belong to, asked once: remembered answers of one account must never serve another.
actor CallerAccount {
    private let identity: any IdentityService
    private var asking: Task<String, any Error>?

    init(identity: any IdentityService) { self.identity = identity }

    func id() async throws -> String {
        if let asking { return try await asking.value }
        let identity = identity
        let task = Task { try await identity.callerIdentity().account }
        asking = task
        do {
            return try await task.value
        } catch {
            // A failure is not remembered: the next question may find the keys renewed.
            asking = nil
            throw error
        }
    }
}
