import FinOps

/// Lets so many requests a second through, and a few at once after a pause. Waiting requests go in the order they came.
actor TokenBucket {
    private let intervalNanoseconds: UInt64
    private let burst: UInt64
    private let clock: any FinOps.Clock
    /// When the bucket will be full again; the generic cell rate algorithm needs no other state.
    private var fullAt: UInt64 = 0

    init(_ limit: RateLimit, clock: any FinOps.Clock) {
        intervalNanoseconds = UInt64(1e9 / limit.requestsPerSecond)
        burst = UInt64(limit.burst)
        self.clock = clock
    }

    /// Returns true when a request may go; false, at once, when its turn would come only after `deadline` (uptime in
    /// nanoseconds). Throws `CancellationError`.
    func take(before deadline: UInt64) async throws -> Bool {
        let now = clock.uptimeNanoseconds()
        let full = max(fullAt, now) + intervalNanoseconds
        let allowance = burst * intervalNanoseconds
        let wait = full - now > allowance ? full - now - allowance : 0
        guard now < deadline, wait < deadline - now else { return false }
        fullAt = full
        if wait > 0 { try await clock.sleep(nanoseconds: wait) }
        return true
    }
}
