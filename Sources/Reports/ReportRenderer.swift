public import FinOps

/// Prints a book of facts for each reader. The list of formats is here: one line each.
public enum ReportRenderer {
    /// Documents for all readers, by name; each as HTML, Markdown and JSON.
    public static let statements = [ReconciliationPage.name]

    /// Every page of `personas` in every format, in that order, the statement, and the e-mail last, as HTML and as text. `factsSHA256` is the digest of
    /// `facts.json` as written, named on every page.
    ///
    /// - Parameter paragraphs: What was written for a page; the others keep their own words.
    public static func render(
        book: FactBook, personas: [Persona], factsSHA256: Digest, paragraphs: [Persona: WrittenParagraph] = [:]
    ) -> [RenderedFile] {
        let context = PageContext(book: book, factsSHA256: factsSHA256)
        let isEstablished = PageFrame(context: context).isEstablished
        let pages =
            (PersonaCatalog.personas.filter { personas.contains($0.persona) }.map {
                var page = $0.page(context)
                if let paragraph = paragraphs[$0.persona] { page.standfirst = paragraph.phrase(in: book) }
                return page
            }
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

    /// Who reads the pages of `personas`, in the order of the catalogue.
    public static func readers(of book: FactBook, personas: [Persona]) -> [PageReader] {
        let context = PageContext(book: book, factsSHA256: .zero)
        return PersonaCatalog.personas.filter { personas.contains($0.persona) }.map {
            let page = $0.page(context)
            return PageReader(persona: $0.persona, name: page.reader, question: page.question)
        }
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
