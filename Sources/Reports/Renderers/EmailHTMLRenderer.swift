import FinOps

/// The same message for mail programs that show HTML. They strip style sheets, SVG and scripts, and Outlook lays out with
/// Word: so styles stand at every element, and bars are cells of tables with a width and a colour.
struct EmailHTMLRenderer {
    /// Gmail cuts a message beyond this.
    static let limitBytes = 102_000

    private static let width = 600
    private static let font = "font-family:Arial,Helvetica,sans-serif;"
    private static let rise = "#d55e00"
    private static let fall = "#0072b2"

    private let context: PageContext

    init(_ context: PageContext) {
        self.context = context
    }

    func text(_ message: StakeholderMessage) -> String {
        let subject = Escape.html(PhraseText(context: context).plain(message.subject))
        let title = row(
            "padding:14px 14px 6px;",
            "<h1 style=\"margin:0;\(Self.font)font-size:19px;line-height:26px;\">\(inline(message.title))</h1>")
        let banners = message.banners.map {
            row("background-color:#fff1e5;padding:10px 14px;", "<strong>\($0.title)</strong> \(inline($0.text))")
        }
        return """
            <!doctype html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>\(subject)</title>
            </head>
            <body style="margin:0;padding:0;background-color:#ffffff;color:#1a1a1a;">
            <div role="main">
            <table role="presentation" width="\(Self.width)" cellpadding="0" cellspacing="0" border="0" align="center" \
            style="width:100%;max-width:\(Self.width)px;">
            \((banners + [title] + message.blocks.map(block)).joined(separator: "\n"))
            </table>
            </div>
            </body>
            </html>

            """
    }

    private func block(_ block: StakeholderMessage.Block) -> String {
        switch block {
        case .paragraph(let phrase):
            row("padding:8px 14px;", inline(phrase))
        case .heading(let words):
            row(
                "padding:16px 14px 2px;",
                "<h2 style=\"margin:0;\(Self.font)font-size:17px;\">\(Escape.html(words))</h2>")
        case .list(let items):
            row("padding:2px 14px;", list("ul", items))
        case .numbered(let items):
            row("padding:2px 14px;", list("ol", items))
        case .bars(let title, let bars):
            row("padding:8px 14px;", self.bars(title, bars))
        case .fine(let phrase):
            row("padding:16px 14px;color:#595959;font-size:12px;word-break:break-all;", inline(phrase))
        }
    }

    private func row(_ style: String, _ content: String) -> String {
        "<tr><td style=\"\(Self.font)font-size:15px;line-height:22px;\(style)\">\(content)</td></tr>"
    }

    private func list(_ tag: String, _ items: [Phrase]) -> String {
        let rows = items.map { "<li style=\"margin:4px 0;\">\(inline($0))</li>" }
        return "<\(tag) style=\"margin:4px 0;padding-left:22px;\">\(rows.joined())</\(tag)>"
    }

    /// The longest bar is the largest change; colour repeats what the sign says.
    private func bars(_ title: Phrase, _ bars: [StakeholderMessage.Bar]) -> String {
        let largest = bars.compactMap { context.facts.value($0.fact)?.magnitude }.max() ?? .zero
        let rows = bars.map { bar in
            let value = context.facts.value(bar.fact) ?? .zero
            let width = max(1, Int(Scale.share(value.magnitude, of: largest) * 100))
            let colour = value.isNegative ? Self.fall : Self.rise
            let cell = "\(Self.font)font-size:13px;line-height:20px;"
            return """
                <tr><td width="28%" style="\(cell)padding:2px 8px 2px 0;">\(inline(bar.label))</td>\
                <td width="50%"><table role="presentation" width="\(width)%" cellpadding="0" cellspacing="0" \
                border="0"><tr><td height="14" bgcolor="\(colour)" \
                style="background-color:\(colour);font-size:1px;line-height:14px;">&nbsp;</td></tr></table></td>\
                <td align="right" style="\(cell)padding:2px 0 2px 8px;"><b>\(inline(Phrase.fact(bar.fact, .whole.signed)))</b></td></tr>
                """
        }
        return """
            <p style="margin:4px 0;color:#595959;font-size:13px;">\(inline(title))</p>
            <table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0">
            \(rows.joined(separator: "\n"))
            </table>
            """
    }

    private func inline(_ phrase: Phrase) -> String { phrase.parts.map(inline).joined() }

    private func inline(_ part: Phrase.Part) -> String {
        switch part {
        case .words(let text): return Escape.html(text)
        case .fact(let id, let format):
            guard let figure = format.text(context.facts[id], month: context.month) else { return "unknown" }
            return "<span data-fact=\"\(id)\">\(figure)</span>"
        case .name(let name): return "<bdi>\(Escape.html(name.text))</bdi>"
        case .strong(let parts): return "<strong>" + parts.map(inline).joined() + "</strong>"
        case .code(let text): return "<code>\(Escape.html(text))</code>"
        case .mark(let mark): return "\(mark.tone.shape) \(Escape.html(mark.word))"
        case .unknown: return "unknown"
        case .spark: return ""
        }
    }
}
