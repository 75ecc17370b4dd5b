import FinOps

/// A clock that tests set.
final class SetClock: FinOps.Clock, @unchecked Sendable {
    var time: Timestamp

    init(_ time: String = "2026-03-01T00:00:00Z") { self.time = Timestamp(time)! }

    func now() -> Timestamp { time }
    func uptimeNanoseconds() -> UInt64 { UInt64(time.secondsSinceEpoch) * 1_000_000_000 }
    func sleep(nanoseconds: UInt64) async throws { time = time.adding(seconds: Int(nanoseconds / 1_000_000_000)) }
}
