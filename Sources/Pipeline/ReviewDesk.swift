import Agents
import Evidence
import FinOps

/// Hears the roles that have a seat at a phase and writes their coordination logs: one file per review, never overwritten,
/// journaled by digest so that the archive carries them. What they say changes nothing about the run.
struct ReviewDesk {
    let runID: String
    let order: RunOrder
    let environment: RunEnvironment

    @discardableResult
    func review(_ phase: PhaseID, dossier: RunDossier, journal: RunJournal) async throws -> [RoleReview] {
        var reviews: [RoleReview] = []
        for role in AgentRoster.roles(at: phase) {
            let review = role.review(dossier.briefing(for: phase))
            reviews.append(review)
            try await write(review, journal: journal)
        }
        return reviews
    }

    private func write(_ review: RoleReview, journal: RunJournal) async throws {
        let now = environment.clock.now()
        let log = CoordinationLog(
            review: review, project: order.request.project, month: order.request.month, runID: runID, writtenAt: now)
        let bytes = try JSONText.document(log)
        var number = 1
        while try environment.fileSystem.exists(path(review.role, now.day, number)) { number += 1 }
        let path = path(review.role, now.day, number)
        let digest = try journal.objects.put(bytes)
        try AtomicFile.write(bytes, to: path, in: environment.fileSystem)
        try await journal.record(
            .stepResult, phase: review.phase, step: "review/\(review.role)", out: ["log": digest],
            note: [
                "log": CoordinationLog.fileName(role: review.role, day: now.day, ordinal: number),
                "verdict": review.verdict.rawValue,
            ])
    }

    private func path(_ role: String, _ day: CalendarDay, _ number: Int) -> String {
        environment.layout.coordinationLog(role: role, day: day, number: number)
    }
}

extension RunDossier {
    /// What the run has so far, as the roles may see it.
    func briefing(for phase: PhaseID) -> RoleBriefing {
        let examined = digests.sorted { $0.key < $1.key }
            .map { ExaminedItem(name: $0.key.name, sha256: $0.value) }
        return RoleBriefing(
            phase: phase, brief: brief, preflight: preflight, inventory: inventory, collection: collection,
            crossValidation: crossValidation, deliverables: deliverables, screenshots: screenshots, approval: approval,
            archive: archive, facts: book, verdicts: verdicts, examined: examined)
    }
}
