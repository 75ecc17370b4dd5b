import FinOps

/// A page as Markdown that reads well as plain text and as GitHub or a wiki shows it.
struct MarkdownRenderer {
    let context: PageContext

    init(_ context: PageContext) {
        self.context = context
    }

    func text(_ page: ReportPage) -> String {
        var notes = UnknownNotes()
        let frame = PageFrame(context: context)
        var blocks: [String] = []
        blocks += frame.banners.map { "> **\($0.title).** \(inline($0.text, &notes))" }
        blocks.append("# " + inline(page.headline, &notes))
        blocks.append("*\(page.reader) · \(page.question)*")
        if let standfirst = page.standfirst { blocks.append(inline(standfirst, &notes)) }
        blocks.append(
            table(
                columns: [.text("Figure"), .number("Value"), .text("Note")],
                rows: page.tiles.map { [.words($0.label), $0.value, $0.note ?? ""] }, &notes))
        for section in page.sections {
            blocks.append("## " + inline(section.title, &notes))
            blocks += section.blocks.map { block($0, &notes) }
        }
        blocks.append("## Scope and confidence")
        blocks.append(frame.items.map { "- **\($0.label):** \(inline($0.value, &notes))" }.joined(separator: "\n"))
        let gates = frame.gates.map { "\($0.gate) \($0.mark.tone.shape) \($0.mark.word)" }.joined(separator: " · ")
        blocks.append("**Gates:** " + (gates.isEmpty ? "none judged" : gates))
        blocks.append(inline(frame.standing, &notes))
        if !frame.unseen.isEmpty {
            blocks.append("**Out of sight:**")
            blocks.append(frame.unseen.map { "- " + inline($0, &notes) }.joined(separator: "\n"))
        }
        if !frame.unavailable.isEmpty {
            blocks.append("**Not available:**")
            blocks.append(frame.unavailable.map { "- " + inline($0, &notes) }.joined(separator: "\n"))
        }
        if !notes.reasons.isEmpty {
            blocks.append("### Unknown on this page")
            let lines = notes.reasons.enumerated().map {
                "- (\(UnknownNotes.letter($0.offset))) \(Escape.markdown($0.element))"
            }
            blocks.append(lines.joined(separator: "\n"))
        }
        blocks.append("Figures: `facts.json`, `\(context.factsSHA256.named)`")
        return blocks.joined(separator: "\n\n") + "\n"
    }

    private func block(_ block: ReportBlock, _ notes: inout UnknownNotes) -> String {
        switch block {
        case .paragraph(let phrase):
            return inline(phrase, &notes)
        case .list(let items):
            return items.map { "- " + inline($0, &notes) }.joined(separator: "\n")
        case .numbered(let items):
            return items.enumerated().map { "\($0.offset + 1). " + inline($0.element, &notes) }.joined(separator: "\n")
        case .table(let content):
            return "**\(inline(content.caption, &notes))**\n\n"
                + table(columns: content.columns, rows: content.rows.map(\.cells), &notes)
        case .tree(let tree):
            return inline(tree.caption, &notes) + "\n\n" + lines(tree.root, depth: 0, &notes).joined(separator: "\n")
        case .chart(let chart):
            let data = chart.table
            return "**\(inline(chart.title, &notes))** (\(inline(chart.subtitle, &notes)))\n\n"
                + table(columns: data.columns, rows: data.rows.map(\.cells), &notes)
                + "\n\n*\(inline(ChartSource(chart, context).phrase, &notes))*"
        }
    }

    private func lines(_ node: ReportTree.Node, depth: Int, _ notes: inout UnknownNotes) -> [String] {
        let figures = node.figures.map { inline($0, &notes) }.joined(separator: " · ")
        let line = String(repeating: "  ", count: depth) + "- \(inline(node.name, &notes)): \(figures)"
        var all = [line]
        for child in node.children { all += lines(child, depth: depth + 1, &notes) }
        return all
    }

    private func table(columns: [ReportTable.Column], rows: [[Phrase]], _ notes: inout UnknownNotes) -> String {
        let head = "| " + columns.map { $0.title.isEmpty ? " " : $0.title }.joined(separator: " | ") + " |"
        let rule = "|" + columns.map { $0.kind == .number ? "--:" : "---" }.joined(separator: "|") + "|"
        let body = rows.map { row in "| " + row.map { inline($0, &notes) }.joined(separator: " | ") + " |" }
        return ([head, rule] + body).joined(separator: "\n")
    }

    private func inline(_ phrase: Phrase, _ notes: inout UnknownNotes) -> String {
        phrase.parts.map { inline($0, &notes) }.joined()
    }

    private func inline(_ part: Phrase.Part, _ notes: inout UnknownNotes) -> String {
        switch part {
        case .words(let text):
            return text
        case .fact(let id, let format):
            let fact = context.facts[id]
            if let text = format.text(fact, month: context.book.month) { return text }
            return unknown(fact.reason ?? "no reason was recorded", &notes)
        case .name(let name):
            return Escape.markdown(name.text)
        case .strong(let parts):
            return "**" + parts.map { inline($0, &notes) }.joined() + "**"
        case .code(let text):
            return "`\(text.replacing("`", with: "'"))`"
        case .mark(let mark):
            return "\(mark.tone.shape) \(mark.word)"
        case .unknown(let reason):
            return unknown(reason, &notes)
        case .spark(let facts):
            return Sparkline(facts, context.facts).blocks
        }
    }

    private func unknown(_ reason: String, _ notes: inout UnknownNotes) -> String {
        "unknown (\(notes.letter(for: reason)))"
    }
}
