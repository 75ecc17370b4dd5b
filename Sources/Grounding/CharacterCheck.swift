/// Prose is written in plain Latin letters and common punctuation; everything else is refused, and said what it was.
enum CharacterCheck {
    static func refusal(of scalar: Unicode.Scalar, sentence: Int) -> Refusal? {
        guard !isAllowed(scalar) else { return nil }
        let place = "U+" + String(scalar.value, radix: 16, uppercase: true)
        switch scalar.properties.generalCategory {
        case .decimalNumber, .letterNumber, .otherNumber:
            return Refusal(.digit, sentence: sentence, "a digit (\(place)) stands outside a placeholder")
        case .currencySymbol:
            return Refusal(.unitSign, sentence: sentence, "a currency sign (\(place)) stands outside a placeholder")
        case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .surrogate, .unassigned,
            .nonspacingMark, .enclosingMark, .spacingMark, .spaceSeparator:
            return Refusal(.invisible, sentence: sentence, "\(place) is invisible or changes what is beside it")
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter:
            return Refusal(.script, sentence: sentence, "\(place) is not a plain Latin letter")
        default:
            let isPercent = scalar.properties.name?.contains("PERCENT") == true || scalar.value == 0x2030
            return isPercent
                ? Refusal(.unitSign, sentence: sentence, "a percent sign (\(place)) stands outside a placeholder")
                : Refusal(.symbol, sentence: sentence, "\(place) is not used in prose")
        }
    }

    private static func isAllowed(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case "a"..."z", "A"..."Z", " ", "\n", ".", ",", ":", ";", "!", "?", "'", "\"", "(", ")", "-", "–", "—", "’",
            "“",
            "”":
            true
        // Braces are the draft's to judge.
        case "{", "}": true
        // ä, é, ñ, and none of × and ÷ among them.
        case "\u{C0}"..."\u{D6}", "\u{D8}"..."\u{F6}", "\u{F8}"..."\u{FF}": true
        default: false
        }
    }
}
