import Agents
import Evidence
import FinOps
import Foundation
import Grounding
import Reports

/// Hears the roles that have a seat at a phase and writes their coordination logs: one file per review, never overwritten,
/// journaled by digest so that the archive carries them. What they say changes nothing about the run.
struct ReviewDesk {
    let runID: String
    let order: RunOrder
    let environment: RunEnvironment

    @discardableResult
    func review(_ phase: PhaseID, dossier: RunDossier, journal: RunJournal) async throws -> [RoleReview] {
        let briefing = dossier.briefing(for: phase)
        let builtIn = AgentRoster.roles(at: phase).map { (review: $0.review(briefing), trace: ProgramTrace?.none) }
        let heard = await builtIn + programs(briefing, book: dossier.book)
        var places = await LogPlaces(environment: environment, journal: journal)
        let logs = try heard.map { voice in
            (place: try places.next(voice.review.role), bytes: try JSONText.document(log(of: voice)))
        }
        try AtomicFile.write(all: logs.map { ($0.place.path, $0.bytes) }, in: environment.fileSystem)
        for (review, log) in zip(heard.map(\.review), logs) {
            // The phase is done with the next event; without that the roles are heard again.
            try await journal.record(
                .stepResult, phase: review.phase, step: "review/\(review.role)",
                out: ["log": try journal.keep(bytes: log.bytes)],
                note: ["log": log.place.name, "verdict": review.verdict.rawValue], .withNext)
        }
        return heard.map(\.review)
    }

    /// One after another, each for as long as it may take at most.
    private func programs(
        _ briefing: RoleBriefing, book: FactBook?
    ) async -> [(review: RoleReview, trace: ProgramTrace?)] {
        let verifier = book.map { GroundingVerifier($0, demandsFacts: false) }
        var heard: [(review: RoleReview, trace: ProgramTrace?)] = []
        for session in environment.programs where session.program.sits(at: briefing.phase) {
            let voice = await session.review(briefing, period: order.request.month, verifier: verifier) { text in
                book.map { GroundedPrinter.plain(text, book: $0) } ?? Self.words(of: text)
            }
            heard.append((voice.review, voice.trace))
        }
        return heard
    }

    /// Before there is a book a text has no figures.
    private static func words(of text: GroundedText) -> String {
        text.sentences.map { sentence in
            sentence.parts.map { if case .words(let words) = $0 { words } else { "" } }.joined()
        }.joined(separator: " ")
    }

    private func log(of voice: (review: RoleReview, trace: ProgramTrace?)) -> CoordinationLog {
        CoordinationLog(
            review: voice.review, program: voice.trace, project: order.request.project, month: order.request.month,
            runID: runID, writtenAt: environment.clock.now())
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
