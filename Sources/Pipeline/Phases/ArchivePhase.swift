import Evidence
import FinOps

/// Phase 8: freezes the journal, builds the bag aside, seals it, renames it into place and reads all of it back. The rename
/// is the commit point; a crash before it leaves nothing, a crash after it a whole month.
struct ArchivePhase {
    let order: RunOrder
    let approval: ApprovalState
    let desk: ApprovalDesk
    let runFolder: String
    let environment: RunEnvironment
    let journal: RunJournal

    func work(dossier: RunDossier) async throws -> ArchiveManifest {
        do {
            try await confirmApproval()
            let place = try await freeze()
            let payload = try ArchivePayload(
                order: order, dossier: dossier, state: await journal.state, journal: journal, runFolder: runFolder,
                fileSystem: environment.fileSystem, hashing: environment.hashing
            ).assemble()
            guard let frozen = try await journal.frozen() else { return unsealed("the journal was not frozen") }
            let sealer = Sealer(
                layout: environment.layout, key: try await environment.runnerKey(), fileSystem: environment.fileSystem)
            let gates = dossier.verdicts.filter { $0.gate < .g8 }
                .map { ($0.gate.rawValue, $0.outcome.rawValue) }
            let sealed = try sealer.seal(
                SealOrder(
                    folder: place.folder, outcome: .passed, gates: Dictionary(uniqueKeysWithValues: gates),
                    payload: payload, journal: frozen, place: place.place, logID: place.logID, tool: environment.tool))
            return try manifest(of: sealed)
        } catch let error as FileError {
            return unsealed("\(error.summary) (\(error.code))")
        } catch let error as EvidenceError where error.kind != .busy {
            return unsealed([error.summary, error.cause].compactMap { $0 }.joined(separator: ": "))
        }
    }

    /// Counts the decisions once more at the moment they are used: a key may have lost its trust since.
    private func confirmApproval() async throws {
        guard approval.state == .approved else { return }
        guard let request = try await desk.openRequest(),
            try await desk.tally(for: request).outcome == .approved
        else {
            throw EvidenceError(
                .approvalVoid, "the approval does not hold any more", cause: "a signature is not trusted now",
                hint: "resume the run; the people are asked again")
        }
    }

    /// Fixes the folder and the place in the chain before anything is built. What people approved names that place.
    private func freeze() async throws -> FrozenPlace {
        let state = await journal.state
        if let frozen = state.frozen { return frozen }
        let chain = environment.chain
        let place = try chain.nextPlace()
        var logID = place.logID
        if let digest = state.approvalRequest, approval.state == .approved {
            let request = try ApprovalRequest(try journal.objects.get(digest))
            guard request.seq == place.sequence, request.previous == place.previous else {
                throw EvidenceError(
                    .chainMoved, "another month was sealed since this one was approved",
                    hint: "resume the run; the people are asked again")
            }
            logID = request.logId
        }
        let month = order.request.month
        let frozen = FrozenPlace(
            folder: order.restates ? try chain.freeFolder(for: month) : MonthFolder(month), place: place,
            logID: logID ?? RandomName.logID(environment.randomness))
        try await journal.record(.archiveFrozen, phase: .archive, in: frozen.inputs, note: frozen.note)
        return frozen
    }

    /// Reads everything back from the disk, as an auditor would.
    private func manifest(of sealed: SealedMonth) throws -> ArchiveManifest {
        let report = try ArchiveVerifier(
            archiveFolder: environment.layout.archiveFolder, trustFolder: environment.layout.trustFolder,
            fileSystem: environment.fileSystem
        ).verify(month: sealed.folder)
        return ArchiveManifest(
            path: environment.layout.relative(sealed.path), fileCount: sealed.fileCount, bytes: sealed.bytes,
            seal: sealed.seal, sequence: sealed.sequence, previous: sealed.previous,
            problems: report.lines.filter { $0.word != .ok }.map { line in
                "\(line.check) \(line.word.rawValue)" + (line.detail.map { ": \($0)" } ?? "")
            })
    }

    private func unsealed(_ problem: String) -> ArchiveManifest {
        ArchiveManifest(
            path: environment.layout.relative(environment.layout.month(MonthFolder(order.request.month))), fileCount: 0,
            bytes: 0, seal: nil, sequence: 0, previous: nil, problems: [problem])
    }
}
