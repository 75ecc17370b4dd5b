public import Evidence
public import FinOps

/// Where a run stands: a fold of its journal and nothing else. Holds digests only; the values lie in the object store.
///
/// `apply` is pure and total: the same journal always gives the same state, on any machine, years later.
public struct RunState: Hashable, Sendable {
    public enum Closing: String, Hashable, Sendable { case complete, rejected }

    public private(set) var runID = ""
    public private(set) var epoch = 0
    public private(set) var openedAt: Timestamp?
    /// The engine that wrote the run so far, by its version and its phases: another one might read it differently.
    public private(set) var engine: [String]?
    public private(set) var request: Digest?
    public private(set) var policy: Digest?
    /// Products of phases that are done, by phase.
    public private(set) var done: [PhaseID: Digest] = [:]
    /// The newest product a phase made, done or not: what a stopped run shows.
    public private(set) var products: [PhaseID: Digest] = [:]
    public private(set) var summaries: [PhaseID: Digest] = [:]
    public private(set) var verdicts: [GateID: Digest] = [:]
    public private(set) var outcomes: [GateID: Verdict.Outcome] = [:]
    /// Paid answers by the digest of their question.
    public private(set) var answers: [Digest: Digest] = [:]
    /// Coordination logs in the order they were written: file name and bytes.
    public private(set) var coordinationLogs: [WrittenLog] = []
    /// How often each billed operation was answered; counted when the answer is kept, so that a kill loses none.
    public private(set) var paidCalls: [String: Int] = [:]
    /// Answers that earlier runs had paid for.
    public private(set) var cachedAnswers = 0
    /// What each phase of each epoch used.
    public private(set) var usages: [Digest] = []
    public private(set) var approvalRequest: Digest?
    public private(set) var requestCount = 0
    /// Valid decisions on the newest request: the signed bundle and the moment it was received.
    public private(set) var decisions: [ReceivedDecision] = []
    /// Bundles that were presented and did not count; each attempt is journaled once.
    public private(set) var refusedDecisions: Set<Digest> = []
    /// Where the letters to the recipients stand, by their keys.
    public private(set) var deliveries: [Digest: DeliveryState] = [:]
    /// Where the month will stand in the chain; fixed before the bag is built.
    public private(set) var frozen: FrozenPlace?
    public private(set) var closing: Closing?
    /// The gate that stopped the newest epoch, if one did.
    public private(set) var stoppedBy: GateID?

    public init() {}

    public init(folding entries: some Sequence<JournalEntry>) {
        for entry in entries { apply(entry) }
    }

    public mutating func apply(_ entry: JournalEntry) {
        let event = entry.event
        let phase = event.phase
        switch event.type {
        case .runOpened:
            open(entry)
        case .phaseStarted:
            break
        case .stepIntent:
            noteDelivery(event, .unknown)
        case .stepResult:
            noteDelivery(event, .accepted)
            keep(event)
        case .stepFailed:
            noteDelivery(event, .refused)
            if let phase, let summary = event.outputs["summary"] { summaries[phase] = summary }
            if let usage = event.outputs["usage"] { usages.append(usage) }
            if let refused = event.outputs["refused"] { refusedDecisions.insert(refused) }
        case .phaseDone:
            guard let phase else { return }
            done[phase] = event.outputs["product"]
            products[phase] = event.outputs["product"]
            summaries[phase] = event.outputs["summary"]
            if let usage = event.outputs["usage"] { usages.append(usage) }
        case .gateEvaluated:
            judge(entry, in: phase)
        case .approvalRequested:
            approvalRequest = event.outputs["request"]
            requestCount += 1
            decisions = []
        case .decisionRecorded:
            if let bundle = event.outputs["bundle"] {
                decisions.append(ReceivedDecision(bundle: bundle, receivedOn: entry.time))
            }
        case .approvalExpired:
            approvalRequest = nil
            // What was frozen was about the request.
            frozen = nil
        case .archiveFrozen:
            frozen = FrozenPlace(event)
        case .runClosed:
            closing = event.note["status"].flatMap(Closing.init(rawValue:))
        }
    }

    private mutating func noteDelivery(_ event: JournalEvent, _ delivery: DeliveryState) {
        if event.step == DistributionStep.name, let key = event.key { deliveries[key] = delivery }
    }

    private mutating func keep(_ event: JournalEvent) {
        if let key = event.key, let answer = event.outputs["answer"] {
            answers[key] = answer
            if event.note["source"] == PaidAnswerMemo.cacheSource {
                cachedAnswers += 1
            } else {
                paidCalls[event.step ?? "unknown", default: 0] += 1
            }
        }
        if let name = event.note["log"], let digest = event.outputs["log"] {
            coordinationLogs.append(WrittenLog(name: name, digest: digest))
        }
    }

    private mutating func open(_ entry: JournalEntry) {
        runID = entry.run
        epoch = entry.epoch
        openedAt = openedAt ?? entry.time
        engine = ["engine", "phases"].map { entry.event.note[$0] ?? "" }
        request = entry.event.inputs["request"] ?? request
        policy = entry.event.inputs["policy"] ?? policy
        // What could not be compared is read again: a source that was missing may answer today. Paid answers are kept.
        if stoppedBy == .g4, outcomes[.g4] == .undetermined { done[.collection] = nil }
        // The chain moved on since people decided about this month's place in it: they are asked again.
        if stoppedBy == .g8, frozen == nil { done[.approval] = nil }
        // A later month has taken its place since and sealed this one as failed: whatever comes now is a restatement, and
        // people decide on that.
        if frozen?.outcome == .failed {
            frozen = nil
            approvalRequest = nil
            done[.approval] = nil
        }
        stoppedBy = nil
    }

    private mutating func judge(_ entry: JournalEntry, in phase: PhaseID?) {
        guard let gate = entry.event.note["gate"].flatMap(GateID.init(rawValue:)),
            let outcome = entry.event.note["outcome"].flatMap(Verdict.Outcome.init(rawValue:))
        else { return }
        verdicts[gate] = entry.event.outputs["verdict"]
        outcomes[gate] = outcome
        if let phase, let product = entry.event.outputs["product"] { products[phase] = product }
        // Of several gates of one phase the first that does not hold is the one that stopped it.
        if entry.event.note["stops"] == "true" { stoppedBy = stoppedBy ?? gate }
    }

    /// The first phase that is not done; nil when the month is complete.
    public var nextPhase: PhaseID? { PhaseID.allCases.first { done[$0] == nil } }
}

/// A signed decision as the journal received it.
public struct ReceivedDecision: Hashable, Sendable {
    public let bundle: Digest
    public let receivedOn: Timestamp
}

/// A coordination log by file name and digest.
public struct WrittenLog: Hashable, Sendable {
    public let name: String
    public let digest: Digest
}

/// The folder, the outcome and the place in the chain that a frozen journal claims; sealing again uses the same.
public struct FrozenPlace: Hashable, Sendable {
    public let folder: MonthFolder
    public let outcome: RunPredicate.Outcome
    public let place: ChainPlace
    public let logID: String

    init(folder: MonthFolder, outcome: RunPredicate.Outcome, place: ChainPlace, logID: String) {
        self.folder = folder
        self.outcome = outcome
        self.place = place
        self.logID = logID
    }

    init?(_ event: JournalEvent) {
        guard let folder = event.note["folder"].flatMap(MonthFolder.init), let logID = event.note["log_id"],
            let sequence = event.note["sequence"].flatMap({ Int($0) })
        else { return nil }
        let previous = event.note["previous"].flatMap { name in
            event.inputs["previous"].map { NamedDigest(name: name, digest: $0) }
        }
        // A journal that names none is of a time when only what had passed was sealed.
        let outcome = event.note["outcome"].flatMap(RunPredicate.Outcome.init(rawValue:)) ?? .passed
        self.init(
            folder: folder, outcome: outcome, place: ChainPlace(sequence: sequence, previous: previous, logID: logID),
            logID: logID)
    }

    var note: [String: String] {
        var note = [
            "folder": folder.description, "outcome": outcome.rawValue, "sequence": String(place.sequence),
            "log_id": logID,
        ]
        note["previous"] = place.previous?.name
        return note
    }

    var inputs: [String: Digest] { place.previous.map { ["previous": $0.digest] } ?? [:] }
}
