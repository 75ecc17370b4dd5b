import Evidence
public import FinOps
import Foundation

/// Starts, resumes and looks at runs. One month has one run at a time; whatever happens, the journal knows where it stands.
public struct RunEngine: Sendable {
    let environment: RunEnvironment
    private let rulebook: Rulebook

    public init(environment: RunEnvironment) { self.init(environment: environment, rulebook: .standard) }

    package init(environment: RunEnvironment, rulebook: Rulebook) {
        self.environment = environment
        self.rulebook = rulebook
    }

    public func start(_ order: RunOrder) async throws -> RunEnd {
        try refuseSealed(order.request.month, restates: order.restates)
        let suffix = environment.randomness.bytes(4).map { byte in
            String(byte >> 4, radix: 16) + String(byte & 15, radix: 16)
        }
        return try await go("\(order.request.month)-\(suffix.joined())", order: order)
    }

    public func resume(_ runID: String) async throws -> RunEnd {
        try await go(runID, order: nil)
    }

    /// Sends the approved reports of a sealed month to those whom they did not reach. Contacts no cloud. Throws what
    /// `DistributionStep.workAgain` throws, and `not_sealed`.
    public func distribute(_ runID: String) async throws -> DistributionReport {
        let month = try BillingMonth(String(runID.prefix(7))).orThrow(shelf.unknownRun(runID))
        let lock = try RunLock.acquire(
            environment.layout.monthLock(month), subject: "month \(month)", in: environment.fileSystem)
        defer { lock.release() }
        let journal = try open(runID, mayCreate: false)
        let reader = try shelf.reader(of: runID)
        let dossier = try reader.loadDossier()
        guard await journal.state.closing == .complete, let approval = dossier.approval,
            let deliverables = dossier.deliverables
        else {
            throw InputError(
                "not_sealed", "run \(runID) is not complete: its report goes out when it is",
                hint: "`finops-monthly resume \(runID)`")
        }
        return try await DistributionStep(
            order: reader.order, approval: approval, deliverables: deliverables,
            desk: ApprovalDesk(
                runID: runID, layout: environment.layout, fileSystem: environment.fileSystem,
                clock: environment.clock, trust: environment.trust, journal: journal, rules: rulebook.approvals),
            environment: environment, journal: journal
        ).workAgain()
    }

    private var shelf: RunShelf { RunShelf(layout: environment.layout, fileSystem: environment.fileSystem) }

    private func go(_ runID: String, order given: RunOrder?) async throws -> RunEnd {
        let layout = environment.layout
        let month = try BillingMonth(String(runID.prefix(7))).orThrow(shelf.unknownRun(runID))
        let lock = try RunLock.acquire(
            layout.monthLock(month), subject: "month \(month)", in: environment.fileSystem)
        defer { lock.release() }
        let journal = try open(runID, mayCreate: given != nil)
        let state = await journal.state
        guard state.engine == nil || state.engine == RunEngine.identity else { throw otherEngine(runID, state) }
        let order = try given ?? journal.load(RunOrder.self, try state.request.orThrow(shelf.unknownRun(runID)))
        guard state.closing == nil else {
            return RunEnd(result: try shelf.result(of: runID), stop: nil)
        }
        try await journal.record(
            .runOpened,
            in: ["request": try journal.keep(order), "policy": try journal.keep(order.policy)],
            note: Dictionary(uniqueKeysWithValues: zip(["engine", "phases"], RunEngine.identity)))
        environment.observer.observe(
            .runStarted(runID: runID, request: order.request, resumed: given == nil))
        return try await execute(runID, order: order, journal: journal)
    }

    private func execute(_ runID: String, order: RunOrder, journal: RunJournal) async throws -> RunEnd {
        let memo = PaidAnswerMemo(
            journal: journal, recallsEarlierRuns: !order.refreshes, hashing: environment.hashing)
        let services = try await environment.services(for: order.request, memo)
        let runFolder = environment.layout.runFolder(runID)
        let conductor = Conductor(
            environment: environment, journal: journal, policy: order.policy, meter: services.meter,
            reviews: ReviewDesk(runID: runID, order: order, environment: environment))
        let run = MonthlyRun(
            order: order, services: services, environment: environment, journal: journal, memo: memo,
            conductor: conductor, runFolder: runFolder, rulebook: rulebook)
        var stop: Verdict?
        do {
            try await run.execute()
        } catch let stopped as RunStop {
            stop = stopped.verdict
            if stopped.verdict.gate == .g7, conductor.dossier.approval?.state == .rejected {
                try await run.keepRejection()
            }
        }
        let reader = RunReader(
            state: await journal.state, order: order, objects: journal.objects, layout: environment.layout)
        let result = try reader.result(dossier: conductor.dossier)
        return RunEnd(result: result, stop: stop)
    }

    func open(_ runID: String, mayCreate: Bool) throws -> RunJournal {
        let layout = environment.layout
        guard try mayCreate || environment.fileSystem.exists(layout.journal(runID)) else {
            throw shelf.unknownRun(runID)
        }
        return try RunJournal(runID, layout: layout, clock: environment.clock, fileSystem: environment.fileSystem)
    }

    /// Before anything is billed: what was claimed is not claimed again unless that is asked for. A month that was skipped
    /// or rejected claimed nothing.
    private func refuseSealed(_ month: BillingMonth, restates: Bool) throws {
        guard !restates, let sealed = try environment.chain.latest(of: month), sealed.predicate.outcome == .passed
        else { return }
        let path = environment.layout.relative(environment.layout.month(sealed.folder))
        throw InputError(
            "already_sealed", "month \(month) is already sealed in \(path)",
            hint: "`finops-monthly verify` checks it; `run --month \(month) --restate` seals a restatement beside it")
    }

    /// Changes when a journal written by an older engine would be read differently.
    static let version = "1"

    /// What a run can only be continued by: the same version with the same phases.
    static let identity = [version, PhaseID.allCases.map(\.rawValue).joined(separator: " ")]

    private func otherEngine(_ runID: String, _ state: RunState) -> InputError {
        InputError(
            "other_engine", "run \(runID) was begun by another engine than this one",
            cause: "its journal says \(state.engine ?? []), this is \(RunEngine.identity)",
            hint: "finish it with the finops-monthly that began it, or begin the month anew with `finops-monthly run`")
    }
}

/// Everything a run was asked to do: kept in the journal, so that a resume asks for exactly the same.
public struct RunOrder: Hashable, Codable, Sendable {
    public let request: RunRequest
    public let policy: RunPolicy
    public let acceptanceCriteria: [String]
    /// Seals beside an already sealed month instead of refusing.
    public let restates: Bool
    /// Asks everything anew, whatever earlier runs have paid for.
    public let refreshes: Bool
    /// Has a model write for the pages. Nil as in runs of a time when there was none.
    public let interprets: Bool?
    /// Photographs no page. Nil as in the journals of earlier versions, which forgot it when they resumed.
    public let skipsScreenshots: Bool?

    public init(
        request: RunRequest, policy: RunPolicy, acceptanceCriteria: [String], restates: Bool, refreshes: Bool = false,
        interprets: Bool = false, skipsScreenshots: Bool = false
    ) {
        self.request = request
        self.policy = policy
        self.acceptanceCriteria = acceptanceCriteria
        self.restates = restates
        self.refreshes = refreshes
        self.interprets = interprets ? true : nil
        self.skipsScreenshots = skipsScreenshots ? true : nil
    }
}

/// How a run ended for now: its result object, and the gate that stopped it, if one did.
public struct RunEnd: Sendable {
    public let result: RunResult
    public let stop: Verdict?
}

extension Optional {
    func orThrow(_ error: @autoclosure () -> some Error) throws -> Wrapped {
        guard let self else { throw error() }
        return self
    }
}
