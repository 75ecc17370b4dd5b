/// Why a text may not be printed. Writers are told all of them and may try once more.
public struct Refusal: Hashable, Codable, Sendable {
    public enum Code: String, Hashable, Codable, Sendable, CaseIterable {
        /// Nothing, or more than a paragraph.
        case length
        /// A brace that is not part of a well-formed placeholder.
        case braces
        /// A digit of any script, a Roman numeral, a fraction.
        case digit
        /// A number in letters.
        case numberWord = "number_word"
        /// A quantity or a rank that no fact stands behind.
        case vagueQuantity = "vague_quantity"
        /// A percent or currency sign, or its name.
        case unitSign = "unit_sign"
        /// An invisible or formatting character.
        case invisible
        /// A letter of another script, or one that only looks Latin.
        case script
        /// A character that prose does not need: markup, links, symbols.
        case symbol
        /// A fact, name or policy that does not exist, or a fact without a value.
        case unknownFact = "unknown_fact"
        /// The sentence does not say whose figure it is, or speaks of several.
        case entity
        /// The sentence does not say what the figure measures.
        case measure
        /// The words say up and the fact says down, or nothing stands behind them.
        case direction
        /// A change printed as a level, a level as a change, a policy that does not fit.
        case kind
        /// A denial, a condition or a cause: no fact establishes it.
        case unsupported
        /// A sentence without any fact.
        case noFact = "no_fact"
    }

    public let code: Code
    /// From 1; 0 is the text as a whole.
    public let sentence: Int
    /// One sentence for the writer. Quotes at most one word of theirs.
    public let reason: String

    public init(_ code: Code, sentence: Int = 0, _ reason: String) {
        self.code = code
        self.sentence = sentence
        self.reason = reason
    }
}
