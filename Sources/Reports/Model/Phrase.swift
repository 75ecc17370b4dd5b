import FinOps

/// A sentence whose numbers are facts. Written as an interpolated string; a plain number cannot be interpolated, so that a
/// page cannot say one that is not in the book.
struct Phrase: Hashable, ExpressibleByStringInterpolation {
    enum Part: Hashable {
        /// Our own words.
        case words(String)
        case fact(String, FactFormat)
        /// Somebody else's words.
        case name(UntrustedText)
        case strong([Part])
        /// An identifier or a digest, in a fixed-width face.
        case code(String)
        /// A word that is also a sign: shape and colour beside it.
        case mark(Mark)
        /// A figure that nobody collected, and why: `unknown`, with the reason among the notes of the page.
        case unknown(String)
        /// A line as small as a word through these facts, oldest first.
        case spark([String])
    }

    var parts: [Part]

    init(_ parts: [Part]) {
        self.parts = parts
    }

    init(stringLiteral text: String) {
        parts = [.words(text)]
    }

    init(stringInterpolation: StringInterpolation) {
        parts = stringInterpolation.parts
    }

    static func fact(_ id: String, _ format: FactFormat) -> Phrase { Phrase([.fact(id, format)]) }
    static func name(_ text: String) -> Phrase { Phrase([.name(UntrustedText(text))]) }
    static func reason(_ text: String) -> Phrase {
        Phrase([.name(UntrustedText(text, limitBytes: UntrustedText.reasonLimitBytes))])
    }
    static func code(_ text: String) -> Phrase { Phrase([.code(text)]) }
    static func mark(_ mark: Mark) -> Phrase { Phrase([.mark(mark)]) }
    static func unknown(_ reason: String) -> Phrase { Phrase([.unknown(reason)]) }
    static func spark(_ facts: [String]) -> Phrase { Phrase([.spark(facts)]) }
    static func words(_ text: String) -> Phrase { Phrase([.words(text)]) }
    static func + (left: Phrase, right: Phrase) -> Phrase { Phrase(left.parts + right.parts) }

    struct StringInterpolation: StringInterpolationProtocol {
        var parts: [Part] = []

        init(literalCapacity: Int, interpolationCount: Int) {}

        mutating func appendLiteral(_ text: String) {
            if !text.isEmpty { parts.append(.words(text)) }
        }
        mutating func appendInterpolation(_ fact: String, _ format: FactFormat) { parts.append(.fact(fact, format)) }
        mutating func appendInterpolation(name: String) { parts.append(.name(UntrustedText(name))) }
        mutating func appendInterpolation(words: String) { parts.append(.words(words)) }
        mutating func appendInterpolation(_ month: BillingMonth) { parts.append(.words(month.name)) }
        mutating func appendInterpolation(strong phrase: Phrase) { parts.append(.strong(phrase.parts)) }
        mutating func appendInterpolation(_ phrase: Phrase) { parts += phrase.parts }
        mutating func appendInterpolation(_ mark: Mark) { parts.append(.mark(mark)) }
    }
}

/// A verdict, a movement or a light: a word with a shape, so that colour alone never carries the meaning.
struct Mark: Hashable {
    let word: String
    let tone: Tone
}

enum Tone: String, Hashable {
    case neutral, good, warning, bad

    /// Readable without colour and by a screen reader beside its word.
    var shape: String {
        switch self {
        case .neutral: "○"
        case .good: "●"
        case .warning: "▲"
        case .bad: "■"
        }
    }
}
