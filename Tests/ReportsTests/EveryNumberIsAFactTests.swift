import FinOps
import Foundation
import Testing

@testable import Reports

/// Reads the finished pages back. In HTML, charts included, every figure names its fact, and its rounding is derived again
/// from the exact value, by arithmetic that shares nothing with the code that printed it. A number that names no fact, a
/// rounding that happens anywhere else, a count written by hand, a stale total: all show. What is not HTML may print
/// the figures of its HTML twin, in the same roundings, and no others.
struct EveryNumberIsAFactTests {
    private static var sample: SampleMonth {
        var month = SampleMonth.full(accountCount: 14)
        month.gates = [Verdict(.g4, .passed, reasons: ["all explained"])]
        return month
    }
    private static let book = sample.book
    private static let files = sample.files()
    private static let index = FactIndex(book)

    @Test(arguments: files.filter { $0.format == .html })
    func `every printed figure is its fact, rounded again`(file: RenderedFile) {
        let figures = PrintedFigure.all(in: file)
        #expect(figures.count > 5, "\(file.path) prints only \(figures.count) figures")
        for figure in figures {
            let fact = Self.index[figure.fact]
            #expect(Self.index.contains(figure.fact), "\(file.path) names \(figure.fact), which nobody wrote")
            #expect(
                figure.agrees(with: fact, month: Self.book.month),
                "\(file.path) prints \(figure.text) for \(figure.fact), which is \(fact.value?.description ?? "unknown")"
            )
        }
    }

    @Test(arguments: files.filter { $0.format == .html })
    func `no number stands outside a figure`(file: RenderedFile) {
        let page = String(decoding: file.bytes, as: UTF8.self)
        let outside = Numerals.in(VisibleText.outsideFigures(page), book: Self.book)
        #expect(outside.isEmpty, "\(file.path) prints numbers that are no facts: \(outside.sorted())")
        // Spoken in place of the marks: the same figures again.
        let spoken = Numerals.in(VisibleText.spoken(page), book: Self.book)
        let printed = Set(PrintedFigure.all(in: file).flatMap { Numerals.of($0.text) })
        #expect(spoken.subtracting(printed).isEmpty, "\(file.path) speaks \(spoken.subtracting(printed).sorted())")
    }

    @Test(arguments: files.filter { [.markdown, .email].contains($0.format) && !$0.path.hasSuffix(".html") })
    func `plain text prints the figures of its twin and no others`(file: RenderedFile) throws {
        let name = file.path.replacing(".md", with: ".html")
        let twin = try #require(Self.files.first { $0.path == name })
        let printed = Set(PrintedFigure.all(in: twin).flatMap { Numerals.of($0.text) })
        let strays = Numerals.in(VisibleText.of(file), book: Self.book).subtracting(printed)
        #expect(strays.isEmpty, "\(file.path) prints numbers that \(name) does not: \(strays.sorted())")
    }

    @Test func `a number that is no fact is found`() {
        let page = "<body><p>Savings of USD 4,711 and <b data-fact=\"x\">1</b> 12.34 % are waiting.</p></body>"
        #expect(Numerals.in(VisibleText.outsideFigures(page), book: Self.book) == ["4711", "12.34"])
    }

    @Test(arguments: [
        ("USD\u{A0}318,841", "318841.25", true), ("USD\u{A0}318,842", "318841.25", false),
        ("319k", "318841.25", true), ("318k", "318841.25", false), ("1.24M", "-1237000", true),
        ("\u{2212}16,702.06", "-16702.055", true), ("+16,702.06", "-16702.055", false), ("5.3\u{A0}%", "5.25", true),
        ("EUR\u{A0}1", "1", false), ("1.7105", "1.7105", true), ("1.71", "1.7105", true), ("1.72", "1.7105", false),
    ])
    func `the arithmetic that checks can tell right from wrong`(text: String, value: ExactDecimal, isRight: Bool) {
        let unit: Fact.Unit = text.hasSuffix("%") ? .percent : text.hasPrefix("1.7") ? .rate : .money
        let fact = Fact(id: "x", unit: unit, value: value, currency: .usd, label: "x", sources: [])
        #expect(PrintedFigure(fact: "x", text: text).agrees(with: fact, month: BillingMonth("2026-02")!) == isRight)
    }
}

/// A figure as it stands on a page, and the fact it names.
struct PrintedFigure {
    let fact: String
    let text: String

    static func all(in file: RenderedFile) -> [PrintedFigure] {
        String(decoding: file.bytes, as: UTF8.self).matches(of: #/data-fact="([^"]*)"[^>]*>([^<]*)</#).map {
            PrintedFigure(fact: String($0.output.1), text: String($0.output.2))
        }
    }

    func agrees(with fact: Fact, month: BillingMonth) -> Bool {
        guard let value = fact.value,
            let match = text.wholeMatch(
                of:
                    #/(?:([A-Z]{3})\x{A0})?([+\x{2212}]?)(\d[\d,]*(?:\.\d+)?)(k|M|bn)?(\x{A0}%)?(?:\x{A0}([A-Z][a-z]+))?( a day)?/#
            )
        else { return false }
        let (_, code, sign, digits, scale, percent, monthName, _) = match.output
        if let code, fact.currency?.code != String(code) { return false }
        if (percent != nil) != (fact.unit == .percent) { return false }
        if let monthName, !month.name.hasPrefix(String(monthName)) { return false }
        let exact = Decimal(string: value.description)!
        if sign == "+", exact <= 0 { return false }
        if sign == "\u{2212}", exact >= 0 { return false }
        let divisor: Decimal = scale == "k" ? 1000 : scale == "M" ? 1_000_000 : scale == "bn" ? 1_000_000_000 : 1
        let places = digits.split(separator: ".").dropFirst().first?.count ?? 0
        var quotient = abs(exact) / divisor
        var rounded = Decimal()
        NSDecimalRound(&rounded, &quotient, places, .plain)
        return rounded == Decimal(string: String(digits).replacing(",", with: ""))
    }
}

/// The numbers in a text, without separators; names, digests, dates and the names of gates and layers are no numbers.
enum Numerals {
    static func of(_ text: String) -> [String] {
        text.matches(of: #/\d[\d,]*(\.\d+)?/#).map { String($0.output.0).replacing(",", with: "") }
    }

    static func `in`(_ visible: String, book: FactBook) -> Set<String> {
        var text = visible.replacing("\u{A0}", with: " ")
        // Names first, longest first: they are somebody else's words.
        let subjects = book.accounts + book.services + book.organizationalUnits
        let advised = [book.budgets, book.commitments, book.recommendations, book.anomalies].compactMap(\.self).joined()
        let names = (subjects + advised).flatMap { [$0.name, $0.key] }
        for name in Set(names).sorted(by: { ($1.count, $0) < ($0.count, $1) }) {
            text = text.replacing(name, with: " ").replacing(name.replacing("_", with: "\\_"), with: " ")
        }
        for notFigures in [
            #/sha256:[0-9a-f]{64}|\b[0-9a-f]{64}\b/#,  // digests
            #/\b\d{4}-\d{2}(-\d{2})?\b|\bFY\d{4}\b/#,  // days, months and fiscal years
            #/(January|February|March|April|May|June|July|August|September|October|November|December|Jan|Feb)\s+\d{4}/#,
            #/\b(G\d|L\d[ie]?(\.\w+)?|SHA-256|EC2|Route 53|S3)\b/#,  // gates, layers, services in charts
            #/(?m)^\d\. /#,  // Markdown's own list numbers
        ] as [any RegexComponent] {
            text = removing(notFigures, from: text)
        }
        return Set(of(text))
    }

    private static func removing(_ pattern: some RegexComponent, from text: String) -> String {
        text.replacing(pattern, with: " ")
    }
}
