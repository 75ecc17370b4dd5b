import FinOps

/// A writer's text taken apart: sentences of words and placeholders. Reading never fails; what is wrong with it is kept.
struct Draft {
    enum Piece: Hashable {
        case words(String)
        /// `{{total.net|whole}}`
        case placeholder(id: String, policy: String)
    }

    private(set) var sentences: [[Piece]] = []
    private(set) var hasBrokenBraces = false

    init(_ text: String) {
        var sentence: [Piece] = []
        var words = ""
        var rest = text.unicodeScalars[...]
        func flushed() -> [Piece] { words.isEmpty ? sentence : sentence + [.words(words)] }
        while let scalar = rest.first {
            if scalar == "{", let (piece, after) = Self.placeholder(rest) {
                sentence = flushed() + [piece]
                words = ""
                rest = after
                continue
            }
            if scalar == "{" || scalar == "}" { hasBrokenBraces = true }
            rest = rest.dropFirst()
            words.unicodeScalars.append(scalar)
            if Self.ends.contains(scalar), rest.first.map({ $0 == " " || $0 == "\n" }) ?? true {
                sentences.append(flushed())
                (sentence, words) = ([], "")
                rest = rest.drop { $0 == " " || $0 == "\n" }
            }
        }
        if !flushed().isEmpty { sentences.append(flushed()) }
    }

    private static let ends: Set<Unicode.Scalar> = [".", "!", "?"]

    private static func placeholder(
        _ text: Substring.UnicodeScalarView
    ) -> (Piece, Substring.UnicodeScalarView)? {
        guard text.starts(with: "{{".unicodeScalars) else { return nil }
        let inner = text.dropFirst(2).prefix { $0 != "}" && $0 != "{" }
        let after = text.dropFirst(2 + inner.count)
        let parts = inner.split(separator: "|", omittingEmptySubsequences: false).map { String($0) }
        guard after.starts(with: "}}".unicodeScalars), after.dropFirst(2).first != "}", parts.count == 2,
            parts.allSatisfy({ !$0.isEmpty && $0.unicodeScalars.allSatisfy(isPlain) })
        else { return nil }
        return (.placeholder(id: parts[0], policy: parts[1]), after.dropFirst(2))
    }

    /// What ids and policies are made of.
    private static func isPlain(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case "a"..."z", "A"..."Z", "0"..."9", ".", "-", "_": true
        default: false
        }
    }
}

extension [Draft.Piece] {
    /// Lower-case words outside placeholders; a placeholder is nil, so that neighbours of one can be seen.
    var spoken: [String?] {
        flatMap { piece -> [String?] in
            guard case .words(let text) = piece else { return [nil] }
            return text.lowercased().split { !$0.isLetter && $0 != "-" && $0 != "'" && $0 != "’" }
                .map { String($0).trimmed }.filter { !$0.isEmpty }
        }
    }
}

extension String {
    /// Without the dashes and quotation marks around it.
    fileprivate var trimmed: String {
        let marks: Set<Character> = ["-", "'", "’"]
        return String(drop { marks.contains($0) }.reversed().drop { marks.contains($0) }.reversed())
    }
}
