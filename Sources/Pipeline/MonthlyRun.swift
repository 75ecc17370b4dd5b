import Evidence
import FinOps
import Gates

/// One month, from nothing to a sealed archive. Read `execute` from top to bottom: it is the whole of it.
///
/// Phases collect, gates judge, roles comment, evidence remembers. Every phase is a typed `let`, so a phase cannot run
/// without the product it needs.
struct MonthlyRun {
    let order: RunOrder
    let services: CloudServices
    let environment: RunEnvironment
    let journal: RunJournal
    let memo: PaidAnswerMemo
    let conductor: Conductor
    let runFolder: String
    let rulebook: Rulebook

    private var request: RunRequest { order.request }
    private var policy: RunPolicy { order.policy }
    private var gates: GateCatalog { rulebook.gates }
    private var approvalDesk: ApprovalDesk {
        ApprovalDesk(
            runID: conductor.reviews.runID, layout: environment.layout, fileSystem: environment.fileSystem,
            clock: environment.clock, trust: environment.trust, journal: journal, rules: rulebook.approvals)
    }

    func execute() async throws {
        _ = try await conductor.perform(.coordination, into: \.brief, detail: PhaseDetail.coordination) {
            CoordinationPhase(request: request, policy: policy, acceptanceCriteria: order.acceptanceCriteria).work()
        }
        let preflight = try await conductor.perform(
            .preflight, into: \.preflight, gates: gates.preflight, detail: PhaseDetail.preflight
        ) {
            try await PreflightPhase(
                request: request, services: services, smokeTester: environment.smokeTester, clock: environment.clock
            ).work()
        }
        let caller = try preflight.caller
        let discovery = DiscoveryPhase(request: request, caller: caller, services: services)
        let inventory = try await conductor.perform(
            .discovery, into: \.inventory, gates: gates.discovery, detail: PhaseDetail.discovery,
            remedy: { verdict, found in
                verdict.action == .fallBackToSingleAccount && found.scope == .organization
                    ? try await discovery.singleAccount(troubles: found.troubles) : nil
            }
        ) {
            try await discovery.work()
        }
        try inventory.check(policy.budgets ?? [])
        let plan = CollectionPlan(
            month: request.month, today: request.today,
            onlyAccount: inventory.scope == .singleAccount ? caller.account : nil,
            extraQuestions: request.extraQuestions ?? [], isFree: request.monthExport != nil)
        let validator = CrossValidator(month: request.month, metric: policy.metric, today: request.today)
        let collection = try await conductor.perform(.collection, into: \.collection, detail: PhaseDetail.collection) {
            try await RefreshedCollection(validator: validator, memo: memo, observer: environment.observer).work {
                try await CollectionPhase(
                    request: request, metric: policy.metric, caller: caller, inventory: inventory, plan: plan,
                    services: services
                ).work()
            }
        }
        let crossValidation = try await conductor.perform(
            .crossValidation, into: \.crossValidation, gates: gates.crossValidation,
            detail: PhaseDetail.crossValidation
        ) {
            validator.validate(collection, inventory: inventory, consoleExport: request.consoleExport)
        }
        let reporting = ReportingPhase(
            request: request, policy: policy, inventory: inventory, collection: collection,
            crossValidation: crossValidation, verdicts: conductor.dossier.verdicts.filter { $0.gate <= .g4 },
            sealed: try SealedFacts(environment: environment).books(before: request.month), runFolder: runFolder,
            environment: environment)
        if order.interprets == true, await journal.state.done[.reporting] == nil {
            reporting.paragraphs = try await InterpretationDesk(
                order: order, environment: environment, journal: journal
            ).paragraphs(reporting.book)
        }
        let deliverables = try await conductor.perform(
            .reporting, into: \.deliverables, gates: gates.reporting, detail: PhaseDetail.reporting,
            remedy: { verdict, _ in verdict.action == .retryFormatter ? try reporting.work() : nil }
        ) {
            try reporting.work()
        }
        conductor.show(reporting.book)
        _ = try await conductor.perform(
            .visualVerification, into: \.screenshots, gates: gates.visualVerification,
            detail: PhaseDetail.visualVerification
        ) {
            try await VisualVerificationPhase(
                pages: deliverables.deliverables.filter { $0.format == .html }, runFolder: runFolder,
                isSkipped: order.skipsScreenshots ?? false, environment: environment
            ).work()
        }
        let approval = try await conductor.perform(
            .approval, into: \.approval, gates: gates.approval, detail: PhaseDetail.approval
        ) {
            try await ApprovalPhase(
                order: order, deliverables: deliverables, crossValidation: crossValidation, desk: approvalDesk,
                concerns: conductor.dossier.verdicts.filter { $0.outcome != .passed && $0.gate < .g7 },
                environment: environment, journal: journal
            ).work()
        }
        try await DistributionStep(
            order: order, approval: approval, deliverables: deliverables, desk: approvalDesk, environment: environment,
            journal: journal
        ).work()
        let manifest = try await archive(as: .passed, approval)
        _ = try await conductor.perform(.scoring, into: \.scorecard, detail: PhaseDetail.scoring) {
            try await ScoringPhase(request: request, manifest: manifest, reviews: conductor.reviews).work(
                dossier: conductor.dossier, journal: journal)
        }
        try await journal.record(.runClosed, note: ["status": RunState.Closing.complete.rawValue])
    }

    /// A person said no. That is kept as a yes would be: sealed, with everything it was about. Until it is, the run stays
    /// open and a resume tries again.
    func keepRejection() async throws {
        guard let approval = conductor.dossier.approval else { return }
        do {
            _ = try await archive(as: .rejected, approval)
        } catch let stopped as RunStop {
            return environment.observer.observe(
                .notice("the rejection is not sealed yet: \(stopped.verdict.reasons.first ?? "G8 does not hold")"))
        }
        try await journal.record(.runClosed, note: ["status": RunState.Closing.rejected.rawValue])
    }

    private func archive(
        as outcome: RunPredicate.Outcome, _ approval: ApprovalState
    ) async throws -> ArchiveManifest {
        try await conductor.perform(
            .archive, into: \.archive, gates: gates.archive, detail: PhaseDetail.archive
        ) {
            try await ArchivePhase(
                order: order, outcome: outcome, approval: approval, desk: approvalDesk, runFolder: runFolder,
                environment: environment, journal: journal
            ).work(dossier: conductor.dossier)
        }
    }
}
