import Evidence
import FinOps

/// Phase 8: freezes the journal, builds the bag aside, seals it, renames it into place, has the seal stamped and reads all of
/// it back. The rename is the commit point; a crash before it leaves nothing, a crash after it a whole month.
struct ArchivePhase {
    let order: RunOrder
    let outcome: RunPredicate.Outcome
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
                order: order, outcome: outcome, tool: environment.tool, dossier: dossier,
                decisions: dossier.approval?.decisions ?? [], state: await journal.state, journal: journal,
                runFolder: runFolder, fileSystem: environment.fileSystem, hashing: environment.hashing
            ).assemble()
            guard let frozen = try await journal.frozen() else { return unsealed("the journal was not frozen") }
            let sealed = try await Sealer.seal(
                SealOrder(
                    folder: place.folder, outcome: outcome, gates: dossier.sealedVerdicts, payload: payload,
                    journal: frozen, place: place.place, logID: place.logID, tool: environment.tool),
                in: environment.layout, with: try await environment.runnerKey(), fileSystem: environment.fileSystem)
            let stamps = await StampRound(environment: environment).stamp(sealed.folder)
            return try manifest(of: sealed, stampCount: stamps)
        } catch let error as FileError {
            return unsealed("\(error.summary) (\(error.code))")
        } catch let error as EvidenceError where error.kind != .busy {
            return unsealed([error.summary, error.cause].compactMap { $0 }.joined(separator: ": "))
        }
    }

    /// Counts the decisions once more at the moment they are used: a key may have lost its trust since. What is sealed has
    /// used them already.
    private func confirmApproval() async throws {
        let frozen = await journal.state.frozen
        guard approval.state == .approved, try !isSealed(frozen) else { return }
        let request = try await desk.openRequest()
        guard let request, try await desk.tally(for: request).outcome == .approved else {
            // The place was frozen for these decisions: it is given up, so that a resume asks the people again.
            if frozen != nil {
                try await journal.record(
                    .approvalExpired, phase: .approval, note: ["request": request?.requestId ?? ""])
            }
            throw EvidenceError(
                .approvalVoid, "the approval does not hold any more", cause: "a signature is not trusted now",
                hint: "resume the run; the people are asked again")
        }
    }

    /// Fixes the folder and the place in the chain before anything is built. What people approved names that place.
    private func freeze() async throws -> FrozenPlace {
        let state = await journal.state
        let chain = environment.chain
        if let frozen = state.frozen, try isOurs(frozen, in: chain) { return frozen }
        try await EarlierMonths(environment: environment, runID: state.runID).seal(before: order.request.month)
        let place = try chain.nextPlace()
        var logID = place.logID
        if let digest = state.approvalRequest, approval.requestID != nil {
            let request = try ApprovalRequest(try journal.objects.get(digest))
            guard request.seq == place.sequence, request.previous == place.previous else {
                // Forgets the place as well, so that a resume asks the people again.
                try await journal.record(.approvalExpired, phase: .approval, note: ["request": request.requestId])
                throw EvidenceError(
                    .chainMoved, "another month was sealed since this one was decided on",
                    hint: "resume the run; the people are asked again")
            }
            logID = request.logId
        }
        let frozen = FrozenPlace(
            folder: try folder(in: chain), outcome: outcome, place: place,
            logID: logID ?? RandomName.logID(environment.randomness))
        try await journal.record(.archiveFrozen, phase: .archive, in: frozen.inputs, note: frozen.note)
        return frozen
    }

    private func isSealed(_ frozen: FrozenPlace?) throws -> Bool {
        guard let frozen else { return false }
        return try environment.chain.links().contains {
            $0.folder == frozen.folder && $0.predicate.seq == frozen.place.sequence
        }
    }

    /// Whether the place is still free, or holds what was frozen for it.
    private func isOurs(_ frozen: FrozenPlace, in chain: ArchiveChain) throws -> Bool {
        let links = try chain.links()
        if let taken = links.first(where: { $0.predicate.seq == frozen.place.sequence }) {
            return taken.folder == frozen.folder
        }
        return links.count + 1 == frozen.place.sequence && links.last?.reference == frozen.place.previous
    }

    /// What was claimed is restated only when that was asked for; what was skipped or rejected claimed nothing.
    private func folder(in chain: ArchiveChain) throws -> MonthFolder {
        let month = order.request.month
        if let latest = try chain.latest(of: month), latest.predicate.outcome == .passed, !order.restates {
            throw EvidenceError(
                .monthAlreadySealed, "\(month) was sealed by another run meanwhile",
                hint: "`finops-monthly run --month \(month) --restate` seals a restatement beside it")
        }
        return try chain.freeFolder(for: month)
    }

    /// Reads everything back from the disk, as an auditor would.
    private func manifest(of sealed: SealedMonth, stampCount: Int) throws -> ArchiveManifest {
        let report = try ArchiveVerifier(
            archiveFolder: environment.layout.archiveFolder, trustFolder: environment.layout.trustFolder,
            fileSystem: environment.fileSystem
        ).verify(month: sealed.folder)
        return ArchiveManifest(
            path: environment.layout.relative(sealed.path), fileCount: sealed.fileCount, bytes: sealed.bytes,
            seal: sealed.seal, sequence: sealed.sequence, previous: sealed.previous,
            problems: report.lines.filter { $0.word != .ok }.map { line in
                "\(line.check) \(line.word.rawValue)" + (line.detail.map { ": \($0)" } ?? "")
            }, stampCount: stampCount)
    }

    private func unsealed(_ problem: String) -> ArchiveManifest {
        ArchiveManifest(
            path: environment.layout.relative(environment.layout.month(MonthFolder(order.request.month))), fileCount: 0,
            bytes: 0, seal: nil, sequence: 0, previous: nil, problems: [problem])
    }
}
