public import FinOps

/// What happens during a run, told as it happens. The view decides how to show it; the run does not know which view it has.
public protocol RunObserver: Sendable {
    func observe(_ event: RunEvent)
}

public enum RunEvent: Sendable {
    case runStarted(runID: String, request: RunRequest, resumed: Bool)
    case phaseStarted(PhaseID)
    case phaseCompleted(PhaseSummary)
    /// Something a person should know now: a fallback, a new key, a retried formatter.
    case notice(String)
}

/// One line of the phase table.
public struct PhaseSummary: Hashable, Codable, Sendable {
    public enum Status: String, Codable, Sendable {
        case done, passed, advised, failed, undetermined, waiting
    }

    public let phase: PhaseID
    public let name: String
    public let status: Status
    public let gates: [GateID]
    /// What a reader wants to know of it: `67 accounts`, `L1, L3 · 8 calls · USD 0.04`.
    public let detail: String
    public let seconds: ExactDecimal

    public init(
        phase: PhaseID, status: Status, gates: [GateID], detail: String, seconds: ExactDecimal
    ) {
        self.phase = phase
        name = phase.name
        self.status = status
        self.gates = gates
        self.detail = detail
        self.seconds = seconds
    }
}
