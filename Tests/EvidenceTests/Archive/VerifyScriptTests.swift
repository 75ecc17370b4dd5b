import Evidence
import Foundation
import Testing

/// `scripts/verify.sh` is what people read and change; the program carries a copy of it, so that it stays one file.
/// `UPDATE_GOLDEN=1` copies it anew.
struct VerifyScriptTests {
    private static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()
    private let script = root.appending(path: "scripts/verify.sh")

    @Test func `the script the program carries is the one people read`() throws {
        let text = try String(contentsOf: script, encoding: .utf8)
        guard ProcessInfo.processInfo.environment["UPDATE_GOLDEN"] == "1" else {
            #expect(VerifyScript.text == text, "UPDATE_GOLDEN=1 copies the script anew")
            return
        }
        // What the shell asks, and how jq judges: two files, each of a length that can be read.
        let judgement = try #require(text.range(of: "# --- The judgement")).lowerBound
        for (part, lines) in [("questions", text[..<judgement]), ("judgement", text[judgement...])] {
            let file = Self.root.appending(path: "Sources/Evidence/Archive/VerifyScript+\(part.capitalized).swift")
            try source(part, lines).write(to: file, atomically: true, encoding: .utf8)
        }
    }

    @Test func `it is short enough to be read in one sitting`() throws {
        let lines = VerifyScript.text.split(separator: "\n", omittingEmptySubsequences: false)
        #expect(lines.count <= 280)
        #expect(lines.allSatisfy { $0.count <= 132 }, "\(lines.filter { $0.count > 132 })")
    }

    private func source(_ part: String, _ text: Substring) -> String {
        let body = text.dropLast().split(separator: "\n", omittingEmptySubsequences: false)
            .map { $0.isEmpty ? "" : "        " + $0 }
        return """
            extension VerifyScript {
                /// A copy of a part of `scripts/verify.sh`; see `VerifyScriptTests`.
                static let \(part) = #\"""

            """ + body.joined(separator: "\n") + "\n\n        \"\"\"#\n}\n"
    }
}
