public import FinOps

/// A paragraph somebody wrote and the verifier accepted, in place of a page's own second sentence. The page says whose words
/// they are.
public struct WrittenParagraph: Hashable, Sendable {
    public let text: GroundedText
    /// As it is named beside the words.
    public let model: String

    public init(text: GroundedText, model: String) {
        self.text = text
        self.model = model
    }

    func phrase(in book: FactBook) -> Phrase {
        GroundedPrinter.phrase(text, book: book) + " (Words by \(name: model); every figure is a fact of the month.)"
    }
}

/// Who reads a page, and the one question it answers for them.
public struct PageReader: Hashable, Sendable {
    public let persona: Persona
    public let name: String
    public let question: String
}
