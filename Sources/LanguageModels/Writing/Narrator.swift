public import FinOps
import Foundation
public import Grounding

/// Has a model write about a month: asked, verified, asked once more with the reasons, and then left alone.
public struct Narrator: Sendable {
    private let interpreter: any Interpreter
    private let hashing: any Hashing

    public init(_ interpreter: any Interpreter, hashing: any Hashing) {
        self.interpreter = interpreter
        self.hashing = hashing
    }

    /// Never throws: a model that fails is a narration without text.
    public func narrate(
        _ prompt: Prompt, verifier: GroundingVerifier, onText: (@Sendable (String) -> Void)? = nil
    ) async -> Narration {
        var prompt = prompt
        var attempts: [Narration.Attempt] = []
        while attempts.count < Narration.mostAttempts {
            let digest = hashing.sha256((try? JSONText.line(prompt)) ?? Data())
            do {
                let answer = try await interpreter.interpret(prompt, onText: onText)
                let text = answer.text.trimmingWhitespace
                guard text != Prompts.unknown else {
                    attempts.append(.init(promptSHA256: digest, answer: answer))
                    return Narration(model: interpreter.model, attempts: attempts, outcome: .unknown)
                }
                switch verifier.verify(text) {
                case .accepted(let grounded):
                    attempts.append(.init(promptSHA256: digest, answer: answer))
                    return Narration(
                        model: interpreter.model, attempts: attempts, outcome: .accepted, text: grounded)
                case .refused(let refusals):
                    attempts.append(.init(promptSHA256: digest, answer: answer, refusals: refusals))
                    prompt = Prompts.retry(
                        prompt, after: answer.text, refusals.map { "sentence \($0.sentence): \($0.reason)" })
                }
            } catch let trouble as Trouble {
                attempts.append(.init(promptSHA256: digest, trouble: trouble))
                return Narration(model: interpreter.model, attempts: attempts, outcome: .unavailable)
            } catch {
                let input = error as? InputError
                let trouble = Trouble(
                    .unreachable, code: input?.code ?? "unexpected", message: input?.summary ?? "\(type(of: error))",
                    operation: "\(interpreter.model)", hint: input?.hint)
                attempts.append(.init(promptSHA256: digest, trouble: trouble))
                return Narration(model: interpreter.model, attempts: attempts, outcome: .unavailable)
            }
        }
        return Narration(model: interpreter.model, attempts: attempts, outcome: .refused)
    }
}

/// What became of one text a model was asked for: evidence, whether it was printed or not.
public struct Narration: Hashable, Codable, Sendable {
    public enum Outcome: String, Codable, Sendable {
        case accepted
        /// Refused twice; the deterministic words stand.
        case refused
        /// The model says that the facts do not reach.
        case unknown
        /// No answer.
        case unavailable
    }

    public struct Attempt: Hashable, Codable, Sendable {
        public let promptSHA256: Digest
        public let answer: Interpretation?
        public let refusals: [Refusal]
        public let trouble: Trouble?

        init(promptSHA256: Digest, answer: Interpretation? = nil, refusals: [Refusal] = [], trouble: Trouble? = nil) {
            self.promptSHA256 = promptSHA256
            self.answer = answer
            self.refusals = refusals
            self.trouble = trouble
        }
    }

    static let mostAttempts = 2

    public let schema: Int
    public let promptVersion: String
    public let model: ModelName
    public let attempts: [Attempt]
    public let outcome: Outcome
    /// What may be printed; nil unless accepted.
    public let text: GroundedText?

    init(model: ModelName, attempts: [Attempt], outcome: Outcome, text: GroundedText? = nil) {
        schema = 1
        promptVersion = Prompts.version
        self.model = model
        self.attempts = attempts
        self.outcome = outcome
        self.text = text
    }

    public var usage: ModelUsage {
        attempts.compactMap(\.answer?.usage).reduce(ModelUsage(costUSD: .zero), +)
    }
    /// Why nothing is printed.
    public var trouble: Trouble? { attempts.last?.trouble }
    public var refusals: [Refusal] { attempts.last?.refusals ?? [] }
}

extension String {
    fileprivate var trimmingWhitespace: String {
        String(drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
    }
}
