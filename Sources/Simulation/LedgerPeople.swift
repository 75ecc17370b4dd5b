import Evidence
import FinOps
import Foundation
import Pipeline
import TestSupport

/// The people of the smallest month: what they are asked, what they answer, and what they know of it themselves.
final class LedgerPeople {
    private let layout: ArchiveLayout
    private let disk: ModelledDisk
    private let clock: ModelledClock
    /// What the engine takes for the time.
    private let engineClock: any FinOps.Clock
    private let rules: ApprovalRules
    private let quorum: Int
    private var random: SeededRandom
    private let randomness: ModelledRandomness
    /// The last process said that a decision is waited for.
    var isAsked = false
    private var answers = 0
    /// A decision nobody has handed in yet.
    private var drawer: Signed?
    private var handedIn: [Digest: Signed] = [:]
    private var acknowledged: Set<Digest> = []

    /// A decision, as whoever took it knows it.
    private struct Signed {
        let bundle: Data
        let person: String
        let approves: Bool
        /// The request that was read; another one when somebody wants to deceive.
        let request: Digest
        let mayCount: Bool
    }

    init(layout: ArchiveLayout, disk: ModelledDisk, clock: ModelledClock, bug: PlantedBug?, random: SeededRandom) throws
    {
        (self.layout, self.disk, self.clock, self.random) = (layout, disk, clock, random)
        engineClock = bug?.clock(over: clock) ?? clock
        rules = (bug?.rulebook ?? .standard).approvals
        randomness = ModelledRandomness(seed: self.random.next())
        quorum = self.random.oneIn(3) ? 2 : 1
        try People.trust(in: layout.trustFolder, of: disk)
    }

    private static func order(_ quorum: Int) -> RunOrder {
        RunOrder(
            request: SampleMonth.request(personas: [.cfo]),
            policy: RunPolicy(approvalThreshold: Money("50000", .usd), approvalQuorum: quorum), acceptanceCriteria: [],
            restates: false)
    }
    private static let orders = [1, 2].map(order)
    private static let deliverables = DeliverableSet(
        requested: [.cfo], deliverables: [], factsSHA256: SampleLedger.digest("d"),
        deliverablesSHA256: DeliverablesDigest.compute([
            (path: LedgerTale.page, digest: SystemHashing().sha256(LedgerTale.pageBytes))
        ]), damaged: [])
    private static let crossValidation = SampleMonth.crossValidation()

    private func desk(_ journal: RunJournal, on disk: any FileSystem) -> ApprovalDesk {
        ApprovalDesk(
            runID: LedgerTale.runID, layout: layout, fileSystem: disk, clock: engineClock,
            trust: TrustStore(folder: layout.trustFolder, fileSystem: disk), journal: journal, rules: rules)
    }

    /// The engine's phase 7. True when people have approved; a rejection closes the month.
    func decide(_ journal: RunJournal, on disk: any FileSystem, _ life: Life) async throws -> Bool {
        let environment = RunEnvironment(
            fileSystem: disk, clock: engineClock, randomness: randomness, hashing: SystemHashing(), layout: layout,
            connect: { _ in throw ScriptedCloud.denied }, smokeTester: Untested(), pageCapture: nil,
            approver: nil, runnerKey: { People.runner },
            tool: RunPredicate.Tool(version: "0.1.0", digest: nil), observer: Unobserved())
        let state = try await ApprovalPhase(
            order: Self.orders[quorum - 1], deliverables: Self.deliverables, crossValidation: Self.crossValidation,
            desk: desk(journal, on: disk), concerns: [], environment: environment, journal: journal
        ).work().state
        switch state {
        case .approved: return true
        case .rejected:
            try await journal.record(.runClosed, note: ["status": RunState.Closing.rejected.rawValue])
        case .waiting: isAsked = !life.isDead
        case .expired, .notRequired: break
        }
        return false
    }
}

extension LedgerPeople {
    /// What somebody may do who is asked.
    private enum Answer: CaseIterable {
        case yes, yesTwice, no, silence, tooLate, keptInADrawer, fromTheDrawer, droppedIn, tornFile, otherReports
        case otherPlace, stranger, requester
    }

    /// What `approve` does, or somebody who has no need of it.
    func answer(on disk: any FileSystem, _ life: Life, isCalm: Bool) async throws {
        isAsked = false
        let lock = try RunLock.acquire(layout.monthLock(BillingMonth("2026-02")!), subject: "the month", in: disk)
        defer { lock.release() }
        let journal = try RunJournal(LedgerTale.runID, layout: layout, clock: engineClock, fileSystem: disk)
        let desk = desk(journal, on: disk)
        guard let request = try await desk.openRequest() else { return }
        answers += 1
        let person = answers.isMultiple(of: 2) ? "bob" : "carol"
        switch isCalm ? .yes : Answer.allCases[random.below(Answer.allCases.count)] {
        case .yes: try await hand(sign(request, person), to: desk, request, life)
        case .yesTwice:
            try await hand(sign(request, person), to: desk, request, life)
            try await hand(sign(request, person), to: desk, request, life)
        case .no: try await hand(sign(request, person, approves: false), to: desk, request, life)
        case .silence: clock.pass(seconds: 20 * 86_400)
        case .tooLate:
            let decision = try await sign(request, person, mayCount: false)
            clock.pass(seconds: 20 * 86_400)
            try await hand(decision, to: desk, request, life)
        case .keptInADrawer:
            drawer = try await sign(request, person)
            if random.oneIn(2) { clock.pass(seconds: 20 * 86_400) }
        case .fromTheDrawer: if let drawer { try await hand(drawer, to: desk, request, life) }
        case .droppedIn: try dropIn(try await sign(request, person), isTorn: false)
        case .tornFile: try dropIn(try await sign(request, person), isTorn: true)
        case .otherReports:
            let other = request.with(deliverables: SampleLedger.digest("e"))
            try await hand(sign(other, person, mayCount: false), to: desk, request, life)
        case .otherPlace:
            let other = request.with(
                seq: 7, previous: NamedDigest(name: "2026-01", digest: SampleLedger.digest("a")))
            try await hand(sign(other, person, mayCount: false), to: desk, request, life)
        case .stranger: try await hand(sign(request, "mallory", mayCount: false), to: desk, request, life)
        case .requester: try await hand(sign(request, "alice", mayCount: false), to: desk, request, life)
        }
    }

    private func sign(
        _ request: ApprovalRequest, _ person: String, approves: Bool = true, mayCount: Bool = true
    ) async throws -> Signed {
        let bundle = try await People.sign(request, as: person, approves ? .approved : .rejected, on: clock.trueTime)
        return Signed(
            bundle: try bundle.encoded(), person: person, approves: approves, request: try request.digest(),
            mayCount: mayCount)
    }

    private func hand(_ decision: Signed, to desk: ApprovalDesk, _ request: ApprovalRequest, _ life: Life) async throws
    {
        let digest = SystemHashing().sha256(decision.bundle)
        handedIn[digest] = decision
        guard case .valid = try await desk.receive(decision.bundle, for: request), !life.isDead else { return }
        acknowledged.insert(digest)
    }

    /// As somebody does who copies a file: nothing is synchronised.
    private func dropIn(_ decision: Signed, isTorn: Bool) throws {
        handedIn[SystemHashing().sha256(decision.bundle)] = decision
        try disk.makeDirectory(layout.decisions(LedgerTale.runID))
        try disk.write(
            isTorn ? decision.bundle.prefix(decision.bundle.count / 2) : decision.bundle,
            to: layout.decision(LedgerTale.runID, approver: decision.person))
    }

    /// Every decision in the journal is one that somebody took and that may count, and a month is closed as they add up to.
    func inspect(_ entries: [JournalEntry]) throws {
        let recorded = entries.filter { $0.type == .decisionRecorded }.compactMap { $0.event.outputs["bundle"] }
        guard acknowledged.isSubset(of: recorded) else {
            throw BrokenPromise("a decision is not kept although its approver was told so")
        }
        let state = RunState(folding: entries)
        for bundle in state.decisions.map(\.bundle) {
            guard let decision = handedIn[bundle] else { throw BrokenPromise("a decision counts that nobody took") }
            // An expired request keeps its decisions until the next one is made.
            guard decision.mayCount, [decision.request, nil].contains(state.approvalRequest) else {
                throw BrokenPromise("a decision of \(decision.person) counts that must not")
            }
        }
        let decisions = state.decisions.compactMap { handedIn[$0.bundle] }
        let approvals = Set(decisions.filter(\.approves).map(\.person))
        switch state.closing {
        case .complete where approvals.count < quorum || decisions.contains { !$0.approves }:
            throw BrokenPromise("a month was closed that its people did not approve")
        case .rejected where !decisions.contains { !$0.approves }:
            throw BrokenPromise("a month was closed as rejected and nobody had rejected it")
        default: break
        }
    }
}

extension ApprovalRequest {
    /// The same request about something else.
    fileprivate func with(
        deliverables: Digest? = nil, seq: Int? = nil, previous: NamedDigest? = nil
    ) -> ApprovalRequest {
        ApprovalRequest(
            requestId: requestId, run: run, period: period, deliverables: deliverables ?? self.deliverables,
            facts: facts, policy: policy, seq: seq ?? self.seq, previous: previous ?? self.previous, logId: logId,
            total: Money("100000", .usd), policyThreshold: Money("50000", .usd), quorum: quorum,
            requesterMayApprove: requesterMayApprove, approvers: approvers, concerns: concerns,
            requestedBy: requestedBy, requestedOn: requestedOn, expiresOn: expiresOn)
    }
}

private struct Untested: SmokeTester {
    func smokeTest() async -> SmokeTest { SmokeTest(toolVersion: "0.1.0", checks: []) }
}

private struct Unobserved: RunObserver {
    func observe(_ event: RunEvent) {}
}
