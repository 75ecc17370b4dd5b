import FinOps

/// How far this machine's clock is from the provider's, by the Date header of its answers.
final class ClockSkewMeter: Sendable {
    private struct State: Sendable {
        var reading: Int?
        var correction = 0
    }

    private let state = Locked(State())

    /// Seconds this machine is ahead; negative when behind, nil before the first answer.
    var reading: Int? { state.withLock { $0.reading } }

    /// Seconds to take off the clock when signing: 0 until AWS refused a signature for its time.
    var correction: Int { state.withLock { $0.correction } }

    func observe(_ dateHeader: String?, receivedAt: Timestamp) {
        guard let dateHeader, let date = Timestamp(httpDate: dateHeader) else { return }
        state.withLock { $0.reading = receivedAt.secondsSinceEpoch - date.secondsSinceEpoch }
    }

    /// Takes the latest reading for signing. False when that would change too little to explain the refusal of a request
    /// signed under the correction `used`: AWS accepts five minutes, and the header is exact to the second. True, too, when
    /// another request refused at the same time has corrected the clock since.
    func correct(used: Int) -> Bool {
        state.withLock { state in
            if abs(state.correction - used) >= 240 { return true }
            guard let reading = state.reading, abs(reading - state.correction) >= 240 else { return false }
            state.correction = reading
            return true
        }
    }
}
