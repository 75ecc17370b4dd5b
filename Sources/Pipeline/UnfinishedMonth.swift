import Evidence
import FinOps

/// A run that was not finished when a later month took its place, as it is sealed: its journal, what its gates judged and said,
/// and why it ended. No report goes in, since none was released, and no total that no gate has let through.
struct UnfinishedMonth {
    let runID: String
    /// The run of the later month.
    let noticedBy: String
    let environment: RunEnvironment

    /// Freezes the run's journal where it stands; a resume goes on behind that. Nil when the run was closed. Called under the
    /// month's lock.
    func sealOrder(at place: ChainPlace, _ logID: String) async throws -> SealOrder? {
        let layout = environment.layout
        let reader = try RunShelf(layout: layout, fileSystem: environment.fileSystem).reader(of: runID)
        guard reader.state.closing == nil else { return nil }
        let dossier = try reader.loadDossier()
        let folder = MonthFolder(reader.order.request.month)
        let journal = try RunJournal(
            runID, layout: layout, clock: environment.clock, fileSystem: environment.fileSystem)
        let place = FrozenPlace(folder: folder, outcome: .failed, place: place, logID: logID)
        try await journal.record(
            .archiveFrozen, phase: .archive, in: place.inputs,
            note: place.note.merging(["noticed_by": noticedBy]) { $1 })
        guard let frozen = try await journal.frozen() else { return nil }
        let (stoppedBy, reason) = ending(reader.state, dossier)
        let payload = try ArchivePayload(
            order: reader.order, outcome: .failed,
            unclaimed: UnclaimedMonth(
                month: folder.month, run: runID, stoppedBy: stoppedBy, reason: reason, noticedBy: noticedBy,
                noticedOn: frozen.frozenOn),
            tool: environment.tool, dossier: dossier, decisions: try await decisions(journal),
            state: reader.state, journal: journal, runFolder: layout.runFolder(runID),
            fileSystem: environment.fileSystem, hashing: environment.hashing
        ).assemble()
        return SealOrder(
            folder: folder, outcome: .failed, gates: dossier.sealedVerdicts, payload: payload, journal: frozen,
            place: place.place, logID: logID, tool: environment.tool)
    }

    private func ending(_ state: RunState, _ dossier: RunDossier) -> (GateID?, String) {
        guard let gate = state.stoppedBy else {
            let phase = (state.nextPhase ?? .scoring).name.lowercased()
            return (nil, "it was interrupted during \(phase) and not resumed")
        }
        let reasons = dossier.verdicts.first { $0.gate == gate }?.reasons ?? []
        return (gate, reasons.isEmpty ? "\(gate.rawValue) did not hold" : reasons.joined(separator: " "))
    }

    /// What people decided on the last request, whether or not a resume has seen it.
    private func decisions(_ journal: RunJournal) async throws -> [Decision] {
        let desk = ApprovalDesk(
            runID: runID, layout: environment.layout, fileSystem: environment.fileSystem, clock: environment.clock,
            trust: environment.trust, journal: journal)
        guard let request = try await desk.openRequest() else { return [] }
        return try await desk.tally(for: request).decisions
    }
}
