import FinOps

/// Draws a chart of facts: chooses the marks, resolves labels and values once.
struct ChartDrawing {
    struct Mark {
        let label: String
        let value: ExactDecimal
        let text: String
        let comparison: ExactDecimal?
        let point: ReportChart.Point
    }

    let chart: ReportChart
    let marks: [Mark]
    let reference: (value: ExactDecimal, label: String)?
    private let title: String
    private let description: String

    static let width = 720.0

    init(_ chart: ReportChart, _ context: PageContext) {
        self.chart = chart
        let printer = PhraseText(context: context)
        marks = chart.points.compactMap { point in
            guard let value = context.facts.value(point.fact) else { return nil }
            let isStep = chart.kind == .waterfall && point.role != .total
            return Mark(
                label: printer.plain(point.label), value: value,
                text: printer.fact(point.fact, isStep ? .compact.signed : .compact),
                comparison: point.comparison.flatMap(context.facts.value), point: point)
        }
        reference = chart.reference.flatMap { reference in
            context.facts.value(reference.fact).map {
                ($0, "\(reference.label) \(printer.fact(reference.fact, .compact))")
            }
        }
        title = printer.plain(chart.title)
        let ends = [marks.first, marks.last].compactMap { $0.map { "\($0.label): \($0.text)" } }.joined(separator: "; ")
        description = "\(printer.plain(chart.subtitle)). \(ends). All values are in the table below."
    }

    /// Nil when nothing can be drawn.
    func svg(id: String) -> String? {
        guard !marks.isEmpty else { return nil }
        let drawing =
            switch chart.kind {
            case .bars: BarMarks.draw(self)
            case .waterfall: WaterfallMarks.draw(self)
            case .columns, .days: ColumnMarks.draw(self)
            }
        return drawing.document(id: id, title: title, description: description)
    }
}
