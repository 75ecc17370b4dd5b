import Evidence
import FinOps

/// Composes the result object from what the journal and the object store hold; the same for a run that just ended and for
/// one looked at a week later.
struct RunResultComposer {
    let state: RunState
    let dossier: RunDossier
    let request: RunRequest
    let policy: RunPolicy
    let summaries: [PhaseSummary]
    let usages: [APIUsage]
    let runFolder: String
    var interpretation: RunResult.Interpretation?

    func result() -> RunResult {
        let archive = dossier.archive.flatMap { $0.problems.isEmpty ? $0 : nil }
        return RunResult(
            schema: 1, runID: state.runID, month: request.month, project: request.project, status: status,
            exitStatus: exitStatus, final: dossier.crossValidation.map { !$0.isPreliminary },
            sample: request.isSample, accounts: accounts, totals: totals, crossValidation: crossValidation,
            gates: dossier.verdicts.map {
                .init(id: $0.gate, verdict: $0.outcome, action: $0.action, reasons: $0.reasons)
            },
            phases: summaries.sorted { $0.phase < $1.phase }.map {
                .init(phase: $0.phase, name: $0.name, seconds: $0.seconds.text(fractionDigits: 2), status: $0.status)
            },
            api: api, deliverables: dossier.deliverables?.deliverables.map(\.path) ?? [], decision: decision,
            runFolder: runFolder, archive: archive?.path, seal: archive?.seal?.named,
            reviews: reviews, completionStatement: dossier.scorecard?.completionStatement,
            interpretation: interpretation, export: export)
    }

    private var export: RunResult.Export? {
        request.monthExport.map(\.origin).map { origin in
            .init(
                source: origin.source, format: origin.format, provider: origin.provider, lines: origin.lineCount,
                confirmedBy: (dossier.crossValidation?.outsideSources ?? []).filter(\.confirms).map(\.id),
                words: origin.words)
        }
    }

    private var reviews: [RunResult.Review] {
        (dossier.scorecard?.reviews ?? []).map { review in
            let gravest = RoleFinding.Severity.allCases.reversed().lazy
                .compactMap { severity in review.findings.first { $0.severity == severity } }.first
            return .init(
                role: review.role, program: review.program, verdict: review.verdict, score: review.score,
                finding: gravest?.text)
        }
    }

    private var status: RunResult.Status {
        if state.closing == .complete { return .complete }
        if state.closing == .rejected { return .rejected }
        switch state.stoppedBy {
        case .g7 where state.frozen?.outcome == .failed: return .halted
        case .g7: return dossier.approval?.state == .waiting ? .awaitingDecision : .rejected
        case .some: return .halted
        case nil: return .interrupted
        }
    }

    private var exitStatus: Int {
        switch status {
        case .complete: 0
        case .awaitingDecision: 75
        case .interrupted: 130
        case .rejected: 17
        case .halted: 10 + (state.stoppedBy?.number ?? 0)
        }
    }

    private var accounts: RunResult.Accounts? {
        dossier.inventory.map { inventory in
            .init(
                discovered: inventory.accounts.count,
                withCost: dossier.collection?.recordTypes.value.map { ledger in
                    AccountCoverage(
                        listed: inventory.accounts, ledger: ledger, metric: policy.metric, month: request.month
                    ).charged.count
                },
                scope: inventory.scope)
        }
    }

    /// Only when every gate judged so far holds, waiting for a human and the advisory screenshot apart.
    private var totals: RunResult.Totals? {
        let isEstablished = dossier.verdicts.allSatisfy {
            $0.holds || $0.gate == .g6 || ($0.gate == .g7 && dossier.approval?.state == .waiting)
        }
        guard isEstablished, dossier.verdicts.contains(where: { $0.gate == .g4 }),
            let check = dossier.crossValidation, let net = check.layer("L3"), let gross = check.layer("L1")
        else { return nil }
        let previous = dossier.collection?.recordTypes.value.flatMap { ledger in
            ledger.query.firstDay <= request.month.previous.firstDay
                ? ledger.total(policy.metric, in: request.month.previous) : nil
        }
        return .init(
            currency: check.currency, net: cents(net.total), gross: cents(gross.total), previousNet: previous.map(cents)
        )
    }

    private var crossValidation: RunResult.CrossValidationResult? {
        guard let check = dossier.crossValidation, let verdict = dossier.verdicts.first(where: { $0.gate == .g4 })
        else {
            return nil
        }
        return .init(
            verdict: verdict.outcome, rawVariancePct: check.rawVariancePercent?.text(fractionDigits: 2),
            adjustedVariancePct: check.adjustedVariancePercent?.text(fractionDigits: 2),
            layers: Dictionary(uniqueKeysWithValues: check.layers.map { ($0.id, cents($0.total)) }),
            items: check.items.map {
                .init(
                    recordClass: $0.recordClass, amount: cents($0.amount),
                    sharePct: $0.sharePercent?.text(fractionDigits: 1))
            },
            residual: check.residual.map(cents), residualByAccountAbs: check.residualByAccountAbsolute.map(cents))
    }

    /// Cost Explorer's are counted by their kept answers, everything else by the phases' meters and by that of whoever read the
    /// line items.
    private var api: RunResult.API {
        let fetching = [request.monthExport?.usage, request.lineItems?.usage].compactMap(\.self).reduce(APIUsage(), +)
        let metered = usages.reduce(fetching, +)
        let calls = metered.calls.merging(state.paidCalls) { _, paid in paid }
        let paid = state.paidCalls.values.reduce(0, +)
        return .init(
            calls: calls, retries: metered.retries, cachedAnswers: state.cachedAnswers,
            costUSD: cents(
                ExactDecimal(paid) * CollectionPlan.priceOfRequestUSD + fetching.costUSD))
    }

    private var decision: RunResult.DecisionResult? {
        dossier.approval.map {
            .init(required: $0.state != .notRequired, threshold: cents($0.threshold.amount), state: $0.state)
        }
    }

    private func cents(_ amount: ExactDecimal) -> String { amount.text(fractionDigits: 2) }
}
