import FinOps

/// The one place where text is made safe for the format it goes into.
public enum Escape {
    /// For element content and double-quoted attributes, in HTML and in SVG.
    public static func html(_ text: String) -> String {
        guard text.utf8.contains(where: isSpecial) else { return text }
        var result = ""
        for character in text.unicodeScalars {
            switch character {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\"": result += "&quot;"
            case "'": result += "&#39;"
            default: result.unicodeScalars.append(character)
            }
        }
        return result
    }

    private static func isSpecial(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "&"), UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "\""), UInt8(ascii: "'"): true
        default: false
        }
    }

    /// For paragraphs and table cells: no emphasis, link, image, raw HTML, column or automatic link can come out of it.
    public static func markdown(_ text: String) -> String {
        var result = ""
        for character in text.unicodeScalars {
            switch character {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\\", "`", "*", "_", "[", "]", "|", "#", "~", "!":
                result += "\\"
                result.unicodeScalars.append(character)
            case "\n", "\r": result += " "
            default: result.unicodeScalars.append(character)
            }
        }
        return result.replacing("://", with: "&colon;//").replacing("www.", with: "www&period;")
    }

    /// For a header of a message: one line of visible characters; `UntrustedText` has removed the rest already, and this
    /// does not rely on it.
    static func subject(_ text: String) -> String {
        UntrustedText(text).text
    }
}
