public import FinOps

/// Prints a book of facts for each reader. The list of formats is here: one line each.
public enum ReportRenderer {
    /// Every page of `personas` in every format, in that order, and the e-mail last. `factsSHA256` is the digest of
    /// `facts.json` as written, named on every page.
    public static func render(book: FactBook, personas: [Persona], factsSHA256: Digest) -> [RenderedFile] {
        let context = PageContext(book: book, factsSHA256: factsSHA256)
        let pages = PersonaCatalog.personas.filter { personas.contains($0.persona) }.map { $0.page(context) }
            .map { PageFrame(context: context).isEstablished ? $0 : WithheldPage.replacing($0, context) }
        return pages.flatMap { page in
            [
                RenderedFile(
                    path: "reports/\(page.persona.rawValue).html", format: .html, persona: page.persona,
                    text: HTMLRenderer(context).text(page)),
                RenderedFile(
                    path: "reports/\(page.persona.rawValue).md", format: .markdown, persona: page.persona,
                    text: MarkdownRenderer(context).text(page)),
            ]
        } + [
            RenderedFile(
                path: "reports/stakeholder-email.md", format: .email, persona: nil,
                text: EmailRenderer(context).text(pages: personas))
        ]
    }
}

/// What every page is written from.
struct PageContext {
    let book: FactBook
    let facts: FactIndex
    let factsSHA256: Digest

    init(book: FactBook, factsSHA256: Digest) {
        self.book = book
        facts = FactIndex(book)
        self.factsSHA256 = factsSHA256
    }
}
