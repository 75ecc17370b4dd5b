import FinOps

/// Phase 9: three roles close the month, and the completion statement names the seal. Only here is the word "complete" said.
struct ScoringPhase {
    let request: RunRequest
    let manifest: ArchiveManifest
    let reviews: ReviewDesk

    func work(dossier: RunDossier, journal: RunJournal) async throws -> Scorecard {
        let heard = try await reviews.review(.scoring, dossier: dossier, journal: journal)
        let seal = manifest.seal?.named ?? "nothing"
        return Scorecard(
            reviews: heard,
            completionStatement: "Month \(request.month) of \(request.project) is complete and sealed as \(seal)")
    }
}
