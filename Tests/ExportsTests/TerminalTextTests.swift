import FinOps
import Foundation
import TestSupport
import Testing

@testable import Exports

@Suite("Text on a terminal")
struct TerminalTextTests {
    @Test(arguments: [
        ("plain", 5), ("Kōwhai", 6), ("ko\u{304}whai", 6), ("日本", 4), ("ﾊﾝｶｸ", 4), ("🚀", 2), ("👩‍💻", 2), ("🇳🇿", 2),
        ("❤️", 2), ("", 0),
        ("a\u{200B}b", 2),
    ])
    func `a character is as wide as a terminal draws it`(text: String, columns: Int) {
        #expect(TerminalText.width(text) == columns)
    }

    @Test func `wide characters are those that Unicode's own table calls wide`() async throws {
        let script = """
            import unicodedata
            wide = [c for c in range(0x110000) if unicodedata.category(chr(c)) not in ("Cn", "Cs")
                    and unicodedata.east_asian_width(chr(c)) in "WF"]
            narrow = [c for c in range(0x110000) if unicodedata.category(chr(c)) not in ("Cn", "Cs")
                      and unicodedata.east_asian_width(chr(c)) not in "WF"]
            print(" ".join(map(str, wide)))
            print(" ".join(map(str, narrow)))
            """
        let outcome = try await PythonProgram.run(script)
        let lists = outcome.output.split(separator: "\n").map { $0.split(separator: " ").compactMap { UInt32($0) } }
        try #require(lists.count == 2, "\(outcome.errors)")
        #expect(lists[0].count > 100_000)
        #expect(lists[0].filter { !TerminalText.isWide($0) } == [])
        #expect(lists[1].filter(TerminalText.isWide) == [])
    }

    @Test func `a name is cut between characters and says so`() {
        #expect(TerminalText.cut("日本語の口座", to: 7, "…") == "日本語…")
        #expect(TerminalText.cut("日本語の口座", to: 12, "…") == "日本語の口座")
        #expect(TerminalText.width(TerminalText.cut("日本語の口座", to: 8, "…")) <= 8)
    }

    @Test func `a series is drawn from its lowest to its highest, and a flat one is flat`() {
        #expect(Sparkline.text(["1", "2", "8"], .unicode) == "▁▂█")
        #expect(Sparkline.text(["5", "5"], .unicode) == "▁▁")
        #expect(Sparkline.text(["-1", "0", "1"], .ascii) == "_=#")
        #expect(Sparkline.text([], .unicode) == "")
    }
}
