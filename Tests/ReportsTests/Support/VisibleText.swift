import FinOps
import Foundation
import Reports

/// What a reader sees of a file: HTML without markup, styles and machine-read parts; Markdown as it stands.
enum VisibleText {
    static func of(_ file: RenderedFile) -> String {
        let text = String(decoding: file.bytes, as: UTF8.self)
        guard file.format == .html else { return unescaped(text) }
        let body = text.replacing(#/(?s)^.*?<body>/#, with: "").replacing(#/<[^>]*>/#, with: " ")
        return unescaped(body)
    }

    private static func unescaped(_ text: String) -> String {
        text.replacing("&lt;", with: "<").replacing("&gt;", with: ">").replacing("&quot;", with: "\"")
            .replacing("&#39;", with: "'").replacing("&amp;", with: "&")
    }
}
