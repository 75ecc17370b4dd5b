public import FinOps

/// What a fact measures, read from the shape of its id and its unit: whom it is about, what kind of figure it is, and which
/// words a sentence that prints it must contain so that it is not mistaken for another.
public struct FactSense: Hashable, Sendable {
    public enum Kind: String, Hashable, Sendable {
        case level, change
        case percentChange = "change in percent"
        case share = "percentage"
        case count, rate
    }

    public let kind: Kind
    /// The prefix of the account, service or unit it belongs to; nil for the month as a whole.
    public let subject: String?
    /// Each inner list is satisfied by any one of its words.
    public let demandedWords: [[String]]
    /// False when its id cannot be said in words; then only its label names it.
    public let isSayable: Bool
    public let policies: [PrintPolicy]

    /// - Parameter subjects: Prefixes of the accounts, services and units of the book.
    public init(_ fact: Fact, subjects: Set<String>, hasNetSibling: Bool) {
        let components = fact.id.split(separator: ".").map(String.init)
        subject = (1..<max(2, components.count)).reversed()
            .map { components.prefix($0).joined(separator: ".") }.first(where: subjects.contains)
        let rest = components.dropFirst(subject.map { $0.split(separator: ".").count } ?? 0)
        let words = rest.flatMap { $0.split { $0 == "_" || $0 == "-" }.map { $0.lowercased() } }
        let isChange = words.contains("change") || words.contains("underlying")
        (kind, policies) =
            switch fact.unit {
            case .money: (isChange ? .change : .level, [.exact, .whole, .short])
            case .percent: (isChange ? .percentChange : .share, [.percent])
            case .count, .days: (.count, [.exact])
            case .rate: (.rate, [.exact])
            }
        isSayable = !words.contains { $0.contains(where: \.isNumber) }
        demandedWords = words.compactMap { word in
            if word == "gross", !hasNetSibling { return nil }
            if Self.unspoken.contains(word) { return nil }
            return Self.sayings[word] ?? [word]
        }
    }

    /// Said by the sentence as a whole: a verb for a change, a sign for a percentage, the subject's name.
    private static let unspoken: Set<String> = [
        "net", "amount", "pct", "change", "share", "per", "with", "in", "by", "of", "display", "mean",
    ]

    private static let sayings: [String: [String]] = [
        "total": ["bill", "month", "total", "cost", "costs", "organisation", "organization"],
        "previous": ["before", "previous", "earlier", "prior"],
        "day": ["day", "daily"],
        "days": ["day", "days"],
        "underlying": ["beyond", "underlying", "calendar"],
        "calendar": ["calendar", "days"],
        "gross": ["gross", "discount"],
        "others": ["other", "others"],
        "ou": ["unit"],
    ]
}

extension FactSense {
    /// Whether a sentence made of these lower-case words names what the fact measures.
    func isNamed(by words: Set<String>) -> Bool {
        isSayable && demandedWords.allSatisfy { $0.contains { Self.isSaid($0, in: words) } }
    }

    /// `accounts` is also said by `account`, and the other way round.
    private static func isSaid(_ word: String, in words: Set<String>) -> Bool {
        words.contains(word) || words.contains(word + "s")
            || (word.hasSuffix("s") && words.contains(String(word.dropLast())))
    }
}
