import Foundation

/// The little XML that AWS's query services send: elements, text, the five entities. Attributes and namespaces are skipped.
struct XMLNode: Hashable, Sendable {
    let name: String
    var text = ""
    var children: [XMLNode] = []

    /// Throws `XMLNode.Malformed` unless the text is one complete element; a page of HTML or half an answer is none.
    init(parsing bytes: Data) throws {
        guard let text = String(bytes: bytes, encoding: .utf8) else { throw Malformed() }
        var scanner = Scanner(text: text[...])
        self = try scanner.document()
    }

    private init(name: String) { self.name = name }

    func child(_ name: String) -> XMLNode? { children.first { $0.name == name } }

    /// The first element of that name at any depth, this one included.
    func firstNode(_ name: String) -> XMLNode? {
        if self.name == name { return self }
        for child in children {
            if let found = child.firstNode(name) { return found }
        }
        return nil
    }

    struct Malformed: Error {}

    private struct Scanner {
        var text: Substring
        static let deepest = 32

        mutating func document() throws -> XMLNode {
            try skipProlog()
            let root = try element(depth: 0)
            try skipProlog()
            guard text.isEmpty else { throw Malformed() }
            return root
        }

        private mutating func skipProlog() throws {
            while true {
                text = text.drop(while: \.isWhitespace)
                if text.hasPrefix("<?") {
                    try skip(past: "?>")
                } else if text.hasPrefix("<!--") {
                    try skip(past: "-->")
                } else {
                    return
                }
            }
        }

        private mutating func element(depth: Int) throws -> XMLNode {
            guard depth < Self.deepest, text.first == "<" else { throw Malformed() }
            text.removeFirst()
            guard let end = text.firstIndex(of: ">") else { throw Malformed() }
            var tag = text[..<end]
            text = text[text.index(after: end)...]
            let isEmpty = tag.last == "/"
            if isEmpty { tag.removeLast() }
            let name = tag.prefix { !$0.isWhitespace }
            guard let first = name.first, first.isLetter || first == "_" else { throw Malformed() }
            var node = XMLNode(name: String(name))
            if !isEmpty { try content(of: &node, depth: depth) }
            return node
        }

        private mutating func content(of node: inout XMLNode, depth: Int) throws {
            var parts = ""
            while let next = text.firstIndex(of: "<") {
                parts += try Self.unescaped(text[..<next])
                text = text[next...]
                if text.hasPrefix("</") {
                    let close = "</" + node.name
                    guard text.hasPrefix(close), let end = text.firstIndex(of: ">"),
                        text[..<end].dropFirst(close.count).allSatisfy(\.isWhitespace)
                    else { throw Malformed() }
                    text = text[text.index(after: end)...]
                    // White space between elements is layout.
                    node.text = node.children.isEmpty ? parts : ""
                    return
                } else if text.hasPrefix("<!--") {
                    try skip(past: "-->")
                } else if text.hasPrefix("<![CDATA[") {
                    text = text.dropFirst(9)
                    guard let end = text.firstRange(of: "]]>") else { throw Malformed() }
                    parts += text[..<end.lowerBound]
                    text = text[end.upperBound...]
                } else {
                    node.children.append(try element(depth: depth + 1))
                }
            }
            throw Malformed()
        }

        private mutating func skip(past mark: String) throws {
            guard let end = text.firstRange(of: mark) else { throw Malformed() }
            text = text[end.upperBound...]
        }

        private static func unescaped(_ text: Substring) throws -> String {
            guard text.contains("&") else { return String(text) }
            var result = ""
            var rest = text
            while let start = rest.firstIndex(of: "&") {
                result += rest[..<start]
                rest = rest[rest.index(after: start)...]
                guard let end = rest.firstIndex(of: ";") else { throw Malformed() }
                result.append(try character(rest[..<end]))
                rest = rest[rest.index(after: end)...]
            }
            return result + rest
        }

        private static func character(_ entity: Substring) throws -> Character {
            switch entity {
            case "amp": return "&"
            case "lt": return "<"
            case "gt": return ">"
            case "quot": return "\""
            case "apos": return "'"
            default:
                let number =
                    entity.hasPrefix("#x")
                    ? UInt32(entity.dropFirst(2), radix: 16)
                    : entity.hasPrefix("#") ? UInt32(entity.dropFirst()) : nil
                guard let number, let scalar = Unicode.Scalar(number) else { throw Malformed() }
                return Character(scalar)
            }
        }
    }
}
