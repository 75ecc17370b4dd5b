public import Evidence
public import FinOps
import Foundation

/// A run that waits for people, as `approve` and `reject` see it: the request, what to read, and where a signed decision goes.
public struct WaitingRun: Sendable {
    let runID: String
    let layout: ArchiveLayout
    let fileSystem: any FileSystem
    let clock: any FinOps.Clock

    public init(
        runID: String, layout: ArchiveLayout, fileSystem: any FileSystem = LocalFileSystem(),
        clock: any FinOps.Clock = SystemClock()
    ) {
        self.runID = runID
        self.layout = layout
        self.fileSystem = fileSystem
        self.clock = clock
    }

    /// What to show. Compares the reports on the disk with the request first: whoever approves, approves those bytes.
    public func briefing() throws -> ApprovalBriefing {
        let reader = try RunShelf(layout: layout, fileSystem: fileSystem).reader(of: runID)
        let dossier = try reader.loadDossier()
        guard let digest = reader.state.approvalRequest, reader.state.closing == nil, let set = dossier.deliverables
        else {
            throw InputError(
                "not_waiting", "run \(runID) does not wait for a decision",
                hint: "`finops-monthly status \(runID)` shows where it stands")
        }
        let request = try ApprovalRequest(try reader.objects.get(digest))
        try compare(set, with: request)
        return ApprovalBriefing(
            request: request, dossier: dossier,
            reportPath: layout.relative("\(layout.runFolder(runID))/\(set.leadPage)"))
    }

    /// Verifies, journals and synchronises a signed decision. A decision that does not count is refused with its reason.
    public func receive(_ bundle: SigstoreBundle) async throws -> DecisionReceipt {
        let briefing = try briefing()
        let lock = try RunLock.acquire(
            layout.monthLock(briefing.request.period), subject: "month \(briefing.request.period)", in: fileSystem)
        defer { lock.release() }
        let journal = try RunJournal(
            path: layout.journal(runID), run: runID,
            objects: ObjectStore(folder: layout.objects(runID), fileSystem: fileSystem), clock: clock,
            fileSystem: fileSystem)
        let desk = ApprovalDesk(
            runID: runID, layout: layout, fileSystem: fileSystem, clock: clock,
            trust: TrustStore(folder: layout.trustFolder, fileSystem: fileSystem), journal: journal)
        switch try await desk.receive(try bundle.encoded(), for: briefing.request) {
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

    private func compare(_ set: DeliverableSet, with request: ApprovalRequest) throws {
        let found = try set.deliverables.map { deliverable in
            (
                path: deliverable.path,
                digest: try SystemHashing().sha256(fileSystem.read("\(layout.runFolder(runID))/\(deliverable.path)"))
            )
        }
        guard DeliverablesDigest.compute(found) == request.deliverables else {
            throw InputError(
                "deliverables_differ", "the reports of run \(runID) are not the ones the request names",
                hint: "`finops-monthly resume \(runID)` makes a fresh request")
        }
    }
}

/// Proof that a decision lies in the journal, synchronised.
public struct DecisionReceipt: Sendable {
    /// The line of the journal.
    public let sequence: Int
    /// The signed bundle, relative to the root.
    public let path: String
}

extension DeliverableSet {
    /// The page to open first.
    var leadPage: String {
        let pages = deliverables.filter { $0.format == .html }
        return (pages.first { $0.persona == .cfo } ?? pages.first)?.path ?? "reports"
    }
}
