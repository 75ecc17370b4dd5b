import Evidence
import Foundation
import Testing

/// `scripts/verify.sh` is what people read and change; the program carries a copy of it, so that it stays one file.
/// `UPDATE_GOLDEN=1` copies it anew.
struct VerifyScriptTests {
    private static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()
    private let script = root.appending(path: "scripts/verify.sh")
    private let copy = root.appending(path: "Sources/Evidence/Archive/VerifyScript.swift")

    @Test func `the script the program carries is the one people read`() throws {
        let text = try String(contentsOf: script, encoding: .utf8)
        if ProcessInfo.processInfo.environment["UPDATE_GOLDEN"] == "1" {
            try source(of: text).write(to: copy, atomically: true, encoding: .utf8)
        } else {
            #expect(VerifyScript.text == text, "UPDATE_GOLDEN=1 copies the script anew")
        }
    }

    @Test func `it is short enough to be read in one sitting`() throws {
        let lines = VerifyScript.text.split(separator: "\n", omittingEmptySubsequences: false)
        #expect(lines.count <= 275)
        #expect(lines.allSatisfy { $0.count <= 132 }, "\(lines.filter { $0.count > 132 })")
    }

    private func source(of text: String) -> String {
        let body = text.dropLast().split(separator: "\n", omittingEmptySubsequences: false)
            .map { $0.isEmpty ? "" : "        " + $0 }
        return """
            /// `verify.sh`, which lies beside the months: what an auditor runs who trusts nothing of ours. It makes the checks of
            /// `ArchiveVerifier` with bash, coreutils, findutils, `openssl` and `jq`, under the same names and in the same words;
            /// `ForgeryTests` holds the two against one another. A copy of `scripts/verify.sh`: see `VerifyScriptTests`.
            public enum VerifyScript {
                public static let name = "verify.sh"
                public static let text = #\"""

            """ + body.joined(separator: "\n") + "\n\n        \"\"\"#\n}\n"
    }
}
