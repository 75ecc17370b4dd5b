public import Evidence
public import FinOps
public import Foundation

/// A request that was carried to another machine with the reports: decided there without any network, and brought back as one
/// file that `resume` accepts.
public struct CarriedRequest: DecisionDesk {
    private let reports: ReportFolder
    private let request: ApprovalRequest
    private let reportFolder: String
    private let outputFolder: String
    private let fileSystem: any FileSystem
    private let clock: any FinOps.Clock

    /// Reads the request file. Throws `InputError` for a file that is none.
    public init(
        request path: String, reports folder: String, outputFolder: String,
        fileSystem: any FileSystem = LocalFileSystem(), clock: any FinOps.Clock = SystemClock()
    ) throws {
        guard try fileSystem.kind(of: path) == .file,
            let bytes = try fileSystem.read(path, atMost: SigstoreBundle.limitBytes),
            let request = try? ApprovalRequest(bytes)
        else {
            throw InputError(
                "bad_request", "\(path) is no approval request",
                hint: "it is the file `approval-request.json` in the folder of the run")
        }
        self.request = request
        reports = ReportFolder(path: folder, fileSystem: fileSystem)
        (reportFolder, self.outputFolder, self.fileSystem, self.clock) = (folder, outputFolder, fileSystem, clock)
    }

    public func briefing() throws -> ApprovalBriefing { try reports.briefing(for: request, shownAs: reportFolder) }

    public func report(named name: String) throws -> Data? { try reports.page(name, for: request) }

    /// Writes the bundle beside nothing else of that name. Whether its key is trusted is for the run to say; everything else
    /// is checked here, so that nobody travels in vain.
    public func receive(_ bundle: SigstoreBundle) async throws -> DecisionReceipt {
        let bytes = try bundle.encoded()
        let signed = try Statement<ApprovalPredicate>(payload: bundle.payload).predicate
        if let reason = ApprovalVerifier.refusalWithoutTrust(of: bundle, request: request, receivedOn: clock.now()) {
            throw InputError("decision_refused", "the decision does not count: \(reason.sentence)")
        }
        let path = "\(outputFolder)/\(ArchiveLayout.decisionName(approver: signed.approver))"
        guard try !fileSystem.exists(path) else {
            throw InputError(
                "decision_exists", "\(path) exists already",
                hint: "hand that one in, or choose another folder with `--out`")
        }
        try AtomicFile.write(bytes, to: path, in: fileSystem)
        return DecisionReceipt(sequence: nil, path: path)
    }
}
