import FinOps

/// Splits a command as a POSIX shell would, and nothing more: no variables, no globs, no pipes.
enum ShellWords {
    /// Throws `malformed_command` for a quote that is not closed and for a backslash at the end.
    static func split(_ text: String, of profile: String) throws -> [String] {
        var words: [String] = []
        var word: String?
        var quote: Character?
        var characters = text.makeIterator()
        while let character = characters.next() {
            switch (character, quote) {
            case ("'", "'"), ("\"", "\""): quote = nil
            case ("\\", nil), ("\\", "\""):
                guard let next = characters.next() else { throw malformed("ends in a backslash", profile) }
                // Inside double quotes a backslash protects the quote and itself, and stays before anything else.
                let isKept = quote != nil && next != "\"" && next != "\\"
                word = (word ?? "") + (isKept ? "\\" : "") + String(next)
            case (_, .some): word = (word ?? "") + String(character)
            case ("'", nil), ("\"", nil):
                quote = character
                word = word ?? ""
            case (" ", nil), ("\t", nil), ("\n", nil), ("\r", nil), ("\r\n", nil):
                if let done = word { words.append(done) }
                word = nil
            default: word = (word ?? "") + String(character)
            }
        }
        guard quote == nil else { throw malformed("has a quote that is not closed", profile) }
        return words + [word].compactMap { $0 }
    }

    /// As a person can paste it into a shell.
    static func quoted(_ text: String) -> String {
        let isPlain = text.utf8.allSatisfy {
            (48...57).contains($0) || (65...90).contains($0) || (97...122).contains($0) || "_-.@+:/".utf8.contains($0)
        }
        if isPlain, !text.isEmpty { return text }
        return "'" + text.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "'\\''") + "'"
    }

    private static func malformed(_ what: String, _ profile: String) -> InputError {
        // The command is not quoted: it may hold a secret.
        InputError(
            "malformed_command", "credential_process of profile \(profile) \(what)",
            hint: "write it as in a shell: a program, then its arguments, quoted where they hold blanks")
    }
}
