public import Evidence
public import FinOps

/// Asks a person at the controlling terminal. Returns nil when the person says nothing: that is "not yet", never "yes".
public protocol Approver: Sendable {
    func ask(_ briefing: ApprovalBriefing) async throws -> SigstoreBundle?
}

/// What a person must be shown before deciding: the same figures as the report, and what is wrong with them.
public struct ApprovalBriefing: Sendable {
    public let request: ApprovalRequest
    /// Gates that were advised or did not hold, with their reasons.
    public let concerns: [Verdict]
    /// The accounts that changed most, largest first: name and signed change.
    public let largestChanges: [(subject: String, change: Money)]
    /// The page to read, relative to the root.
    public let reportPath: String
    public let isPreliminary: Bool
}

extension ApprovalBriefing {
    /// Rendered from the same products as the report. At most five changes: more is a report, not a summary.
    init(request: ApprovalRequest, dossier: RunDossier, reportPath: String) {
        let month = request.period
        var changes: [(subject: String, change: Money)] = []
        if let ledger = dossier.collection?.recordTypes.value, let metric = dossier.brief?.policy.metric {
            let before = ledger.totals(metric, in: month.previous, by: .account)
            let after = ledger.totals(metric, in: month, by: .account)
            changes = Set(before.keys).union(after.keys).map { account in
                (account, Money((after[account] ?? .zero) - (before[account] ?? .zero), ledger.currency))
            }
            changes.sort { ($1.change.amount.magnitude, $0.subject) < ($0.change.amount.magnitude, $1.subject) }
        }
        self.init(
            request: request, concerns: dossier.verdicts.filter { $0.outcome != .passed && $0.gate != .g7 },
            largestChanges: Array(changes.prefix(5)), reportPath: reportPath,
            isPreliminary: dossier.crossValidation?.isPreliminary ?? true)
    }
}
