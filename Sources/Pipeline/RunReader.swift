import Evidence
import FinOps

/// Loads what a run's state names by digest.
struct RunReader {
    let state: RunState
    let order: RunOrder
    let objects: ObjectStore
    let layout: ArchiveLayout

    /// `dossier` is given when the run has just ended and its products are still at hand.
    func result(dossier: RunDossier? = nil) throws -> RunResult {
        RunResultComposer(
            state: state, dossier: try dossier ?? loadDossier(), request: order.request, policy: order.policy,
            summaries: try state.summaries.values.map { try load(PhaseSummary.self, $0) },
            usages: try state.usages.map { try load(APIUsage.self, $0) },
            runFolder: layout.relative(layout.runFolder(state.runID)), interpretation: try interpretation()
        ).result()
    }

    func loadDossier() throws -> RunDossier {
        var dossier = RunDossier()
        dossier.brief = try product(.coordination)
        dossier.preflight = try product(.preflight)
        dossier.inventory = try product(.discovery)
        dossier.collection = try product(.collection)
        dossier.crossValidation = try product(.crossValidation)
        dossier.deliverables = try product(.reporting)
        dossier.screenshots = try product(.visualVerification)
        dossier.approval = try product(.approval)
        dossier.archive = try product(.archive)
        dossier.scorecard = try product(.scoring)
        dossier.digests = state.products
        for digest in state.verdicts.values { dossier.note(try load(Verdict.self, digest)) }
        return dossier
    }

    private func product<Product: Decodable>(_ phase: PhaseID) throws -> Product? {
        try state.products[phase].map { try load(Product.self, $0) }
    }

    private func load<Value: Decodable>(_ type: Value.Type, _ digest: Digest) throws -> Value {
        try JSONText.decode(type, from: try objects.get(digest))
    }
}
