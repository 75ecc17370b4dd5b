import FinOps

/// One sentence held against the facts it prints: its characters, its words, then each figure in its place.
struct SentenceCheck {
    private let number: Int
    private let pieces: [Draft.Piece]
    private let vocabulary: BookVocabulary
    private let demandsFacts: Bool
    /// Its words in order; a placeholder is nil.
    private let spoken: [String?]
    private let words: Set<String>
    private let figures: [Figure]
    /// Words the printed facts ask for, which are then nobody's own claim.
    private let demanded: Set<String>

    init(_ number: Int, _ pieces: [Draft.Piece], vocabulary: BookVocabulary, demandsFacts: Bool) {
        self.number = number
        self.pieces = pieces
        self.vocabulary = vocabulary
        self.demandsFacts = demandsFacts
        spoken = pieces.spoken
        words = Set(spoken.compactMap { $0 })
        figures = Figure.all(in: pieces, spoken: spoken, vocabulary)
        demanded = Set(figures.flatMap { $0.sense.demandedWords.joined() })
    }

    private struct Figure {
        let fact: Fact
        let sense: FactSense
        /// Among `spoken`.
        let position: Int

        var isMove: Bool { [.change, .percentChange].contains(sense.kind) }

        static func all(in pieces: [Draft.Piece], spoken: [String?], _ vocabulary: BookVocabulary) -> [Figure] {
            let placeholders = pieces.compactMap { piece -> (id: String, policy: String)? in
                if case .placeholder(let id, let policy) = piece { (id, policy) } else { nil }
            }
            return zip(placeholders, spoken.indices.filter { spoken[$0] == nil }).compactMap { placeholder, position in
                guard PrintPolicy(rawValue: placeholder.policy) != nil, let fact = vocabulary.facts[placeholder.id],
                    let sense = vocabulary.senses[placeholder.id]
                else { return nil }
                return Figure(fact: fact, sense: sense, position: position)
            }
        }
    }

    /// Meaningful when nothing is refused.
    var parts: [GroundedText.Part] {
        pieces.compactMap { piece in
            switch piece {
            case .words(let text): .words(text)
            case .placeholder(let id, "name"): .name(prefix: id)
            case .placeholder(let id, "label"): .label(fact: id)
            case .placeholder(let id, let policy):
                PrintPolicy(rawValue: policy).map { .figure(fact: id, policy: $0) }
            }
        }
    }

    var refusals: [Refusal] {
        let unknown = pieces.compactMap(unknownPlaceholder)
        guard unknown.isEmpty else { return unknown }
        return characters + claims + entity + figures.flatMap(check) + direction
    }

    private func placeholders(_ policy: String) -> Set<String> {
        Set(
            pieces.compactMap { piece in
                if case .placeholder(let id, policy) = piece { id } else { nil }
            })
    }

    private func refusal(_ code: Refusal.Code, _ reason: String) -> Refusal {
        Refusal(code, sentence: number, reason)
    }

    // MARK: what is in it

    private func unknownPlaceholder(_ piece: Draft.Piece) -> Refusal? {
        guard case .placeholder(let id, let policy) = piece else { return nil }
        switch policy {
        case "name":
            return vocabulary.subjects[id] == nil ? refusal(.unknownFact, "nothing named \(id) is in the book") : nil
        case "label":
            return vocabulary.facts[id] == nil ? refusal(.unknownFact, "there is no fact \(id)") : nil
        default:
            guard let fact = vocabulary.facts[id], let sense = vocabulary.senses[id] else {
                return refusal(.unknownFact, "there is no fact \(id)")
            }
            guard fact.value != nil else { return refusal(.unknownFact, "the value of \(id) is not known") }
            guard PrintPolicy(rawValue: policy).map(sense.policies.contains) ?? false else {
                let fitting = sense.policies.map(\.rawValue).joined(separator: ", ")
                return refusal(.kind, "\(id) is a \(sense.kind.rawValue); print it as \(fitting)")
            }
            return nil
        }
    }

    private var characters: [Refusal] {
        pieces.flatMap { piece -> [Refusal] in
            guard case .words(let text) = piece else { return [] }
            let scalars = Array(text.unicodeScalars)
            // A full stop inside a word makes a link of it.
            let hasInnerStop = scalars.indices.dropLast().contains {
                scalars[$0] == "." && scalars[$0 + 1].properties.isAlphabetic
            }
            return scalars.compactMap { CharacterCheck.refusal(of: $0, sentence: number) }
                + (hasInnerStop ? [refusal(.symbol, "a full stop stands inside a word")] : [])
        }
    }

    /// A comment without a figure may say what is not so.
    private var claimsFigures: Bool { demandsFacts || !figures.isEmpty }

    private var claims: [Refusal] {
        var found = words.sorted().flatMap { word -> [Refusal] in
            guard !demanded.contains(word) else { return [] }
            let parts = [word] + word.split(separator: "-").map(String.init)
            if parts.contains(where: Lexicon.isNumber) {
                return [refusal(.numberWord, "`\(word)` is a number in letters")]
            }
            if parts.contains(where: Lexicon.vague.contains) {
                return [refusal(.vagueQuantity, "no fact stands behind `\(word)`")]
            }
            if parts.contains(where: Lexicon.units.contains) {
                return [refusal(.unitSign, "`\(word)` is a unit; placeholders print theirs")]
            }
            if claimsFigures,
                parts.contains(where: Lexicon.unsupported.contains) || word.hasSuffix("n't")
                    || word.hasSuffix("n’t")
            {
                return [refusal(.unsupported, "no fact establishes what `\(word)` claims")]
            }
            if word.count == 1, word != "a" { return [refusal(.symbol, "`\(word)` stands alone")] }
            return []
        }
        if let prefix = vocabulary.names.written(in: spoken) {
            found.append(refusal(.entity, "write {{\(prefix)|name}} instead of the name"))
        }
        return found
    }

    // MARK: what it says of whom

    private var entity: [Refusal] {
        guard !figures.isEmpty else {
            return demandsFacts ? [refusal(.noFact, "the sentence prints no fact")] : []
        }
        let owners = Set(figures.map(\.sense.subject))
        let named = placeholders("name")
        guard owners.count == 1, let owner = owners.first else {
            return [refusal(.entity, "one sentence speaks of one subject: write two")]
        }
        guard named == Set([owner].compactMap { $0 }) else {
            return [
                refusal(
                    .entity,
                    owner.map { "the sentence must name {{\($0)|name}} and nobody else" }
                        ?? "the figure is of the month as a whole, and the sentence names somebody")
            ]
        }
        guard placeholders("label").isSubset(of: figures.map(\.fact.id)) else {
            return [refusal(.measure, "a label stands beside the figure it belongs to")]
        }
        let levels = figures.filter { !$0.isMove }
        let moves = figures.filter(\.isMove)
        guard levels.count <= 1, moves.count <= 2, Set(moves.map(\.sense.kind)).count == moves.count else {
            return [refusal(.measure, "one sentence prints one level and one change: write two")]
        }
        return []
    }

    private func check(_ figure: Figure) -> [Refusal] {
        var found: [Refusal] = []
        let id = figure.fact.id
        if !figure.sense.isNamed(by: words), !placeholders("label").contains(id) {
            let wanted = figure.sense.demandedWords.map { $0.joined(separator: " or ") }.joined(separator: "; ")
            found.append(
                refusal(
                    .measure,
                    figure.sense.isSayable
                        ? "a sentence that prints \(id) must say: \(wanted)"
                        : "a sentence that prints \(id) must contain {{\(id)|label}}"))
        }
        let before = figure.position > 0 ? spoken[figure.position - 1] : nil
        let after = figure.position + 1 < spoken.count ? spoken[figure.position + 1] : nil
        // `down by` speaks of what comes next.
        let next = figure.position + 2 < spoken.count ? spoken[figure.position + 2] : nil
        let isCompared = after.map(Lexicon.comparatives.contains) ?? false
        let readsAsChange = before == "by" || (isCompared && next != "by")
        let isMove = figure.isMove
        if isMove, !readsAsChange, !followsAChange(figure) {
            found.append(refusal(.kind, "\(id) is a change: write `by` before it, or `more` or `less` after it"))
        }
        if !isMove, readsAsChange { found.append(refusal(.kind, "\(id) is no change, and the sentence reads as one")) }
        return found
    }

    /// `by {{x.change|whole}}, {{x.change_pct|percent}}`: the second figure of a pair leans on the first.
    private func followsAChange(_ figure: Figure) -> Bool {
        figure.position > 0
            && figures.contains { other in
                other.position == figure.position - 1 && other.sense.kind == .change
                    && figure.sense.kind == .percentChange
                    && other.fact.id + "_pct" == figure.fact.id
            }
    }

    private var direction: [Refusal] {
        let ups = words.subtracting(demanded).intersection(Lexicon.up)
        let downs = words.subtracting(demanded).intersection(Lexicon.down)
        let moves = figures.filter(\.isMove)
        guard !moves.isEmpty else {
            return (ups.union(downs)).sorted().map {
                refusal(.direction, "`\($0)` says that something moved, and the sentence prints no change")
            }
        }
        return moves.compactMap { move in
            let value = move.fact.value ?? .zero
            if value.isZero { return refusal(.direction, "\(move.fact.id) did not change: leave it out") }
            let (right, wrong) = value.isNegative ? (downs, ups) : (ups, downs)
            guard !right.isEmpty, wrong.isEmpty else {
                return refusal(
                    .direction, "\(move.fact.id) went \(value.isNegative ? "down" : "up"): say so, and nothing else")
            }
            return nil
        }
    }
}
