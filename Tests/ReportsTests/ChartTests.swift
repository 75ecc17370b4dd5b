import FinOps
import Foundation
import Testing

@testable import Reports

struct ChartTests {
    private static let sample = SampleMonth(accountCount: 14)
    private static let context = PageContext(book: sample.book, factsSHA256: SampleMonth.factsSHA256)
    private static var pages: [ReportPage] { PersonaCatalog.personas.map { $0.page(context) } }

    private static func charts(_ page: ReportPage) -> [ReportChart] {
        page.sections.flatMap(\.blocks).compactMap { if case .chart(let chart) = $0 { chart } else { nil } }
    }

    @Test func `every reader is shown a drawing, and each kind of drawing is in use`() {
        for page in Self.pages { #expect(!Self.charts(page).isEmpty, "\(page.reader)") }
        let kinds = Set(Self.pages.flatMap(Self.charts).map { "\($0.kind)" })
        #expect(kinds.isSuperset(of: ["bars", "waterfall", "days", "fan", "slope", "multiples"]))
    }

    @Test(arguments: sample.files().filter { $0.format == .html })
    func `a drawing has a title, a description, a source and a table of its data`(file: RenderedFile) throws {
        let html = String(decoding: file.bytes, as: UTF8.self)
        let figures = html.components(separatedBy: "<figure class=\"chart").dropFirst()
        for figure in figures {
            let drawn = try #require(
                figure.firstMatch(
                    of:
                        #/<svg [^>]*role="img" aria-labelledby="(\S+) (\S+)"><title id="(\S+?)">([^<]+)</title><desc id="(\S+?)">([^<]+)</#
                )
            )
            #expect(drawn.output.1 == drawn.output.3 && drawn.output.2 == drawn.output.5)
            #expect(figure.contains("<p class=\"source\">Source: "))
            let data = try #require(figure.firstMatch(of: #/(?s)<details>.*?<table>(.*?)<\/table>/#)).output.1
            let printed = Set(figure.matches(of: #/<text [^>]*data-fact="([^"]+)"/#).map(\.output.1))
            for fact in printed { #expect(data.contains("data-fact=\"\(fact)\""), "\(file.path): \(fact)") }
        }
        let ids = html.matches(of: #/ id="([^"]+)"/#).map(\.output.1)
        #expect(Set(ids).count == ids.count, "\(file.path)")
    }

    @Test func `the steps of every bridge add up to its last total`() {
        let bridges = Self.pages.flatMap(Self.charts).filter { $0.kind == .waterfall }
        #expect(bridges.count >= 4)
        for bridge in bridges {
            var level = ExactDecimal.zero
            for point in bridge.points {
                let value = Self.context.facts.value(point.fact) ?? .zero
                guard point.role == .total else {
                    level += value
                    continue
                }
                let isFirst = point.fact == bridge.points[0].fact
                #expect(isFirst || level == value, "\(PhraseText(context: Self.context).plain(bridge.title))")
                level = value
            }
        }
    }

    @Test func `labels that would meet move apart, in their order, inside their range`() {
        let placed = Scale.apart([50, 51, 52, 10], gap: 10, within: 0...70)
        #expect(placed == [50, 60, 70, 10])
        let crowded = Scale.apart([69, 69, 70], gap: 10, within: 0...70)
        #expect(crowded == [50, 60, 70])
    }

    @Test func `a scale begins at zero, whatever it is given`() {
        let scale = Scale(["100", "110"], from: 0, to: 110)
        #expect(scale.position(ExactDecimal.zero) == 0)
        #expect(scale.position("110") == 110)
        #expect(Scale(["-50", "50"], from: 0, to: 100).position(ExactDecimal.zero) == 50)
    }

    @Test func `bands lie around what is expected, the wide one outside`() throws {
        let chart = ReportChart(
            kind: .fan, title: "t", subtitle: "s",
            points: [
                .init(label: "a", fact: "total.previous"),
                .init(
                    label: "b", fact: "total.net", role: .expected,
                    others: ["total.gross", "total.net", "total.net", "total.gross"]),
            ], valueTitle: "USD", otherTitles: ["w", "x", "y", "z"])
        let svg = try #require(ChartDrawing(chart, Self.context).svg(id: "c"))
        #expect(svg.contains("class=\"band wide\"") && svg.contains("class=\"band\""))
        #expect(svg.contains("class=\"line expected\""))
    }

    @Test(arguments: [ReportChart.Kind.bullets, .steps, .dots, .columns])
    func `marks that this month does not need can be drawn all the same`(kind: ReportChart.Kind) throws {
        let points = ["total.net", "total.previous"].map {
            ReportChart.Point(label: "x", fact: $0, others: ["total.gross"], tick: "Feb 2026")
        }
        let chart = ReportChart(
            kind: kind, title: "t", subtitle: "s", points: points, valueTitle: "USD", otherTitles: ["plan"])
        let svg = try #require(ChartDrawing(chart, Self.context).svg(id: "c"))
        #expect(svg.contains("data-fact=\"total.net\""))
        #expect(!svg.contains("nan") && !svg.contains("inf"))
    }

    @Test func `a label is broken between words, and a word too long for its column in the middle`() {
        #expect(SVGText.lines("Partner discount rate", width: 55) == ["Partner", "discount", "rate"])
        #expect(SVGText.lines("Commitments", width: 55) == ["Commit-", "ments"])
        #expect(SVGText.lines("Commitments", width: 90) == ["Commitments"])
        #expect(SVGText.lines("one two three four five six", width: 20) == ["one", "two", "th…"])
    }

    @Test func `a drawing of nothing is no drawing`() {
        let chart = ReportChart(
            kind: .bars, title: "t", subtitle: "s", points: [.init(label: "x", fact: "no.such")], valueTitle: "USD")
        #expect(ChartDrawing(chart, Self.context).svg(id: "c") == nil)
    }

    @Test func `a sparkline needs two points, and says which way it goes`() {
        let facts = Self.context.facts
        #expect(Sparkline(["total.net"], facts).svg.isEmpty && Sparkline(["total.net"], facts).blocks.isEmpty)
        let line = Sparkline(["bridge.usage", "total.net", "total.gross"], facts)
        #expect(line.svg.contains("aria-label=\"rising\""))
        #expect(line.blocks.count == 3 && line.blocks.last == "█")
    }
}
