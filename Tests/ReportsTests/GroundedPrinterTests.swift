import FinOps
import TestSupport
import Testing

@testable import Reports

struct GroundedPrinterTests {
    private func printed(_ parts: [GroundedText.Part], names: SampleBook.Names = SampleBook.Names()) -> String {
        GroundedPrinter.plain(GroundedText([.init(parts)]), book: SampleBook.book(names: names))
    }

    @Test func `every policy prints as the pages print`() {
        #expect(printed([.figure(fact: "total.net", policy: .exact)]) == "USD\u{A0}320,071.78")
        #expect(printed([.figure(fact: "total.net", policy: .whole)]) == "USD\u{A0}320,072")
        #expect(printed([.figure(fact: "total.net", policy: .short)]) == "USD\u{A0}320k")
        #expect(printed([.figure(fact: "budget.used_pct", policy: .percent)]) == "91.4\u{A0}%")
        #expect(printed([.figure(fact: "accounts.active", policy: .exact)]) == "67")
    }

    @Test func `a change has no sign, since the words say which way it went`() {
        #expect(
            printed([.words("fell by "), .figure(fact: "total.change", policy: .whole), .words(".")])
                == "fell by USD\u{A0}21,256.")
        #expect(printed([.figure(fact: "total.change_pct", policy: .percent)]) == "6.2\u{A0}%")
        // A gap is no change: below zero it must be seen to be.
        #expect(printed([.figure(fact: "budget.gap", policy: .whole)]) == "USD\u{A0}29,928")
    }

    @Test func `a name is printed as text that strangers chose`() {
        var names = SampleBook.Names()
        names.ledgerAccount = "Ledger\u{202E}\r\nBcc: x"
        #expect(printed([.name(prefix: "account.111111111111")], names: names) == "Ledger Bcc: x")
        #expect(printed([.label(fact: "total.net")]) == "net cost of February 2026")
    }

    @Test func `a written paragraph stands under the headline and names its writer`() throws {
        let book = SampleMonth().book
        let text = GroundedText([
            .init([.words("The bill was "), .figure(fact: "total.net", policy: .whole), .words(".")])
        ])
        let paragraph = WrittenParagraph(text: text, model: "anthropic=model_1")
        let calm = ReportRenderer.render(book: book, personas: [.cfo, .cto], factsSHA256: .zero)
        let written = ReportRenderer.render(
            book: book, personas: [.cfo, .cto], factsSHA256: .zero, paragraphs: [.cfo: paragraph])
        let changed = zip(calm, written).filter { $0.bytes != $1.bytes }.map { $0.1.path }
        #expect(changed == ["reports/cfo.html", "reports/cfo.md"])
        let page = String(decoding: written.first { $0.path == "reports/cfo.md" }!.bytes, as: UTF8.self)
        #expect(page.contains("Words by anthropic=model\\_1"))
    }
}
