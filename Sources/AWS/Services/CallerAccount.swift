import FinOps

/// Whose keys these are, asked once: remembered answers of one account must never serve another.
actor CallerAccount {
    private let service: any IdentityService
    private var asking: Task<CallerIdentity, any Error>?

    init(identity service: any IdentityService) { self.service = service }

    func identity() async throws -> CallerIdentity {
        if let asking { return try await asking.value }
        let service = service
        let task = Task { try await service.callerIdentity() }
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
