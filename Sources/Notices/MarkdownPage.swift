/// The Markdown our own e-mail is written in, as HTML: paragraphs, two kinds of lists, strong words, code and escaped
/// characters. Nothing else has a meaning, so no name in it can become a link or a tag.
struct MarkdownPage {
    private let blocks: [[Substring]]

    init(_ text: String) {
        blocks = text.split(separator: "\n", omittingEmptySubsequences: false).split(separator: "").map(Array.init)
    }

    var html: String {
        let body = blocks.map(block).joined(separator: "\n")
        return """
            <!DOCTYPE html>
            <html lang="en"><head><meta charset="utf-8"></head>
            <body style="font:16px/1.5 sans-serif;max-width:42em">
            \(body)
            </body></html>

            """
    }

    private func block(_ lines: [Substring]) -> String {
        if lines.allSatisfy({ $0.hasPrefix("- ") }) { return list("ul", lines.map { $0.dropFirst(2) }) }
        let numbered = lines.compactMap { line -> Substring? in
            let rest = line.drop { $0.isASCII && $0.isNumber }
            return rest.count < line.count && rest.hasPrefix(". ") ? rest.dropFirst(2) : nil
        }
        if numbered.count == lines.count { return list("ol", numbered) }
        return "<p>" + lines.map(inline).joined(separator: "<br>") + "</p>"
    }

    private func list(_ tag: String, _ items: [Substring]) -> String {
        "<\(tag)>" + items.map { "<li>\(inline($0))</li>" }.joined() + "</\(tag)>"
    }

    /// An ampersand is left as it is: in Markdown, too, it begins an entity.
    private func inline(_ text: Substring) -> String {
        var result = ""
        var rest = text
        var (isStrong, isCode) = (false, false)
        while let character = rest.popFirst() {
            switch character {
            case "\\" where !isCode && rest.first?.isPunctuationOfASCII == true: result += escaped(rest.removeFirst())
            case "`":
                isCode.toggle()
                result += isCode ? "<code>" : "</code>"
            case "*" where !isCode && rest.first == "*":
                rest.removeFirst()
                isStrong.toggle()
                result += isStrong ? "<strong>" : "</strong>"
            default: result += escaped(character)
            }
        }
        return result + (isCode ? "</code>" : "") + (isStrong ? "</strong>" : "")
    }

    private func escaped(_ character: Character) -> String {
        switch character {
        case "<": "&lt;"
        case ">": "&gt;"
        default: String(character)
        }
    }
}

extension Character {
    fileprivate var isPunctuationOfASCII: Bool {
        asciiValue.map {
            (33...47).contains($0) || (58...64).contains($0) || (91...96).contains($0) || (123...126).contains($0)
        }
            ?? false
    }
}
