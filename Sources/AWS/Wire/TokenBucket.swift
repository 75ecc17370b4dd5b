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

    /// Returns when a request may go. Throws `CancellationError`.
    func take() async throws {
        let now = clock.uptimeNanoseconds()
        fullAt = max(fullAt, now) + intervalNanoseconds
        let emptyFor = fullAt - now
        let allowance = burst * intervalNanoseconds
        if emptyFor > allowance { try await clock.sleep(nanoseconds: emptyFor - allowance) }
    }
}
