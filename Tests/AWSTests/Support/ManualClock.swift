import FinOps
import Foundation

/// A clock that moves when somebody sleeps, so that no test waits.
final class ManualClock: FinOps.Clock, @unchecked Sendable {
    private let lock = NSLock()
    private var nanoseconds: UInt64 = 0
    private var sleeps: [UInt64] = []
    private let start: Timestamp

    init(_ start: String = "2026-03-10T09:00:00Z") { self.start = Timestamp(start)! }

    func now() -> Timestamp { start.adding(seconds: Int(uptimeNanoseconds() / 1_000_000_000)) }
    func uptimeNanoseconds() -> UInt64 { lock.withLock { nanoseconds } }

    func sleep(nanoseconds duration: UInt64) async throws {
        try Task.checkCancellation()
        lock.withLock {
            nanoseconds += duration
            sleeps.append(duration)
        }
    }

    func advance(seconds: Int) { lock.withLock { nanoseconds += UInt64(seconds) * 1_000_000_000 } }
    var sleptMilliseconds: [Int] { lock.withLock { sleeps.map { Int($0 / 1_000_000) } } }
}

/// The machine's clock, for counterparts that check signatures; sleeping takes no time.
struct RealTimeClock: FinOps.Clock {
    func now() -> Timestamp { Timestamp(secondsSinceEpoch: Int(Date().timeIntervalSince1970)) }
    func uptimeNanoseconds() -> UInt64 { DispatchTime.now().uptimeNanoseconds }
    func sleep(nanoseconds: UInt64) async throws { try Task.checkCancellation() }
}

/// Always the same bytes: a fraction near one half.
struct ConstantRandomness: Randomness {
    var byte: UInt8 = 0x80
    func bytes(_ count: Int) -> [UInt8] { Array(repeating: byte, count: count) }
}
