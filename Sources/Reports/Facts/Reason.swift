import FinOps

/// Why a figure is unknown, in words that are the same in every run: the provider's code and sentence, never the request.
enum Reason {
    static func of(_ trouble: Trouble) -> String {
        trouble.kind == .notAsked
            ? "\(trouble.operation) was not asked: \(trouble.message)"
            : "\(trouble.operation) could not answer: \(withoutRequest(trouble).message) (\(trouble.code))"
    }

    /// Two runs of the same month differ in their request ids and must not differ in their pages.
    static func withoutRequest(_ trouble: Trouble) -> Trouble {
        Trouble(
            trouble.kind, code: trouble.code, message: cleaned(trouble.message, of: trouble.requestID),
            operation: trouble.operation, hint: trouble.hint.map { cleaned($0, of: trouble.requestID) })
    }

    static func withoutRequest(_ verdict: Verdict) -> Verdict {
        Verdict(
            verdict.gate, verdict.outcome, action: verdict.action,
            reasons: verdict.reasons.map { cleaned($0, of: verdict.trouble?.requestID) },
            trouble: verdict.trouble.map(withoutRequest))
    }

    private static func cleaned(_ text: String, of requestID: String?) -> String {
        guard let requestID, !requestID.isEmpty else { return text }
        return withoutWord(requestID, in: text.replacing(" (request \(requestID))", with: ""))
    }

    /// Only where it stands alone: a short id may be a part of an honest word.
    private static func withoutWord(_ word: String, in text: String) -> String {
        func isPart(_ character: Character?) -> Bool { character.map { $0.isLetter || $0.isNumber } ?? false }
        var result = ""
        var rest = text[...]
        while let found = rest.firstRange(of: word) {
            result += rest[..<found.lowerBound]
            let isAlone = !isPart(result.last) && !isPart(rest[found.upperBound...].first)
            result += isAlone ? "…" : word
            rest = rest[found.upperBound...]
        }
        return result + rest
    }
}
