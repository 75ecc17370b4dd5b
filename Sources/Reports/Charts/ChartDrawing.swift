import FinOps

/// Draws a chart of facts: chooses the marks, resolves labels and values once.
struct ChartDrawing {
    /// A fact as it is printed beside a mark.
    struct Text {
        let fact: String
        let text: String
    }

    struct Mark {
        let label: String
        let value: ExactDecimal
        let text: Text
        let others: [ExactDecimal]
        let point: ReportChart.Point
    }

    let chart: ReportChart
    let marks: [Mark]
    let reference: (value: ExactDecimal, label: String, text: Text)?
    private let context: PageContext
    private let title: String
    private let description: String

    static let width = 720.0

    init(_ chart: ReportChart, _ context: PageContext) {
        self.chart = chart
        self.context = context
        let printer = PhraseText(context: context)
        func text(_ id: String, _ format: FactFormat) -> Text { Text(fact: id, text: printer.fact(id, format)) }
        marks = chart.points.compactMap { point in
            guard let value = context.facts.value(point.fact) else { return nil }
            let others = point.others.compactMap(context.facts.value)
            let isStep = chart.kind == .waterfall && point.role != .total
            return Mark(
                label: printer.plain(point.label), value: value,
                text: text(point.fact, isStep ? .brief.signed : .brief),
                others: others.count == point.others.count ? others : [], point: point)
        }
        reference = chart.reference.flatMap { reference in
            context.facts.value(reference.fact).map { ($0, reference.label, text(reference.fact, .brief)) }
        }
        title = printer.plain(chart.title)
        let spoken = chart.kind == .multiples ? [] : [marks.first, marks.last].compactMap(\.self)
        let ends = spoken.map { "\($0.label): \($0.text.text)" }
        description =
            "\(printer.plain(chart.subtitle)). \(ends.joined(separator: "; ")). All values are in the table below."
    }

    /// Nil when nothing can be drawn.
    func svg(id: String) -> String? {
        guard !marks.isEmpty else { return nil }
        let drawing =
            switch chart.kind {
            case .bars, .bullets: BarMarks.draw(self)
            case .waterfall: WaterfallMarks.draw(self)
            case .columns, .days: ColumnMarks.draw(self)
            case .fan: FanMarks.draw(self)
            case .slope: SlopeMarks.draw(self)
            case .steps: StepMarks.draw(self)
            case .multiples: MultipleMarks.draw(self)
            case .dots: DotMarks.draw(self)
            case .histogram: HistogramMarks.draw(self)
            }
        return drawing.document(id: id, title: title, description: description)
    }

    func name(_ phrase: Phrase?) -> String { phrase.map(PhraseText(context: context).plain) ?? "" }

    /// How a further fact of a point is printed.
    func text(of fact: String, _ format: FactFormat = .brief) -> Text {
        Text(fact: fact, text: PhraseText(context: context).fact(fact, format))
    }
}
