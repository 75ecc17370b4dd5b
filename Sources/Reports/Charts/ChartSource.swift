import FinOps

/// What stands under a chart: the questions its facts come from, and up to which day they speak.
struct ChartSource {
    private let chart: ReportChart
    private let context: PageContext

    init(_ chart: ReportChart, _ context: PageContext) {
        (self.chart, self.context) = (chart, context)
    }

    var phrase: Phrase {
        let digests = Set(chart.points.flatMap { context.facts[$0.fact].sources })
        let questions = context.book.questions.filter { digests.contains($0.parametersSHA256) }
        let operations = questions.map(\.operation).reduce(into: [String]()) { if !$0.contains($1) { $0.append($1) } }
        let source = operations.isEmpty ? "settings and this month's gates" : operations.joined(separator: ", ")
        let layers = questions.isEmpty ? "" : " (\(questions.map(\.id).joined(separator: ", ")))"
        return
            "Source: \(words: source + layers), as of \(words: "\(context.month.firstDayAfter.adding(days: -1))"), \(words: context.book.isPreliminary ? "preliminary" : "settled")."
    }
}
