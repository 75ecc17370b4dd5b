import FinOps

/// Facts that were unknown on a page, each with the letter that stands beside it. Letters, because figures are facts.
struct UnknownNotes {
    private(set) var reasons: [String] = []

    /// One letter per reason: a source that failed is explained once.
    mutating func letter(for reason: String) -> String {
        let index = reasons.firstIndex(of: reason) ?? reasons.endIndex
        if index == reasons.endIndex { reasons.append(reason) }
        return Self.letter(index)
    }

    static func letter(_ index: Int) -> String {
        let letters = Array("abcdefghijklmnopqrstuvwxyz")
        return index < letters.count
            ? String(letters[index]) : letter(index / letters.count - 1) + String(letters[index % letters.count])
    }
}

/// Prints phrases without any markup: chart labels, titles, subjects.
struct PhraseText {
    let context: PageContext

    func plain(_ phrase: Phrase) -> String { phrase.parts.map(plain).joined() }

    func fact(_ id: String, _ format: FactFormat) -> String {
        format.text(context.facts[id], month: context.book.month) ?? "unknown"
    }

    private func plain(_ part: Phrase.Part) -> String {
        switch part {
        case .words(let text), .code(let text): text
        case .fact(let id, let format): fact(id, format)
        case .name(let name): name.text
        case .strong(let parts): parts.map(plain).joined()
        case .mark(let mark): mark.word
        case .unknown: "unknown"
        case .spark(let facts): Sparkline(facts, context.facts).blocks
        }
    }
}
