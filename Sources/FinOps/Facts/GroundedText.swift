/// Prose whose every value is a fact: words, and the places where a figure, a name or a label is printed. Only the verifier
/// makes one, and only a renderer turns it into text, so that whoever wrote the words never wrote a number.
public struct GroundedText: Hashable, Codable, Sendable {
    public enum Part: Hashable, Codable, Sendable {
        /// The writer's own words; no digit, sign or name is among them.
        case words(String)
        case figure(fact: String, policy: PrintPolicy)
        /// The name of an account, a service or a unit, by the prefix of its facts. Untrusted text.
        case name(prefix: String)
        /// What a fact is, in the words of the book.
        case label(fact: String)
    }

    public struct Sentence: Hashable, Codable, Sendable {
        public let parts: [Part]

        public init(_ parts: [Part]) {
            self.parts = parts
        }

        /// Ids of the facts it prints, each once, in order.
        public var facts: [String] {
            var seen: Set<String> = []
            return parts.compactMap { part in
                if case .figure(let fact, _) = part, seen.insert(fact).inserted { fact } else { nil }
            }
        }
    }

    public let sentences: [Sentence]

    public init(_ sentences: [Sentence]) {
        self.sentences = sentences
    }
}

/// How a writer asks for a figure to be printed; which of them fits depends on what the fact is.
public enum PrintPolicy: String, Codable, Sendable, CaseIterable {
    /// To the cent, or every digit of a count or rate.
    case exact
    /// Without decimals: `USD 318,841`.
    case whole
    /// Three digits: `USD 319k`.
    case short
    /// One decimal and a percent sign.
    case percent
}
