import Agents
import Evidence
import FinOps
import Foundation

/// Hears the roles that have a seat at a phase and writes their coordination logs: one file per review, never overwritten,
/// journaled by digest so that the archive carries them. What they say changes nothing about the run.
struct ReviewDesk {
    let runID: String
    let order: RunOrder
    let environment: RunEnvironment

    @discardableResult
    func review(_ phase: PhaseID, dossier: RunDossier, journal: RunJournal) async throws -> [RoleReview] {
        let reviews = AgentRoster.roles(at: phase).map { $0.review(dossier.briefing(for: phase)) }
        let logs = try reviews.map(log(of:))
        try AtomicFile.write(all: logs.map { ($0.path, $0.bytes) }, in: environment.fileSystem)
        for (review, log) in zip(reviews, logs) {
            // The phase is done with the next event; without that the roles are heard again.
            try await journal.record(
                .stepResult, phase: review.phase, step: "review/\(review.role)",
                out: ["log": try journal.keep(bytes: log.bytes)],
                note: ["log": log.name, "verdict": review.verdict.rawValue], .withNext)
        }
        return reviews
    }

    private func log(of review: RoleReview) throws -> (path: String, name: String, bytes: Data) {
        let now = environment.clock.now()
        let log = CoordinationLog(
            review: review, project: order.request.project, month: order.request.month, runID: runID, writtenAt: now)
        var number = 1
        while try environment.fileSystem.exists(path(review.role, now.day, number)) { number += 1 }
        return (
            path(review.role, now.day, number),
            CoordinationLog.fileName(role: review.role, day: now.day, ordinal: number), try JSONText.document(log)
        )
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
