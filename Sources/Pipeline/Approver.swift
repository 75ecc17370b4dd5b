public import Evidence
public import FinOps

/// Asks a person at the controlling terminal. Returns nil when the person says nothing: that is "not yet", never "yes".
public protocol Approver: Sendable {
    func ask(_ briefing: ApprovalBriefing) async throws -> SigstoreBundle?
}

/// What a person must be shown before deciding: the same figures as the report, and what is wrong with them.
public struct ApprovalBriefing: Sendable {
    public let request: ApprovalRequest
    public let total: Money
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
                (
                    dossier.displayName(of: account),
                    Money((after[account] ?? .zero) - (before[account] ?? .zero), ledger.currency)
                )
            }
            changes.sort { ($1.change.amount.magnitude, $0.subject) < ($0.change.amount.magnitude, $1.subject) }
        }
        self.init(
            request: request, total: dossier.crossValidation?.netTotal ?? Money(.zero, .usd),
            concerns: dossier.verdicts.filter { $0.outcome != .passed && $0.gate != .g7 },
            largestChanges: Array(changes.prefix(5)), reportPath: reportPath,
            isPreliminary: dossier.crossValidation?.isPreliminary ?? true)
    }
}

extension RunDossier {
    /// `Payments (111111111111)`. Names are chosen by people: control characters could redraw a terminal, so none pass.
    fileprivate func displayName(of account: String) -> String {
        guard let name = inventory?.accounts.first(where: { $0.id == account })?.name, name != account else {
            return account
        }
        let printable = name.unicodeScalars.filter { scalar in
            switch scalar.properties.generalCategory {
            case .control, .format, .lineSeparator, .paragraphSeparator: false
            default: true
            }
        }
        return "\(String(String.UnicodeScalarView(printable)).prefix(40)) (\(account))"
    }
}

extension CrossValidation {
    /// What the month costs: the unfiltered layer. Zero never stands in for a layer that is missing.
    var netTotal: Money? { layer("L3").map { Money($0.total, currency) } }
}
