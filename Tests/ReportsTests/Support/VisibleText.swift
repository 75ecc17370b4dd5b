import FinOps
import Foundation
import Reports

/// What a reader sees of a file: HTML without markup, styles and machine-read parts; Markdown as it stands.
enum VisibleText {
    static func of(_ file: RenderedFile) -> String {
        let text = String(decoding: file.bytes, as: UTF8.self)
        guard file.path.hasSuffix(".html") else { return unescaped(text) }
        return unescaped(withoutTags(body(text)))
    }

    /// What stands on a page beside its figures: names and ticks of an axis, which are dates, are left out as well.
    static func outsideFigures(_ page: String) -> String {
        let rest = body(page)
            .replacing(#/<(title|desc)[^>]*>[^<]*<\/(title|desc)>/#, with: " ")
            .replacing(#/<(span|text|b|td)\b[^>]*data-fact="[^"]*"[^>]*>[^<]*<\/(span|text|b|td)>/#, with: " ")
            .replacing(#/<text class="tick"[^>]*>[^<]*<\/text>/#, with: " ")
            .replacing(#/<bdi>[^<]*<\/bdi>|<code>[^<]*<\/code>/#, with: " ")
        return unescaped(withoutTags(rest))
    }

    /// Titles and descriptions of drawings, and the names of regions.
    static func spoken(_ page: String) -> String {
        let drawn = body(page).matches(of: #/<(title|desc)[^>]*>([^<]*)</#).map { String($0.output.2) }
        let named = body(page).matches(of: #/(aria-label|alt)="([^"]*)"/#).map { String($0.output.2) }
        return unescaped((drawn + named).joined(separator: "\n"))
    }

    private static func body(_ page: String) -> String { page.replacing(#/(?s)^.*?<body[^>]*>/#, with: "") }
    private static func withoutTags(_ markup: String) -> String { markup.replacing(#/<[^>]*>/#, with: " ") }

    private static func unescaped(_ text: String) -> String {
        text.replacing("&lt;", with: "<").replacing("&gt;", with: ">").replacing("&quot;", with: "\"")
            .replacing("&#39;", with: "'").replacing("&amp;", with: "&")
    }
}
