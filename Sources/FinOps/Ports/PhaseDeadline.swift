/// The moment by which every read of a phase must have ended. The engine sets it around a phase; whoever reads over a wire
/// asks for it before each attempt, so that a chain of slow answers cannot add up to an endless run.
public struct PhaseDeadline: Hashable, Sendable {
    /// On the scale of `Clock.uptimeNanoseconds`.
    public let uptimeNanoseconds: UInt64

    public init(uptimeNanoseconds: UInt64) {
        self.uptimeNanoseconds = uptimeNanoseconds
    }

    /// The deadline of the phase this task works for; nil outside a phase. Child tasks inherit it.
    @TaskLocal public static var current: PhaseDeadline?

    /// Runs `work` with a deadline so many seconds from now. A deadline already in force is never extended.
    public static func within<Value>(
        seconds: Int, of clock: any Clock, _ work: () async throws -> Value
    ) async rethrows -> Value {
        let (end, overflow) = clock.uptimeNanoseconds().addingReportingOverflow(UInt64(max(0, seconds)) * 1_000_000_000)
        let mine = overflow ? UInt64.max : end
        let earliest = min(mine, current?.uptimeNanoseconds ?? .max)
        return try await $current.withValue(PhaseDeadline(uptimeNanoseconds: earliest), operation: work)
    }
}
