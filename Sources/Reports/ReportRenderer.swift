public import FinOps

/// Prints a book of facts for each reader. The list of formats is here: one line each.
public enum ReportRenderer {
    /// Documents for all readers, by name; each as HTML, Markdown and JSON.
    public static let statements = [ReconciliationPage.name]

    /// Every page of `personas` in every format, in that order, the statement, and the e-mail last, as HTML and as text. `factsSHA256` is the digest of
    /// `facts.json` as written, named on every page.
    public static func render(book: FactBook, personas: [Persona], factsSHA256: Digest) -> [RenderedFile] {
        let context = PageContext(book: book, factsSHA256: factsSHA256)
        let isEstablished = PageFrame(context: context).isEstablished
        let pages =
            (PersonaCatalog.personas.filter { personas.contains($0.persona) }.map { $0.page(context) }
            + [ReconciliationPage.page(context)])
            .map { isEstablished ? $0 : WithheldPage.replacing($0, context) }
        let message = StakeholderMessage(context, pages: personas)
        return pages.flatMap { printed($0, context) } + [
            RenderedFile(
                path: "reports/\(ReconciliationPage.name).json", format: .json, persona: nil,
                text: ReconciliationDocument(context).text),
            RenderedFile(
                path: "reports/stakeholder-email.html", format: .email, persona: nil,
                text: EmailHTMLRenderer(context).text(message)),
            RenderedFile(
                path: "reports/stakeholder-email.md", format: .email, persona: nil,
                text: EmailRenderer(context).text(message)),
        ]
    }

    private static func printed(_ page: ReportPage, _ context: PageContext) -> [RenderedFile] {
        let name = page.persona?.rawValue ?? ReconciliationPage.name
        return [
            RenderedFile(
                path: "reports/\(name).html", format: .html, persona: page.persona,
                text: HTMLRenderer(context).text(page)),
            RenderedFile(
                path: "reports/\(name).md", format: .markdown, persona: page.persona,
                text: MarkdownRenderer(context).text(page)),
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
