import Evidence
import FinOps
import Foundation
import Grounding
import LanguageModels
import Reports

/// Has the model write a paragraph for each page, when the run was asked to and a model is configured. What it answered is kept
/// as evidence, printed or not; an answer that is already in the journal is not asked for again. Nothing here stops a run: where
/// there is no paragraph, the deterministic one stands.
struct InterpretationDesk {
    static let logPrefix = "interpreter-"

    let order: RunOrder
    let environment: RunEnvironment
    let journal: RunJournal

    func paragraphs(_ book: FactBook) async throws -> [Persona: WrittenParagraph] {
        announce()
        let material = MonthMaterial(book)
        let narrator = environment.interpreter.map { Narrator($0, hashing: environment.hashing) }
        var written: [Persona: WrittenParagraph] = [:]
        for reader in ReportRenderer.readers(of: book, personas: order.request.personas) {
            let narration: Narration
            if let earlier = try await remembered(reader.persona) {
                narration = earlier
            } else if let narrator {
                narration = await narrator.narrate(
                    Prompts.paragraph(material, reader: reader.name, question: reader.question),
                    verifier: material.verifier)
                try await keep(narration, for: reader.persona)
            } else {
                continue
            }
            // Signed by the model that wrote it, whichever is configured now.
            let alias = narration.model.isFloating ? " (a floating name)" : ""
            written[reader.persona] = narration.text.map {
                WrittenParagraph(text: $0, model: "\(narration.model)\(alias)")
            }
            tell(narration, reader.persona)
            // What does not answer once is not asked for the other pages.
            if narration.outcome == .unavailable { break }
        }
        return written
    }

    private func announce() {
        guard let model = environment.interpreter?.model else {
            return environment.observer.observe(.notice("no model is configured: the pages keep their own words"))
        }
        let alias = model.isFloating ? ", a name that may stand for another model tomorrow" : ""
        environment.observer.observe(.notice("asking \(model)\(alias), for the words of the pages"))
    }

    private func remembered(_ persona: Persona) async throws -> Narration? {
        let prefix = "\(Self.logPrefix)\(persona.rawValue)-"
        return try await journal.state.coordinationLogs.last { $0.name.hasPrefix(prefix) }
            .map { try JSONText.decode(Narration.self, from: journal.objects.get($0.digest)) }
    }

    private func keep(_ narration: Narration, for persona: Persona) async throws {
        var places = await LogPlaces(environment: environment, journal: journal)
        let place = try places.next(Self.logPrefix + persona.rawValue)
        let bytes = try JSONText.document(narration)
        try AtomicFile.write(bytes, to: place.path, in: environment.fileSystem)
        // Paid for: durable before anything is made of it.
        try await journal.record(
            .stepResult, phase: .reporting, step: "interpret/\(persona.rawValue)",
            out: ["log": try journal.keep(bytes: bytes)],
            note: ["log": place.name, "outcome": narration.outcome.rawValue, "model": "\(narration.model)"])
    }

    private func tell(_ narration: Narration, _ persona: Persona) {
        let reason: String? =
            switch narration.outcome {
            case .accepted: nil
            case .refused: "it was refused twice: \(narration.refusals.first?.reason ?? "no reason given")"
            case .unknown: "the model says that the facts do not reach"
            case .unavailable:
                narration.trouble.map { "\($0.message) (\($0.attribution))" } ?? "the model gave no answer"
            }
        if let reason {
            environment.observer.observe(.notice("no paragraph of the model for \(persona.rawValue): \(reason)"))
        }
    }
}

extension RunReader {
    /// What the model was asked and took, summed over the run; nil when nothing was asked.
    func interpretation() throws -> RunResult.Interpretation? {
        let narrations = try state.coordinationLogs.filter { $0.name.hasPrefix(InterpretationDesk.logPrefix) }
            .map { try JSONText.decode(Narration.self, from: objects.get($0.digest)) }
        guard let model = narrations.last?.model else { return nil }
        let usage = narrations.map(\.usage).reduce(ModelUsage(costUSD: .zero), +)
        return RunResult.Interpretation(
            model: "\(model)", floating: model.isFloating,
            questions: narrations.map(\.attempts.count).reduce(0, +),
            accepted: narrations.count { $0.outcome == .accepted },
            refused: narrations.count { $0.outcome == .refused }, inputTokens: usage.inputTokens,
            cachedInputTokens: usage.cachedInputTokens, outputTokens: usage.outputTokens,
            costUSD: usage.costUSD?.text(fractionDigits: 4))
    }
}
