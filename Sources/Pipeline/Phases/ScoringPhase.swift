import FinOps

/// Phase 9: three roles close the month, and the completion statement names the seal. Only here is the word "complete" said.
struct ScoringPhase {
    let request: RunRequest
    let manifest: ArchiveManifest
    let reviews: ReviewDesk

    func work(dossier: RunDossier, journal: RunJournal) async throws -> Scorecard {
        let heard = try await reviews.review(.scoring, dossier: dossier, journal: journal)
        let seal = manifest.seal?.named ?? "nothing"
        // A month that nobody confirmed is not to be taken for one that was checked against another source.
        let origin = request.monthExport.map { export in
            let confirming = (dossier.crossValidation?.outsideSources ?? []).filter(\.confirms).map(\.id)
            return ", from \(export.origin.words) alone, "
                + (confirming.isEmpty
                    ? "confirmed by nothing else," : "confirmed by \(confirming.joined(separator: ", ")),")
        }
        return Scorecard(
            reviews: heard,
            completionStatement:
                "Month \(request.month) of \(request.project)\(origin ?? "") is complete and sealed as \(seal)"
        )
    }
}
