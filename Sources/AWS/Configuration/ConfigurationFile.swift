import FinOps

/// One of AWS's two shared files, as text: sections of keys, some keys holding keys of their own. What the sections mean is
/// not decided here.
struct ConfigurationFile: Hashable, Sendable {
    struct Section: Hashable, Sendable {
        /// As written between the brackets, quotes included: `profile "a b"`.
        let header: String
        var values: [String: String] = [:]
        /// `s3 =` followed by indented keys.
        var nested: [String: [String: String]] = [:]
    }

    let path: String
    let sections: [Section]

    /// Throws `malformed_aws_file`, naming file and line. Section and key are never guessed: a credential that is read from
    /// the wrong place is worse than none.
    init(path: String, text: String) throws {
        self.path = path
        var reader = Reader(path: path)
        let body = text.hasPrefix("\u{FEFF}") ? text.dropFirst() : text[...]
        for (index, line) in body.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).enumerated() {
            try reader.read(line, number: index + 1)
        }
        sections = reader.sections
    }
}

/// Reads line by line, because an indented line belongs to the key above it.
private struct Reader {
    let path: String
    var sections: [ConfigurationFile.Section] = []
    private var lastKey: String?

    init(path: String) { self.path = path }

    mutating func read(_ line: Substring, number: Int) throws {
        let text = line.trimmed
        if text.isEmpty || text.hasPrefix("#") || text.hasPrefix(";") { return }
        let isIndented = line.first == " " || line.first == "\t"
        if isIndented, let key = lastKey {
            try continueValue(of: key, with: text, number: number)
        } else if text.hasPrefix("[") {
            try open(text, number: number)
        } else {
            try assign(text, number: number)
        }
    }

    private mutating func open(_ text: String, number: Int) throws {
        guard let end = text.lastIndex(of: "]") else { throw malformed("a section without its closing ]", number) }
        let rest = text[text.index(after: end)...].trimmed
        let header = text[text.index(after: text.startIndex)..<end].trimmed
        guard !header.isEmpty, rest.isEmpty || rest.hasPrefix("#") || rest.hasPrefix(";") else {
            throw malformed("not a section", number)
        }
        sections.append(ConfigurationFile.Section(header: header))
        lastKey = nil
    }

    private mutating func assign(_ text: String, number: Int) throws {
        guard !sections.isEmpty else { throw malformed("a setting before the first section", number) }
        guard let (key, value) = Self.pair(text) else { throw malformed("neither a section nor a setting", number) }
        sections[sections.count - 1].values[key] = value
        lastKey = key
    }

    private mutating func continueValue(of key: String, with text: String, number: Int) throws {
        let last = sections.count - 1
        if sections[last].values[key] == "" {
            guard let (innerKey, value) = Self.pair(text) else { throw malformed("not a setting of \(key)", number) }
            sections[last].nested[key, default: [:]][innerKey] = value
        } else {
            sections[last].values[key]! += "\n" + text
        }
    }

    private static func pair(_ text: String) -> (key: String, value: String)? {
        guard let separator = text.firstIndex(where: { $0 == "=" || $0 == ":" }) else { return nil }
        let key = text[..<separator].trimmed.lowercased()
        guard !key.isEmpty else { return nil }
        return (key, withoutComment(text[text.index(after: separator)...]).trimmed)
    }

    /// A comment begins at `#` or `;` after a blank, as the newer SDKs read it.
    private static func withoutComment(_ value: Substring) -> Substring {
        var previous: Character = " "
        for index in value.indices {
            if value[index] == "#" || value[index] == ";", previous == " " || previous == "\t" {
                return value[..<index]
            }
            previous = value[index]
        }
        return value
    }

    private func malformed(_ what: String, _ number: Int) -> InputError {
        // The line is not quoted: it may hold a secret.
        InputError("malformed_aws_file", "\(path), line \(number): \(what)", hint: "correct this line of the file")
    }
}
