import FinOps

/// The page an auditor opens first in a sealed month: plain tables of what lies beside it, with links. One file, no script, and
/// nothing fetched from anywhere.
public struct ArchiveIndexPage: Sendable {
    public enum Cell: Sendable {
        case text(String)
        /// A digest, a command: in fixed width.
        case code(String)
        /// A file of the bag, relative to this page.
        case file(_ path: String, _ label: String)
        /// A verdict's word, good or not.
        case word(String, isGood: Bool)
    }

    public struct Section: Sendable {
        let title: String
        let note: String?
        let columns: [String]
        let rows: [[Cell]]

        public init(_ title: String, note: String? = nil, columns: [String], rows: [[Cell]]) {
            self.title = title
            self.note = note
            self.columns = columns
            self.rows = rows
        }
    }

    let eyebrow: [String]
    let headline: String
    let summary: [(label: String, cell: Cell)]
    let sections: [Section]
    let commands: [String]

    /// `commands` are shown as they are to be typed.
    public init(
        eyebrow: [String], headline: String, summary: [(label: String, cell: Cell)], sections: [Section],
        commands: [String]
    ) {
        self.eyebrow = eyebrow
        self.headline = headline
        self.summary = summary
        self.sections = sections
        self.commands = commands
    }

    public var html: String {
        """
        <!doctype html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        <meta name="referrer" content="no-referrer">
        <title>\(Escape.html(headline))</title>
        <style>
        \(HTMLStyle.text)
        td code { overflow-wrap: anywhere; } pre { overflow-x: auto; padding: .85rem 1rem; background: var(--panel); }
        </style>
        </head>
        <body>
        <header>
        <p class="eyebrow">\(eyebrow.map { "<span>\(Escape.html($0))</span>" }.joined())</p>
        <h1>\(Escape.html(headline))</h1>
        <dl class="frame">\(summary.map { "<div><dt>\(Escape.html($0.label))</dt><dd>\(show($0.cell))</dd></div>" }.joined())</dl>
        </header>
        <main id="main">
        \(sections.map(show).joined(separator: "\n"))
        <section>
        <h2>Check it yourself</h2>
        <pre>\(commands.map(Escape.html).joined(separator: "\n"))</pre>
        </section>
        </main>
        </body>
        </html>

        """
    }

    private func show(_ section: Section) -> String {
        let head = section.columns.map { "<th scope=\"col\">\(Escape.html($0))</th>" }.joined()
        let rows = section.rows.map { row in
            let cells = row.enumerated().map { index, cell in
                index == 0 ? "<th scope=\"row\">\(show(cell))</th>" : "<td>\(show(cell))</td>"
            }
            return "<tr>\(cells.joined())</tr>"
        }
        return """
            <section>
            <h2>\(Escape.html(section.title))</h2>
            \(section.note.map { "<p>\(Escape.html($0))</p>" } ?? "")
            <div class="scroll" tabindex="0" role="region" aria-label="\(Escape.html(section.title))">
            <table><thead><tr>\(head)</tr></thead><tbody>
            \(rows.joined(separator: "\n"))
            </tbody></table></div>
            </section>
            """
    }

    private func show(_ cell: Cell) -> String {
        switch cell {
        case .text(let text): "<bdi>\(Escape.html(UntrustedText(text).text))</bdi>"
        case .code(let text): "<code>\(Escape.html(text))</code>"
        case .file(let path, let label): "<a href=\"\(Escape.html(path))\">\(Escape.html(label))</a>"
        case .word(let word, let isGood):
            "<span class=\"mark \(isGood ? "good" : "bad")\">\(Escape.html(word))</span>"
        }
    }
}
