public import FinOps

/// What happened. Twelve types are enough; everything else is in the fields.
public enum JournalEventType: String, Codable, Sendable, CaseIterable {
    /// The engine took the run up: its version, the phase list, the settings.
    case runOpened = "run.opened"
    case phaseStarted = "phase.started"
    /// Written and durable before an effect leaves the process.
    case stepIntent = "step.intent"
    /// Written and durable before the effect's answer is used.
    case stepResult = "step.result"
    case stepFailed = "step.failed"
    case phaseDone = "phase.done"
    case gateEvaluated = "gate.evaluated"
    case approvalRequested = "approval.requested"
    /// A decision that verified. Its `out` names the signed bundle as `bundle`; the archive verifier looks for it there.
    case decisionRecorded = "decision.recorded"
    case approvalExpired = "approval.expired"
    /// The last event that is archived.
    case archiveFrozen = "archive.frozen"
    case runClosed = "run.closed"
}

/// What a writer says; place in the chain, time and epoch are the journal's to add.
public struct JournalEvent: Hashable, Sendable {
    public var type: JournalEventType
    public var phase: PhaseID?
    /// `ce.get_cost_and_usage/0003`.
    public var step: String?
    /// Digest of everything the step depends on: an equal key means that the answer may be used again.
    public var key: Digest?
    public var inputs: [String: Digest]
    public var outputs: [String: Digest]
    public var attempt: Int?
    /// Short texts for people and for later decisions. Never large, never a secret.
    public var note: [String: String]

    public init(
        _ type: JournalEventType, phase: PhaseID? = nil, step: String? = nil, key: Digest? = nil,
        inputs: [String: Digest] = [:], outputs: [String: Digest] = [:], attempt: Int? = nil,
        note: [String: String] = [:]
    ) {
        self.type = type
        self.phase = phase
        self.step = step
        self.key = key
        self.inputs = inputs
        self.outputs = outputs
        self.attempt = attempt
        self.note = note
    }
}

/// One line of `journal.jsonl`.
public struct JournalEntry: Hashable, Sendable {
    /// The line number, from 1.
    public let sequence: Int
    /// SHA-256 of the line before, its newline included; zero for the first.
    public let previous: Digest
    public let time: Timestamp
    public let run: String
    /// How often the run has been taken up, from 1.
    public let epoch: Int
    public let event: JournalEvent

    public var type: JournalEventType { event.type }
}

extension JournalEntry: Codable {
    private enum CodingKeys: String, CodingKey {
        case sequence = "seq"
        case previous = "prev"
        case time = "t"
        case run, epoch, type, phase, step, key
        case inputs = "in"
        case outputs = "out"
        case attempt, note
    }

    public init(from decoder: any Decoder) throws {
        let fields = try decoder.container(keyedBy: CodingKeys.self)
        sequence = try fields.decode(Int.self, forKey: .sequence)
        previous = try fields.decode(Digest.self, forKey: .previous)
        time = try fields.decode(Timestamp.self, forKey: .time)
        run = try fields.decode(String.self, forKey: .run)
        epoch = try fields.decode(Int.self, forKey: .epoch)
        event = JournalEvent(
            try fields.decode(JournalEventType.self, forKey: .type),
            phase: try fields.decodeIfPresent(PhaseID.self, forKey: .phase),
            step: try fields.decodeIfPresent(String.self, forKey: .step),
            key: try fields.decodeIfPresent(Digest.self, forKey: .key),
            inputs: try fields.decodeIfPresent([String: Digest].self, forKey: .inputs) ?? [:],
            outputs: try fields.decodeIfPresent([String: Digest].self, forKey: .outputs) ?? [:],
            attempt: try fields.decodeIfPresent(Int.self, forKey: .attempt),
            note: try fields.decodeIfPresent([String: String].self, forKey: .note) ?? [:])
    }

    public func encode(to encoder: any Encoder) throws {
        var fields = encoder.container(keyedBy: CodingKeys.self)
        try fields.encode(sequence, forKey: .sequence)
        try fields.encode(previous, forKey: .previous)
        try fields.encode(time, forKey: .time)
        try fields.encode(run, forKey: .run)
        try fields.encode(epoch, forKey: .epoch)
        try fields.encode(event.type, forKey: .type)
        try fields.encodeIfPresent(event.phase, forKey: .phase)
        try fields.encodeIfPresent(event.step, forKey: .step)
        try fields.encodeIfPresent(event.key, forKey: .key)
        if !event.inputs.isEmpty { try fields.encode(event.inputs, forKey: .inputs) }
        if !event.outputs.isEmpty { try fields.encode(event.outputs, forKey: .outputs) }
        try fields.encodeIfPresent(event.attempt, forKey: .attempt)
        if !event.note.isEmpty { try fields.encode(event.note, forKey: .note) }
    }
}
