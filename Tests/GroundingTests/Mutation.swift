import FinOps
import TestSupport

/// The ways in which a writer gets a value into a text, or a value wrong. Each makes a bad sentence of a good one.
enum Mutation: String, CaseIterable, Sendable {
    case digits, foreignDigits, numberCharacters, numberWords, vagueQuantities, unitSigns, invisibleCharacters,
        homoglyphs
    case unknownFacts, wrongEntity, wrongDirection, wrongKind, brokenBraces

    /// Nil when the sentence offers no place for it.
    func applied(to sentence: String, _ random: inout SeededRandom) -> String? {
        switch self {
        case .digits:
            return inserted(String(random.below(1_000_000)), into: sentence, &random)
        case .foreignDigits:
            return inserted(
                Self.digit(zero: Self.zeros[random.below(Self.zeros.count)], &random), into: sentence, &random)
        case .numberCharacters:
            return inserted(String(Character(Self.numbers[random.below(Self.numbers.count)])), into: sentence, &random)
        case .numberWords:
            return inserted(Self.wordsOfNumber[random.below(Self.wordsOfNumber.count)], into: sentence, &random)
        case .vagueQuantities:
            return inserted(Self.vague[random.below(Self.vague.count)], into: sentence, &random)
        case .unitSigns:
            return inserted(Self.units[random.below(Self.units.count)], into: sentence, &random)
        case .invisibleCharacters:
            return replaced(in: sentence, &random) {
                $0 + String(Character(Self.invisible[$1.below(Self.invisible.count)]))
            }
        case .homoglyphs:
            return replaced(in: sentence, &random) { letter, _ in Self.lookalikes[letter] }
        case .unknownFacts:
            return unknownFact(sentence, &random)
        case .wrongEntity:
            return wrongEntity(sentence, &random)
        case .wrongDirection:
            return wrongDirection(sentence, &random)
        case .wrongKind:
            return wrongKind(sentence, &random)
        case .brokenBraces:
            return brokenBraces(sentence, &random)
        }
    }

    // MARK: places

    /// Between two words outside placeholders.
    private func inserted(_ text: String, into sentence: String, _ random: inout SeededRandom) -> String? {
        let gaps = outside(sentence).filter { sentence[$0] == " " }
        guard !gaps.isEmpty else { return nil }
        let gap = gaps[random.below(gaps.count)]
        return sentence.replacingCharacters(at: gap, with: " \(text) ")
    }

    private func replaced(
        in sentence: String, _ random: inout SeededRandom,
        _ replacement: (String, inout SeededRandom) -> String?
    ) -> String? {
        let letters = outside(sentence).filter { sentence[$0].isLetter }
        guard !letters.isEmpty else { return nil }
        let place = letters[random.below(letters.count)]
        return replacement(String(sentence[place]), &random).map { sentence.replacingCharacters(at: place, with: $0) }
    }

    private func outside(_ sentence: String) -> [String.Index] {
        var depth = 0
        return sentence.indices.filter { index in
            if sentence[index] == "{" { depth += 1 }
            defer { if sentence[index] == "}" { depth -= 1 } }
            return depth == 0
        }
    }

    // MARK: placeholders

    private func unknownFact(_ sentence: String, _ random: inout SeededRandom) -> String? {
        let ids = placeholders(sentence)
        let id = ids[random.below(ids.count)]
        let wrong = ["\(id)x", "\(id).net", "sum.\(id)", "forecast.mean", "total.nett", "x"][random.below(6)]
        return sentence.replacing("{{\(id)|", with: "{{\(wrong)|", maxReplacements: 1)
    }

    /// The right number of somebody else: the figure stays, the name changes, goes or comes.
    private func wrongEntity(_ sentence: String, _ random: inout SeededRandom) -> String? {
        let other = Self.subjects[random.below(Self.subjects.count)]
        guard let named = sentence.firstMatch(of: /\{\{([^|]+)\|name\}\}/) else {
            return sentence.replacing("The ", with: "The {{\(other)|name}} ", maxReplacements: 1) == sentence
                ? nil
                : [
                    sentence.replacing("The ", with: "The {{\(other)|name}} ", maxReplacements: 1),
                    String(sentence.dropLast()) + " for {{\(other)|name}}.", "For {{\(other)|name}}: \(sentence)",
                ][random.below(3)]
        }
        let token = String(named.0)
        guard other != named.1 else { return nil }
        return [
            sentence.replacing(token, with: "{{\(other)|name}}"), sentence.replacing(token, with: "it"),
            sentence.replacing(token, with: "the service"),
            sentence.replacing(token, with: "\(token) and {{\(other)|name}}"),
            String(sentence.dropLast()) + ", as did {{\(other)|name}}.",
        ][random.below(5)]
    }

    private func wrongDirection(_ sentence: String, _ random: inout SeededRandom) -> String? {
        let words = Set(sentence.lowercased().split { !$0.isLetter }.map(String.init))
        let isUp = !words.isDisjoint(with: Self.up)
        let isDown = !words.isDisjoint(with: Self.down)
        guard isUp || isDown, sentence.contains("change") || sentence.contains("underlying") else { return nil }
        let opposites = Array(isUp ? Self.down : Self.up).sorted()
        var text = sentence
        let opposite = opposites[random.below(opposites.count)]
        for word in (isUp ? Self.up : Self.down).sorted(by: { $0.count > $1.count }) {
            text = text.replacing(" \(word) ", with: " \(opposite) ")
        }
        let extra = ["", " again", " for us", " as planned", " over the month", " compared with January"][
            random.below(6)]
        return text == sentence ? nil : String(text.dropLast()) + extra + "."
    }

    private func wrongKind(_ sentence: String, _ random: inout SeededRandom) -> String? {
        let matches = sentence.matches(of: /\{\{([^|]+)\|(exact|whole|short|percent)\}\}/)
        let match = matches[random.below(matches.count)]
        let id = String(match.1)
        let isChange = id.contains("change") || id.contains("underlying")
        let isPercent = id.hasSuffix("_pct")
        let policy = ["exact", "whole", "short", "percent", "name", "label", "k", "EXACT", "whole2"][random.below(9)]
        if ["k", "EXACT", "whole2"].contains(policy) || (policy == "percent") != isPercent, policy != "label",
            policy != "name",
            !(policy == "exact" && match.2 == "exact")
        {
            let isCount = match.2 == "exact" && !isPercent && !isChange
            if isCount, ["whole", "short"].contains(policy) { return nil }
            if isPercent || policy == "percent" || ["k", "EXACT", "whole2"].contains(policy) {
                return sentence.replacing(String(match.0), with: "{{\(id)|\(policy)}}")
            }
        }
        // A level where a change is spoken of, and the other way round.
        guard matches.count == 1 else { return nil }
        let level = isChange ? id.replacing(/(per_day_)?change(_pct)?|underlying/, with: "net") : nil
        if let level, sentence.contains(" by ") {
            let known = level.hasPrefix("service") ? level.replacing(".net", with: ".gross") : level
            return sentence.replacing(
                String(match.0), with: "{{\(known)|\(["whole", "exact", "short"][random.below(3)])}}")
        }
        guard !isChange, !isPercent, let stem = Self.stem(of: id) else { return nil }
        return sentence.replacing(
            String(match.0),
            with: ["{{\(stem).change|whole}}", "{{\(stem).change_pct|percent}}", "{{\(stem).change|exact}}"][
                random.below(3)])
    }

    private func brokenBraces(_ sentence: String, _ random: inout SeededRandom) -> String? {
        let places = sentence.indices.filter { "{}|".contains(sentence[$0]) }
        let place = places[random.below(places.count)]
        return switch random.below(4) {
        case 0: sentence.replacingCharacters(at: place, with: "")
        case 1: sentence.replacingCharacters(at: place, with: String(sentence[place]) + String(sentence[place]))
        case 2: sentence.replacingCharacters(at: place, with: " ")
        default:
            inserted(
                ["{", "}", "{{", "}}", "{{}}", "{{|}}", "{{total.net}}", "${x}", "{total.net|whole}"][random.below(9)],
                into: sentence, &random)
        }
    }

    private func placeholders(_ sentence: String) -> [String] {
        sentence.matches(of: /\{\{([^|]+)\|/).map { String($0.1) }
    }

    private static func stem(of id: String) -> String? {
        let stem = id.split(separator: ".").dropLast().joined(separator: ".")
        return stem == "total" || stem.hasPrefix("service") || stem.hasPrefix("account.") ? stem : nil
    }

    private static func digit(zero: UInt32, _ random: inout SeededRandom) -> String {
        (0...random.below(4)).map { _ in String(Character(Unicode.Scalar(zero + UInt32(random.below(10)))!)) }.joined()
    }

    // MARK: material

    private static let subjects = [
        "service.database", "service.compute", "account.111111111111", "account.222222222222", "ou.workloads-prod",
    ]
    /// The zeros of Arabic-Indic, Persian, Devanagari, Bengali, Thai, Tibetan, Khmer, full-width and mathematical digits.
    private static let zeros: [UInt32] = [
        0x660, 0x6F0, 0x966, 0x9E6, 0xE50, 0xF20, 0x17E0, 0xFF10, 0x1D7CE, 0x1D7D8, 0x1D7F6, 0xA620,
    ]
    private static let numbers: [Unicode.Scalar] = [
        "½", "¼", "¾", "⅓", "⅔", "⅛", "Ⅰ", "Ⅴ", "Ⅻ", "ⅽ", "²", "³", "¹", "₅", "①", "⑳", "⒈", "㊀", "一", "二", "十", "百",
        "万",
        "௧", "፩", "𐄇",
    ]
    private static let wordsOfNumber = [
        "two", "Twenty", "forty-two", "a hundred", "thousands", "million", "half", "doubled", "tripled", "a dozen",
        "thrice",
        "threefold", "tenfold", "two-thirds", "a quarter", "first", "XIV", "MMXX", "zwei", "deux", "tres", "twice",
        "zero", "one",
        "seventy-seven",
    ]
    private static let vague = [
        "most", "nearly", "almost", "roughly", "about", "several", "many", "substantially", "slightly", "the largest",
        "majority",
        "significant", "approximately", "huge", "a handful", "plenty", "sharply", "the biggest", "countless", "circa",
    ]
    private static let units = [
        "%", "$", "€", "£", "¥", "₹", "％", "٪", "‰", "percent", "per cent", "dollars", "USD", "EUR", "cents", "NZD",
        "euros", "﹪",
        "＄", "pct", "bn",
    ]
    private static let invisible: [Unicode.Scalar] = [
        "\u{200B}", "\u{200C}", "\u{200D}", "\u{2060}", "\u{FEFF}", "\u{202E}", "\u{202A}", "\u{2066}", "\u{AD}",
        "\u{7}", "\u{0}",
        "\u{1B}", "\u{301}", "\u{E0041}", "\u{A0}", "\u{2028}",
    ]
    private static let lookalikes = [
        "a": "а", "e": "е", "o": "о", "p": "р", "c": "с", "x": "х", "y": "у", "i": "і", "s": "ѕ", "T": "Τ", "A": "Α",
        "B": "В",
        "h": "һ", "n": "ո", "t": "𝐭", "r": "ｒ", "l": "ӏ", "d": "ԁ", "g": "ɡ", "m": "ｍ", "b": "Ƅ", "u": "υ", "v": "ν",
        "w": "ԝ",
        "f": "ｆ",
    ]
    private static let up: Set = [
        "rose", "grew", "increased", "climbed", "went up", "jumped", "more", "up", "costlier",
    ]
    private static let down: Set = [
        "fell", "dropped", "declined", "decreased", "shrank", "sank", "less", "down", "cheaper", "came down",
    ]
}

extension String {
    fileprivate func replacingCharacters(at index: Index, with text: String) -> String {
        String(self[..<index]) + text + String(self[self.index(after: index)...])
    }
}
