/// Time comes in through here, so that the whole engine can run under a simulated clock.
public protocol Clock: Sendable {
    func now() -> Timestamp
    /// For durations; never decreases.
    func uptimeNanoseconds() -> UInt64
    func sleep(nanoseconds: UInt64) async throws
}
