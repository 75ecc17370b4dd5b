import FinOps

/// The products a run has so far, for the reviewers and for the archive. Phases do not read it: they take their inputs by
/// name, so that none can run without its input.
struct RunDossier {
    var brief: CoordinationBrief?
    var preflight: PreflightReport?
    var inventory: AccountInventory?
    var collection: CostCollection?
    var crossValidation: CrossValidation?
    var book: FactBook?
    var deliverables: DeliverableSet?
    var screenshots: ScreenshotSet?
    var approval: ApprovalState?
    var archive: ArchiveManifest?
    var scorecard: Scorecard?
    var verdicts: [Verdict] = []
    /// Digest of each product as it lies in the object store.
    var digests: [PhaseID: Digest] = [:]

    /// What a seal says of the gates: `G4` → `passed`. G8 judges the archive once it is sealed.
    var sealedVerdicts: [String: String] {
        let judged = verdicts.filter { $0.gate < .g8 }.map { ($0.gate.rawValue, $0.outcome.rawValue) }
        return Dictionary(uniqueKeysWithValues: judged)
    }

    mutating func note(_ verdict: Verdict) {
        verdicts.removeAll { $0.gate == verdict.gate }
        verdicts.append(verdict)
        verdicts.sort { $0.gate < $1.gate }
    }
}
