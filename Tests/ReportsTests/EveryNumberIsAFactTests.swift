import FinOps
import Foundation
import Testing

@testable import Reports

/// Reads the finished pages back: every numeral a reader sees is a fact in one of its formats, or belongs to a short list
/// of things that are not figures. A rounding that happens anywhere else, a count written by hand, a stale total: all show.
struct EveryNumberIsAFactTests {
    private static let book = sample.book
    private static let sample = SampleMonth(
        accountCount: 14, gates: [Verdict(.g4, .passed, reasons: ["all explained"])])

    /// JSON carries exact values and digests instead of printed figures; `ReconciliationStatementTests` reads it.
    @Test(arguments: sample.files().filter { $0.format != .json })
    func `every number on the page is a fact`(file: RenderedFile) {
        let strays = Self.numerals(in: file).subtracting(Self.printable)
        #expect(strays.isEmpty, "\(file.path) prints numbers that are no facts: \(strays.sorted())")
    }

    @Test func `a number that is no fact is found`() {
        let file = RenderedFile(
            path: "x.md", format: .markdown, persona: nil, text: "Savings of USD 4,711 and 12.34 % are waiting.")
        let strays = Self.numerals(in: file).subtracting(Self.printable)
        #expect(strays == ["4711", "12.34"])
    }

    /// Numerals of the visible text, without signs and separators.
    private static func numerals(in file: RenderedFile) -> Set<String> {
        var text = VisibleText.of(file)
        // Names first, longest first: they are somebody else's words.
        let names = (book.accounts + book.services + book.organizationalUnits).flatMap { [$0.name, $0.key] }
        for name in Set(names).sorted(by: { ($1.count, $0) < ($0.count, $1) }) {
            text = text.replacing(name, with: " ").replacing(name.replacing("_", with: "\\_"), with: " ")
        }
        for notFigures in [
            #/sha256:[0-9a-f]{64}|\b[0-9a-f]{64}\b/#,  // digests
            #/\b\d{4}-\d{2}(-\d{2})?\b/#,  // days and months
            #/(January|February|March|April|May|June|July|August|September|October|November|December|Jan|Feb)\s+\d{4}/#,
            #/\b(G\d|L\di?|SHA-256|EC2|Route 53|S3)\b/#,  // names of gates, layers, services shortened in charts
            #/(?m)^\d\. /#,  // Markdown's own list numbers
        ] as [any RegexComponent] {
            text = removing(notFigures, from: text)
        }
        text = text.replacing("\u{A0}", with: " ")
        let days = text.matches(of: #/(?s)Cost by day.*?typical weekday/#).map { String($0.output) }
        for ticks in days { text = text.replacing(ticks, with: ticks.replacing(#/\b(1|8|15|22|28) /#, with: " ")) }
        return Set(
            text.matches(of: #/\d[\d,]*(\.\d+)?/#).map { String($0.output.0).replacing(",", with: "") })
    }

    private static func removing(_ pattern: some RegexComponent, from text: String) -> String {
        text.replacing(pattern, with: " ")
    }

    /// Every way in which every fact may be printed.
    private static let printable: Set<String> = {
        let book = sample.book
        var texts: Set<String> = []
        for fact in book.facts {
            for shape in FactFormat.Shape.allCases {
                guard let text = FactFormat(shape: shape).text(fact, month: book.month) else { continue }
                for match in text.matches(of: #/\d[\d,]*(\.\d+)?/#) {
                    texts.insert(String(match.output.0).replacing(",", with: ""))
                }
            }
        }
        return texts
    }()
}
