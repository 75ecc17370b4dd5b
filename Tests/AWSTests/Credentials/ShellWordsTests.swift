import FinOps
import Testing

@testable import AWS

@Suite struct ShellWordsTests {
    /// The right-hand sides are what Python's `shlex.split` says, which botocore splits with.
    @Test(arguments: [
        ("/bin/keys --profile a", ["/bin/keys", "--profile", "a"]), ("  a\t b\nc ", ["a", "b", "c"]),
        (#"'a b' "c d""#, ["a b", "c d"]), (#"a\ b"#, ["a b"]), (#"pre'mid'"post""#, ["premidpost"]),
        (#""a\"b""#, [#"a"b"#]), (#""a\b""#, [#"a\b"#]), (#"'a\b'"#, [#"a\b"#]), (#""a\\b""#, [#"a\b"#]),
        ("a '' b", ["a", "", "b"]), ("a # b", ["a", "#", "b"]), ("$HOME `id` *", ["$HOME", "`id`", "*"]), ("", []),
        (#""it's""#, ["it's"]), (#"\"a"#, [#""a"#]),
    ])
    func `a command is split as by a shell, and nothing is expanded`(text: String, words: [String]) throws {
        #expect(try ShellWords.split(text, of: "p") == words)
    }

    @Test(arguments: ["'a", "\"a", "a\\", "\"a\\"])
    func `what a shell would wait on is refused, and not shown`(text: String) {
        let error = inputError { try ShellWords.split(text + " secret", of: "p") }
        // A backslash before the blank protects the blank; alone it is malformed.
        let whole = error ?? inputError { try ShellWords.split(text, of: "p") }
        #expect(whole?.code == "malformed_command")
        #expect(whole?.summary.contains("secret") == false)
    }

    @Test func `names are quoted for pasting`() {
        #expect(ShellWords.quoted("audit-1") == "audit-1")
        #expect(ShellWords.quoted("a b") == "'a b'")
        #expect(ShellWords.quoted("it's") == #"'it'\''s'"#)
        #expect(ShellWords.quoted("") == "''")
    }
}
