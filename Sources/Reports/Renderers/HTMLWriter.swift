import FinOps

/// Phrases, lists and tables as HTML, appended to one text. Every printed figure names its fact in `data-fact`.
struct HTMLWriter {
    private let context: PageContext
    private(set) var text = ""
    private(set) var notes = UnknownNotes()
    private var tables = 0

    init(_ context: PageContext) {
        self.context = context
    }

    mutating func add(_ markup: String) { text += markup }

    mutating func line(_ markup: String) {
        text += markup
        text += "\n"
    }

    mutating func element(_ tag: String, attributes: String = "", _ phrase: Phrase) {
        text += "<\(tag)\(attributes)>"
        inline(phrase)
        text += "</\(tag)>\n"
    }

    mutating func list(_ tag: String, _ items: [Phrase]) {
        text += "<\(tag)>"
        for item in items { element("li", item) }
        line("</\(tag)>")
    }

    /// A region that scrolls needs a name of its own; without `label` it is the table's number among the tables.
    mutating func write(_ table: ReportTable, label: String? = nil) {
        tables += 1
        let name = label ?? "Table \(letter(tables))"
        line("<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"\(name)\">")
        text += "<table>"
        element("caption", table.caption)
        text += "<thead><tr>"
        for column in table.columns { text += "<th scope=\"col\"\(style(column))>\(Escape.html(column.title))</th>" }
        text += "</tr></thead><tbody>\n"
        for row in table.rows { write(row, table.columns) }
        line("</tbody></table></div>")
    }

    private mutating func write(_ row: ReportTable.Row, _ columns: [ReportTable.Column]) {
        text += row.weight == .normal ? "<tr>" : "<tr class=\"\(row.weight)\">"
        for (index, cell) in row.cells.enumerated() {
            text += index == 0 ? "<th scope=\"row\"" : "<td"
            text += style(columns[index])
            if let shades = row.shades { text += shade(shades[index]) }
            text += ">"
            inline(cell)
            text += index == 0 ? "</th>" : "</td>"
        }
        text += "</tr>\n"
    }

    /// Opened down to its second level; the rest opens by hand, without script.
    mutating func write(_ tree: ReportTree) {
        line("<div class=\"tree\">")
        element("p", attributes: " class=\"source\"", tree.caption)
        write(tree.root, depth: 0)
        line("</div>")
    }

    private mutating func write(_ node: ReportTree.Node, depth: Int) {
        let tag = node.children.isEmpty ? "p" : "summary"
        if !node.children.isEmpty { text += depth < 2 ? "<details open>" : "<details>" }
        text += "<\(tag)><span>"
        inline(node.name)
        text += "</span>"
        for figure in node.figures {
            text += "<span class=\"number\">"
            inline(figure)
            text += "</span>"
        }
        line("</\(tag)>")
        for child in node.children { write(child, depth: depth + 1) }
        if !node.children.isEmpty { line("</details>") }
    }

    /// Letters, because figures are facts.
    func letter(_ number: Int) -> String { UnknownNotes.letter(number - 1).uppercased() }

    func mark(_ mark: Mark) -> String {
        "<span class=\"mark \(mark.tone.rawValue)\"><span aria-hidden=\"true\">\(mark.tone.shape)</span> \(Escape.html(mark.word))</span>"
    }

    private func style(_ column: ReportTable.Column) -> String {
        column.kind == .text ? "" : " class=\"\(column.kind.rawValue)\""
    }

    /// Five steps are as many as the eye tells apart.
    private func shade(_ share: Double) -> String {
        let step = share <= 0 ? 0 : min(5, 1 + Int(share.squareRoot() * 5))
        return step == 0 ? "" : " data-shade=\"\(step)\""
    }

    private mutating func inline(_ phrase: Phrase) {
        for part in phrase.parts { inline(part) }
    }

    private mutating func inline(_ part: Phrase.Part) {
        switch part {
        case .words(let words): text += Escape.html(words)
        case .fact(let id, let format): figure(id, format)
        case .name(let name): text += "<bdi>\(Escape.html(name.text))</bdi>"
        case .strong(let parts):
            text += "<strong>"
            for part in parts { inline(part) }
            text += "</strong>"
        case .code(let code): text += "<code>\(Escape.html(code))</code>"
        case .mark(let word): text += mark(word)
        case .unknown(let reason): unknown(reason)
        case .spark(let facts): text += Sparkline(facts, context.facts).svg
        }
    }

    private mutating func figure(_ id: String, _ format: FactFormat) {
        let fact = context.facts[id]
        guard let figure = format.text(fact, month: context.month) else {
            return unknown(fact.reason ?? "no reason was recorded")
        }
        text += "<span class=\"figure\" data-fact=\"\(id)\">\(figure)</span>"
    }

    private mutating func unknown(_ reason: String) {
        let letter = notes.letter(for: reason)
        text +=
            "<span class=\"unknown\">unknown<a href=\"#unknown-\(letter)\" aria-label=\"why, note \(letter)\"><sup>\(letter)</sup></a></span>"
    }
}
