import FinOps

/// The visible part of a page, written from top to bottom; what was unknown on the way is explained at the end.
struct HTMLBody {
    private let context: PageContext
    private var writer: HTMLWriter
    private var charts = 0

    init(_ context: PageContext) {
        self.context = context
        writer = HTMLWriter(context)
    }

    var text: String { writer.text }

    mutating func write(_ page: ReportPage) {
        let frame = PageFrame(context: context)
        writer.line("<header>")
        writer.line(
            "<p class=\"eyebrow\"><span>\(Escape.html(page.reader))</span><span>\(Escape.html(context.month.name))</span></p>"
        )
        for banner in frame.banners {
            writer.element(
                "p", attributes: " class=\"banner\" role=\"note\"", "\(strong: .words(banner.title)) \(banner.text)")
        }
        writer.element("h1", page.headline)
        writer.line("<p class=\"question\">\(Escape.html(page.question))</p>")
        if let standfirst = page.standfirst { writer.element("p", attributes: " class=\"standfirst\"", standfirst) }
        write(frame.items)
        writer.line("</header>\n<main id=\"main\">")
        write(page.tiles)
        for section in page.sections { write(section) }
        writer.line("</main>\n<footer>")
        writeConfidence(frame)
        writeNotes()
        writer.line(
            "<p class=\"digest\">Every figure on this page is a fact of <code>facts.json</code>, <code>\(context.factsSHA256.named)</code></p>"
        )
        writer.line("</footer>")
    }

    private mutating func write(_ items: [PageFrame.Item]) {
        writer.add("<dl class=\"frame\">")
        for item in items {
            writer.add("<div><dt>\(item.label)</dt>")
            writer.element("dd", item.value)
            writer.add("</div>")
        }
        writer.line("</dl>")
    }

    private mutating func write(_ tiles: [Tile]) {
        writer.line("<dl class=\"tiles\">")
        for tile in tiles {
            writer.add("<div class=\"tile \(tile.tone.rawValue)\"><dt>\(Escape.html(tile.label))</dt>")
            writer.element("dd", tile.value)
            if let note = tile.note { writer.element("dd", attributes: " class=\"note\"", note) }
            writer.line("</div>")
        }
        writer.line("</dl>")
    }

    private mutating func write(_ section: ReportSection) {
        writer.line("<section>")
        writer.element("h2", section.title)
        for block in section.blocks {
            switch block {
            case .paragraph(let phrase): writer.element("p", phrase)
            case .list(let items): writer.list("ul", items)
            case .numbered(let items): writer.list("ol", items)
            case .table(let table): writer.write(table)
            case .chart(let chart): write(chart)
            case .tree(let tree): writer.write(tree)
            }
        }
        writer.line("</section>")
    }

    private mutating func write(_ chart: ReportChart) {
        charts += 1
        guard let svg = ChartDrawing(chart, context).svg(id: "chart-\(charts)") else { return }
        writer.add("<figure class=\"chart \(chart.kind)\"><figcaption>")
        writer.element("h3", chart.title)
        writer.element("p", chart.subtitle)
        writer.line("</figcaption>")
        writer.line(
            "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"Chart \(writer.letter(charts))\">\(svg)</div>"
        )
        writer.element("p", attributes: " class=\"source\"", ChartSource(chart, context).phrase)
        writer.add("<details><summary>Data of this chart</summary>")
        writer.write(chart.table, label: "Data of chart \(writer.letter(charts))")
        writer.line("</details></figure>")
    }

    private mutating func writeConfidence(_ frame: PageFrame) {
        writer.line("<section class=\"confidence\"><h2>How far to trust this page</h2>")
        if frame.gates.isEmpty {
            writer.line("<p>No gate has been judged.</p>")
        } else {
            writer.add("<ul class=\"gates\">")
            for (gate, mark) in frame.gates { writer.add("<li><b>\(gate)</b> \(writer.mark(mark))</li>") }
            writer.line("</ul>")
        }
        writer.element("p", frame.standing)
        if !frame.unseen.isEmpty {
            writer.line("<p>Out of sight:</p>")
            writer.list("ul", frame.unseen)
        }
        if !frame.unavailable.isEmpty {
            writer.line("<p>Not available:</p>")
            writer.list("ul", frame.unavailable)
        }
        writer.line("</section>")
    }

    private mutating func writeNotes() {
        guard !writer.notes.reasons.isEmpty else { return }
        writer.line("<section class=\"unknowns\"><h2>Unknown on this page</h2><dl>")
        for (index, reason) in writer.notes.reasons.enumerated() {
            let letter = UnknownNotes.letter(index)
            writer.line(
                "<div id=\"unknown-\(letter)\"><dt>\(letter)</dt><dd>\(Self.withSettings(reason))</dd></div>")
        }
        writer.line("</dl></section>")
    }

    /// Between backticks stands the name of a setting.
    private static func withSettings(_ reason: String) -> String {
        let parts = reason.split(separator: "`", omittingEmptySubsequences: false)
        guard parts.count % 2 == 1 else { return "<bdi>\(Escape.html(reason))</bdi>" }
        return parts.enumerated().map { index, part in
            let text = Escape.html(String(part))
            return index % 2 == 1 ? "<code>\(text)</code>" : text.isEmpty ? "" : "<bdi>\(text)</bdi>"
        }.joined()
    }
}
