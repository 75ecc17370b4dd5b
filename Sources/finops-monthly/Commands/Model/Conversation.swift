import Evidence
import FinOps
import Foundation
import Grounding
import LanguageModels
import Reports

/// Asks the model about a finished month and shows what may be shown: sentences that hold, each with its facts, as they arrive.
struct Conversation {
    static let unknown = "I don't know from this archive."

    private let finished: FinishedMonth
    private let model: ModelClient
    private let global: GlobalOptions
    private let narrator: Narrator

    init(_ finished: FinishedMonth, model: ModelClient, global: GlobalOptions) {
        self.finished = finished
        self.model = model
        self.global = global
        narrator = Narrator(model, hashing: SystemHashing())
    }

    func ask(_ prompt: Prompt, _ material: MonthMaterial) async -> Narration {
        let book = finished.book
        let terminal = global.terminal
        let progress = terminal.showsProgress && global.format == .text
        guard progress else { return await narrator.narrate(prompt, verifier: material.verifier) }
        // Drafts are verified sentence by sentence before a person sees one; the whole is verified again at its end.
        let stage = SentenceStage(material.verifier) { terminal.talk("  … " + Self.line($0, book)) }
        return await narrator.narrate(prompt, verifier: material.verifier, onText: { stage.take($0) })
    }

    func show(_ narration: Narration, of question: String) throws {
        guard global.format == .text else {
            let answer = Answer(finished, question, narration)
            return global.terminal.output(String(decoding: try JSONText.line(answer), as: UTF8.self))
        }
        switch narration.outcome {
        case .accepted:
            for sentence in narration.text?.sentences ?? [] {
                global.terminal.output(Self.line(sentence, finished.book))
            }
        case .unknown: global.terminal.output(Self.unknown)
        case .refused:
            global.terminal.output(Self.unknown)
            let reason = narration.refusals.first?.reason ?? "no reason given"
            global.terminal.talk("note: the model's answer was refused twice: \(reason)")
        case .unavailable:
            let trouble = narration.trouble
            global.terminal.talk(
                "note: no answer: \(trouble.map { "\($0.message) (\($0.attribution))" } ?? "no reason given")"
                    + (trouble?.hint.map { "; \($0)" } ?? ""))
        }
    }

    func showUsage() async {
        guard global.format == .text else { return }
        let usage = await model.ledger.usage
        let count = await model.ledger.questions
        let questions = count == 1 ? "1 question" : "\(count) questions"
        let cost = usage.costUSD.map { "USD \($0.text(fractionDigits: 4))" } ?? "no price set"
        let alias = model.model.isFloating ? " (a floating name)" : ""
        global.terminal.talk(
            "\(model.model)\(alias): \(questions), \(usage.inputTokens) + \(usage.outputTokens) tokens, \(cost)"
        )
    }

    /// `The bill fell by USD 21,256.  [total.change]`
    private static func line(_ sentence: GroundedText.Sentence, _ book: FactBook) -> String {
        GroundedPrinter.plain(sentence, book: book) + "  [" + sentence.facts.joined(separator: ", ") + "]"
    }

    private struct Answer: Encodable {
        struct Sentence: Encodable {
            let text: String
            let facts: [String]
        }

        let type = "answer"
        let month: String
        let question: String
        let outcome: Narration.Outcome
        let sentences: [Sentence]
        let refusals: [Refusal]
        let trouble: Trouble?
        let model: ModelName
        let usage: ModelUsage

        init(_ finished: FinishedMonth, _ question: String, _ narration: Narration) {
            month = finished.folder.description
            self.question = question
            outcome = narration.outcome
            sentences = (narration.text?.sentences ?? []).map {
                Sentence(text: GroundedPrinter.plain($0, book: finished.book), facts: $0.facts)
            }
            refusals = narration.outcome == .refused ? narration.refusals : []
            trouble = narration.trouble
            model = narration.model
            usage = narration.usage
        }
    }
}

/// Shows a streamed draft as far as it holds: a sentence that does not, and everything after it, is not shown.
private final class SentenceStage: @unchecked Sendable {
    private let verifier: GroundingVerifier
    private let show: (GroundedText.Sentence) -> Void
    private var draft = ""
    private var shown = 0
    private var isSilent = false

    init(_ verifier: GroundingVerifier, show: @escaping (GroundedText.Sentence) -> Void) {
        self.verifier = verifier
        self.show = show
    }

    /// Called by one transfer at a time.
    func take(_ piece: String) {
        draft += piece
        // A sentence ends with a mark and a space behind it; ids of facts hold marks as well.
        guard !isSilent, let end = draft.matches(of: /[.!?](?=[ \n])/).last?.range.upperBound else { return }
        switch verifier.verify(String(draft[..<end])) {
        case .accepted(let text):
            text.sentences.dropFirst(shown).forEach(show)
            shown = text.sentences.count
        case .refused: isSilent = true
        }
    }
}
