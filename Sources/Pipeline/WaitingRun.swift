public import Evidence
public import FinOps
public import Foundation

/// A run that waits for people, as `approve` and `reject` see it: the request, what to read, and where a signed decision goes.
public struct WaitingRun: DecisionDesk {
    let runID: String
    let layout: ArchiveLayout
    let fileSystem: any FileSystem
    let clock: any FinOps.Clock
    private let rulebook: Rulebook

    public init(
        runID: String, layout: ArchiveLayout, fileSystem: any FileSystem = LocalFileSystem(),
        clock: any FinOps.Clock = SystemClock()
    ) {
        self.init(runID: runID, layout: layout, fileSystem: fileSystem, clock: clock, rulebook: .standard)
    }

    package init(
        runID: String, layout: ArchiveLayout, fileSystem: any FileSystem, clock: any FinOps.Clock, rulebook: Rulebook
    ) {
        self.runID = runID
        self.layout = layout
        self.fileSystem = fileSystem
        self.clock = clock
        self.rulebook = rulebook
    }

    /// What to show, from bytes that are those of the request. Throws `not_waiting` or what `ReportFolder` throws.
    public func briefing() throws -> ApprovalBriefing {
        try reports.briefing(for: try request(), shownAs: layout.relative(layout.runFolder(runID)))
    }

    public func report(named name: String) throws -> Data? { try reports.page(name, for: try request()) }

    private var reports: ReportFolder { ReportFolder(path: layout.runFolder(runID), fileSystem: fileSystem) }

    private func request() throws -> ApprovalRequest {
        let reader = try RunShelf(layout: layout, fileSystem: fileSystem).reader(of: runID)
        guard let digest = reader.state.approvalRequest, reader.state.closing == nil,
            reader.state.frozen?.outcome != .failed
        else {
            throw InputError(
                "not_waiting", "run \(runID) does not wait for a decision",
                hint: "`finops-monthly status \(runID)` shows where it stands")
        }
        return try ApprovalRequest(try reader.objects.get(digest))
    }

    /// Takes in a decision that was signed on another machine. Throws `InputError` for a file that is none.
    public func receive(file path: String) async throws -> DecisionReceipt {
        guard try fileSystem.kind(of: path) == .file,
            let bytes = try fileSystem.read(path, atMost: SigstoreBundle.limitBytes),
            let bundle = try? SigstoreBundle(bytes)
        else {
            throw InputError(
                "bad_decision", "\(path) is no signed decision",
                hint: "it is the file that `approve --request` wrote, such as G7-alice.sigstore.json")
        }
        return try await receive(bundle)
    }

    /// Verifies, journals and synchronises a signed decision. A decision that does not count is refused with its reason.
    public func receive(_ bundle: SigstoreBundle) async throws -> DecisionReceipt {
        let request = try briefing().request
        let lock = try RunLock.acquire(
            layout.monthLock(request.period), subject: "month \(request.period)", in: fileSystem)
        defer { lock.release() }
        let journal = try RunJournal(runID, layout: layout, clock: clock, fileSystem: fileSystem)
        let desk = ApprovalDesk(
            runID: runID, layout: layout, fileSystem: fileSystem, clock: clock,
            trust: TrustStore(folder: layout.trustFolder, fileSystem: fileSystem), journal: journal,
            rules: rulebook.approvals)
        switch try await desk.receive(try bundle.encoded(), for: request) {
        case .valid(let decision):
            return DecisionReceipt(
                sequence: await journal.length,
                path: layout.relative(layout.decision(runID, approver: decision.approver)))
        case .refused(let reason, _):
            throw InputError(
                "decision_refused", "the decision does not count: \(reason.sentence)",
                hint: "`finops-monthly keys list` shows which keys are trusted here")
        }
    }
}
