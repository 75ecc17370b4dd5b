public import FinOps

/// Holds a text against the facts of a month. It is accepted whole or refused whole: every value must be a placeholder for a
/// fact that exists, in a sentence that says whose figure it is, what it measures and which way it moved.
public struct GroundingVerifier: Sendable {
    public enum Verdict: Hashable, Sendable {
        case accepted(GroundedText)
        case refused([Refusal])
    }

    public static let limitBytes = 2000
    public static let limitSentences = 12

    private let vocabulary: BookVocabulary
    /// False for comments of roles, which may also say something about no figure at all.
    private let demandsFacts: Bool

    public init(_ book: FactBook, demandsFacts: Bool = true) {
        vocabulary = BookVocabulary(book)
        self.demandsFacts = demandsFacts
    }

    /// Nil for a fact the book does not have.
    public func sense(of fact: String) -> FactSense? { vocabulary.senses[fact] }

    public func verify(_ text: String) -> Verdict {
        guard !text.isEmpty, text.utf8.count <= Self.limitBytes else {
            return .refused([Refusal(.length, "the text is empty or longer than \(Self.limitBytes) bytes")])
        }
        let draft = Draft(text)
        guard !draft.hasBrokenBraces else {
            return .refused([Refusal(.braces, "a brace is not part of a placeholder {{fact|policy}}")])
        }
        guard (1...Self.limitSentences).contains(draft.sentences.count) else {
            return .refused([Refusal(.length, "there are no sentences, or more than \(Self.limitSentences)")])
        }
        var refusals: [Refusal] = []
        var sentences: [GroundedText.Sentence] = []
        for (index, pieces) in draft.sentences.enumerated() {
            let check = SentenceCheck(index + 1, pieces, vocabulary: vocabulary, demandsFacts: demandsFacts)
            refusals += check.refusals
            sentences.append(GroundedText.Sentence(check.parts))
        }
        return refusals.isEmpty ? .accepted(GroundedText(sentences)) : .refused(refusals)
    }
}
