public import FinOps

/// Prints a verified text: the words are the writer's, every figure is the book's, formatted as on every page.
public enum GroundedPrinter {
    /// Without markup, for a terminal or a log.
    public static func plain(_ text: GroundedText, book: FactBook) -> String {
        PhraseText(context: PageContext(book: book, factsSHA256: .zero)).plain(phrase(text, book: book))
    }

    public static func plain(_ sentence: GroundedText.Sentence, book: FactBook) -> String {
        plain(GroundedText([sentence]), book: book)
    }

    static func phrase(_ text: GroundedText, book: FactBook) -> Phrase {
        let subjects = Dictionary(
            (book.accounts + book.services + book.organizationalUnits).map { ($0.factPrefix, $0.name) }
        ) { first, _ in first }
        let facts = FactIndex(book)
        return text.sentences.enumerated().reduce(Phrase([])) { phrase, sentence in
            phrase + (sentence.offset == 0 ? "" : " ")
                + Phrase(
                    sentence.element.parts.map { part in
                        switch part {
                        case .words(let words): .words(words.replacing("\n", with: " "))
                        case .name(let prefix): .name(UntrustedText(subjects[prefix] ?? prefix))
                        case .label(let fact): .words(facts[fact].label)
                        case .figure(let fact, let policy): .fact(fact, format(facts[fact], policy))
                        }
                    })
        }
    }

    /// A change is printed without its sign: the words around it say which way it went.
    private static func format(_ fact: Fact, _ policy: PrintPolicy) -> FactFormat {
        let shape: FactFormat =
            switch (fact.unit, policy) {
            case (.percent, _): .percent1
            case (.money, .exact): .moneyCents
            case (.money, .short): .moneyCompact
            case (.money, _): .money
            default: .plain
            }
        let words = fact.id.split { $0 == "." || $0 == "_" }
        return words.contains("change") || words.contains("underlying") ? shape.magnitude : shape
    }
}
