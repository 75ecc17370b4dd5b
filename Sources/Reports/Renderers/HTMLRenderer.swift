import FinOps

/// A page as one file that any browser opens, offline: no script, no font, no picture from elsewhere.
struct HTMLRenderer {
    let context: PageContext

    init(_ context: PageContext) {
        self.context = context
    }

    func text(_ page: ReportPage) -> String {
        var body = HTMLBody(context: context)
        body.write(page)
        let title = Escape.html("\(page.reader), \(context.month.name)")
        return """
            <!doctype html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <meta name="referrer" content="no-referrer">
            <title>\(title)</title>
            <style>
            \(HTMLStyle.text)
            </style>
            </head>
            <body>
            <a class="skip" href="#main">Skip to the report</a>
            \(body.text)
            </body>
            </html>

            """
    }
}

/// The visible part of a page, written from top to bottom; collects what was unknown on the way.
private struct HTMLBody {
    let context: PageContext
    private(set) var text = ""
    private var notes = UnknownNotes()
    private var charts = 0

    init(context: PageContext) {
        self.context = context
    }

    mutating func write(_ page: ReportPage) {
        let frame = PageFrame(context: context)
        add("<header>")
        add(
            "<p class=\"eyebrow\"><span>\(Escape.html(page.reader))</span><span>\(Escape.html(context.month.name))</span></p>"
        )
        for banner in frame.banners {
            add("<p class=\"banner\" role=\"note\"><strong>\(banner.title)</strong> \(inline(banner.text))</p>")
        }
        add("<h1>\(inline(page.headline))</h1>")
        add("<p class=\"question\">\(Escape.html(page.question))</p>")
        if let standfirst = page.standfirst { add("<p class=\"standfirst\">\(inline(standfirst))</p>") }
        write(frame.items)
        add("</header>\n<main id=\"main\">")
        write(page.tiles)
        for section in page.sections { write(section) }
        add("</main>\n<footer>")
        writeConfidence(frame)
        writeNotes()
        add(
            "<p class=\"digest\">Every figure on this page is a fact of <code>facts.json</code>, <code>\(context.factsSHA256.named)</code></p>"
        )
        add("</footer>")
    }

    private mutating func write(_ items: [PageFrame.Item]) {
        let cells = items.map { "<div><dt>\($0.label)</dt><dd>\(inline($0.value))</dd></div>" }
        add("<dl class=\"frame\">\(cells.joined())</dl>")
    }

    private mutating func write(_ tiles: [Tile]) {
        add("<dl class=\"tiles\">")
        for tile in tiles {
            let note = tile.note.map { "<dd class=\"note\">\(inline($0))</dd>" } ?? ""
            add(
                "<div class=\"tile \(tile.tone.rawValue)\"><dt>\(Escape.html(tile.label))</dt><dd>\(inline(tile.value))</dd>\(note)</div>"
            )
        }
        add("</dl>")
    }

    private mutating func write(_ section: ReportSection) {
        add("<section>\n<h2>\(inline(section.title))</h2>")
        for block in section.blocks {
            switch block {
            case .paragraph(let phrase): add("<p>\(inline(phrase))</p>")
            case .list(let items): add("<ul>\(items.map { "<li>\(inline($0))</li>" }.joined())</ul>")
            case .numbered(let items): add("<ol>\(items.map { "<li>\(inline($0))</li>" }.joined())</ol>")
            case .table(let table): write(table)
            case .chart(let chart): write(chart)
            }
        }
        add("</section>")
    }

    private mutating func write(_ table: ReportTable) {
        add(
            "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"\(Escape.html(PhraseText(context: context).plain(table.caption)))\">"
        )
        add("<table><caption>\(inline(table.caption))</caption><thead><tr>")
        for column in table.columns { add("<th scope=\"col\"\(style(column))>\(Escape.html(column.title))</th>") }
        add("</tr></thead><tbody>")
        for row in table.rows {
            add("<tr\(row.weight == .normal ? "" : " class=\"\(row.weight)\"")>")
            for (index, cell) in row.cells.enumerated() {
                let column = table.columns[index]
                let tag = index == 0 ? "th" : "td"
                let background = row.shades.map { shade($0[index]) } ?? ""
                add(
                    "<\(tag)\(index == 0 ? " scope=\"row\"" : "")\(style(column))\(background)>\(inline(cell))</\(tag)>"
                )
            }
            add("</tr>")
        }
        add("</tbody></table></div>")
    }

    private mutating func write(_ chart: ReportChart) {
        charts += 1
        guard let svg = ChartDrawing(chart, context).svg(id: "chart-\(charts)") else { return }
        add(
            "<figure class=\"chart\"><figcaption><h3>\(inline(chart.title))</h3><p>\(inline(chart.subtitle))</p></figcaption>"
        )
        add("<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"Chart\">\(svg)</div>")
        add("<details><summary>Data of this chart</summary>")
        let rows = chart.points.map { point in
            ReportTable.Row(
                cells: [point.label, .fact(point.fact, .cents)] + (point.comparison.map { [.fact($0, .cents)] } ?? []))
        }
        write(
            ReportTable(
                caption: chart.title,
                columns: [.text("Item"), .number(chart.valueTitle)]
                    + (chart.comparisonTitle.map { [.number($0)] } ?? []),
                rows: rows))
        add("</details></figure>")
    }

    private mutating func writeConfidence(_ frame: PageFrame) {
        add("<section class=\"confidence\"><h2>How far to trust this page</h2>")
        let gates = frame.gates.map { "<li><b>\($0.gate)</b> \(mark($0.mark))</li>" }.joined()
        add(gates.isEmpty ? "<p>No gate has been judged.</p>" : "<ul class=\"gates\">\(gates)</ul>")
        add("<p>\(inline(frame.accounts)).</p>")
        if !frame.unseen.isEmpty {
            add("<p>Out of sight:</p><ul>\(frame.unseen.map { "<li>\(inline($0))</li>" }.joined())</ul>")
        }
        if !frame.unavailable.isEmpty {
            add("<p>Not available:</p><ul>\(frame.unavailable.map { "<li>\(inline($0))</li>" }.joined())</ul>")
        }
        add("</section>")
    }

    private mutating func writeNotes() {
        guard !notes.reasons.isEmpty else { return }
        add("<section class=\"unknowns\"><h2>Unknown on this page</h2><dl>")
        for (index, reason) in notes.reasons.enumerated() {
            let letter = UnknownNotes.letter(index)
            add("<div id=\"unknown-\(letter)\"><dt>\(letter)</dt><dd>\(Escape.html(reason))</dd></div>")
        }
        add("</dl></section>")
    }

    private mutating func add(_ line: String) {
        text += line + "\n"
    }

    private func style(_ column: ReportTable.Column) -> String {
        column.kind == .number ? " class=\"number\"" : ""
    }

    /// Five steps are as many as the eye tells apart.
    private func shade(_ share: Double) -> String {
        let step = share <= 0 ? 0 : min(5, 1 + Int(share.squareRoot() * 5))
        return step == 0 ? "" : " data-shade=\"\(step)\""
    }

    private mutating func inline(_ phrase: Phrase) -> String {
        phrase.parts.map { inline($0) }.joined()
    }

    private mutating func inline(_ part: Phrase.Part) -> String {
        switch part {
        case .words(let text):
            return Escape.html(text)
        case .fact(let id, let format):
            let fact = context.facts[id]
            if let text = format.text(fact, month: context.book.month) {
                return "<span class=\"figure\">\(Escape.html(text))</span>"
            }
            let letter = notes.letter(for: fact.reason ?? "no reason was recorded")
            return
                "<span class=\"unknown\">unknown<a href=\"#unknown-\(letter)\" aria-label=\"why, note \(letter)\"><sup>\(letter)</sup></a></span>"
        case .name(let name):
            return "<bdi>\(Escape.html(name.text))</bdi>"
        case .strong(let parts):
            return "<strong>\(parts.map { inline($0) }.joined())</strong>"
        case .code(let text):
            return "<code>\(Escape.html(text))</code>"
        case .mark(let word):
            return mark(word)
        }
    }

    private func mark(_ mark: Mark) -> String {
        "<span class=\"mark \(mark.tone.rawValue)\"><span aria-hidden=\"true\">\(mark.tone.shape)</span> \(Escape.html(mark.word))</span>"
    }
}
