import FinOps
import Foundation
import Testing

@testable import Reports

struct HostileNamesTests {
    static let names = [
        "<script>alert(1)</script>", "\"><img src=x onerror=alert(1)>", "a|b\n| c | d |",
        "[link](http://evil.example) ![](x)",
        "Bcc: all@example.com\r\n\r\nsubject", "**bold** `code` # title", "\u{202E}gnp.exe\u{200B}\u{FEFF}",
        "&lt;b&gt;",
        "\u{200F}\u{2067}rtl\u{2069}", "</text></svg><svg onload=alert(1)>", "</title></desc>'\"><g onclick=x>",
        String(repeating: "é", count: 400), String(repeating: "W", count: 500), "\u{0}\u{1B}[31m",
        "javascript://www.evil.example", "{{template}} ${x} %s",
    ]
    static let sample = SampleMonth(
        accountCount: 14, names: names, serviceNames: names.map { "Amazon \($0)" }, unitNames: Array(names.prefix(4)),
        asksUsage: true)
    private static let files = sample.files()

    @Test func `no name can add an element, an attribute or a script to a page`() {
        for file in Self.files where file.path.hasSuffix(".html") {
            let text = String(decoding: file.bytes, as: UTF8.self)
            #expect(!text.contains("<script") && !text.contains("<img"), "\(file.path)")
            #expect(!text.contains(#/<[^>]*\son(error|load|click)=/#), "\(file.path)")
            #expect(
                text.contains("Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'"))
        }
    }

    @Test func `no name can add a column, a link or raw HTML to Markdown`() {
        for file in Self.files where file.path.hasSuffix(".md") {
            let text = String(decoding: file.bytes, as: UTF8.self)
            #expect(!text.contains("<script") && !text.contains(#/[^\\]\]\(/#) && !text.contains("![]"), "\(file.path)")
            for table in text.components(separatedBy: "\n\n") where table.hasPrefix("|") {
                let columns = table.split(separator: "\n").map { row in
                    row.replacing("\\|", with: "").count { $0 == "|" }
                }
                #expect(Set(columns).count == 1, "\(file.path): \(table)")
            }
        }
    }

    @Test func `nothing invisible reaches a reader`() {
        for file in Self.files {
            for scalar in String(decoding: file.bytes, as: UTF8.self).unicodeScalars where scalar != "\n" {
                let category = scalar.properties.generalCategory
                #expect(
                    category != .control && category != .format, "U+\(String(scalar.value, radix: 16)) in \(file.path)")
            }
        }
    }

    @Test func `a name is cut at its limit, between characters`() {
        let cut = UntrustedText(String(repeating: "é", count: 400)).text
        #expect(cut.utf8.count <= UntrustedText.nameLimitBytes + 3)
        #expect(cut.hasSuffix("é…"))
    }

    @Test func `a name of nothing but invisible characters is named as such`() {
        #expect(UntrustedText("\u{200B}\u{202E}\n").text == "(no name)")
    }

    @Test func `the subject stays one line`() {
        #expect(!Escape.subject("x\r\nBcc: y").contains("\n"))
        let email = String(decoding: Self.files.last!.bytes, as: UTF8.self)
        #expect(email.split(separator: "\n").count { $0.hasPrefix("Subject:") || $0.hasPrefix("Bcc:") } == 1)
    }
}
