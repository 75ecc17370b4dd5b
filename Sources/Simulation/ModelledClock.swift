import FinOps
import TestSupport

/// The machine's clock as it is set, and the true time, which only ever goes on: people live by that one.
final class ModelledClock: FinOps.Clock, @unchecked Sendable {
    private(set) var trueTime: Timestamp
    /// How far the machine's clock is off.
    var errorSeconds = 0

    init(_ start: Timestamp = Timestamp("2026-03-15T08:00:00Z")!) { trueTime = start }

    /// Each look takes a second, so that no two events share a time.
    func now() -> Timestamp {
        trueTime = trueTime.adding(seconds: 1)
        return trueTime.adding(seconds: errorSeconds)
    }

    func pass(seconds: Int) { trueTime = trueTime.adding(seconds: seconds) }
    func uptimeNanoseconds() -> UInt64 { UInt64(trueTime.secondsSinceEpoch) * 1_000_000_000 }
    func sleep(nanoseconds: UInt64) async throws { pass(seconds: Int(nanoseconds / 1_000_000_000)) }
}

/// Chance that can be repeated.
final class ModelledRandomness: Randomness, @unchecked Sendable {
    private var random: SeededRandom

    init(seed: UInt64) { random = SeededRandom(state: seed) }

    func bytes(_ count: Int) -> [UInt8] { (0..<count).map { _ in UInt8(truncatingIfNeeded: random.next() >> 24) } }
}
