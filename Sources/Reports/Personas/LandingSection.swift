import FinOps

/// Budget, forecast, and how earlier forecasts came out.
enum LandingSection {
    static func section(_ context: PageContext) -> ReportSection {
        let gap = context.facts.value("budget.gap")
        return ReportSection(
            title: gap == nil
                ? "On target or not: no budget is known"
                : gap!.isNegative ? "The month is over budget" : "The month is within budget",
            blocks: ahead(context) + [.table(amounts(context))] + record(context))
    }

    private static func ahead(_ context: PageContext) -> [ReportBlock] {
        guard !context.monthsAhead.isEmpty else {
            return [.paragraph("The months ahead: \(.unknown(Missing.forecast)).")]
        }
        let cautions = context.book.analysis?.outlook.cautions ?? []
        return [
            .chart(
                context.outlook(
                    back: 6, hasOuterBand: true))
        ] + (cautions.isEmpty ? [] : [.list(cautions.map { .reason($0) })])
    }

    private static func amounts(_ context: PageContext) -> ReportTable {
        let rows: [(Phrase, String)] = [
            ("Monthly budget", "budget.limit"), ("Net cost", "total.net"), ("Budget less net cost", "budget.gap"),
            ("This month is expected to land at", "landing.value"),
            ("AWS's forecast for the rest of the running month", "forecast.mean"),
            ("Lower bound of it", "forecast.low"), ("Upper bound of it", "forecast.high"),
            ("Our forecast of the same days", "outlook.aws_days.value"),
            ("Fiscal year so far", "fiscal.actual"), ("Fiscal year, expected", "fiscal.landing"),
            ("Lower bound of it, four times of five", "fiscal.low80"),
            ("Upper bound of it, four times of five", "fiscal.high80"),
        ]
        return ReportTable(
            caption: "Budget and forecast, \(words: context.unit)", columns: [.text("Figure"), .number("Amount")],
            rows: rows.filter { context.facts.contains($0.1) }.map {
                ReportTable.Row(cells: [$0.0, .fact($0.1, .exact)])
            })
    }

    /// A forecast is worth what the ones before it were.
    private static func record(_ context: PageContext) -> [ReportBlock] {
        let past = (context.book.analysis?.pastForecasts ?? []).filter {
            $0.lag == 1 && context.facts.value("\($0.factPrefix).actual") != nil
        }
        guard !past.isEmpty else {
            return [
                .paragraph(
                    "How far earlier forecasts were off: \(.unknown("no forecast was sealed in an earlier month")).")
            ]
        }
        let points = past.map {
            ReportChart.Point(
                label: .words($0.month.name), fact: "\($0.factPrefix).actual", others: ["\($0.factPrefix).forecast"])
        }
        return [
            .chart(
                ReportChart(
                    kind: .dots,
                    title:
                        "Forecasts of the month before were off by \("accuracy.lag1.mean_error_pct", .percent1) on average",
                    subtitle: "\(words: context.unit), forecast as it was sealed, and what came", points: points,
                    valueTitle: "came", otherTitles: ["forecast"])), .table(ledger(context)),
        ]
    }

    /// Who said what of this month, and how far each was off.
    private static func ledger(_ context: PageContext) -> ReportTable {
        let rows: [(Phrase, String)] =
            AccuracyFacts.lags.map { lag in
                (lag == 1 ? "Ours, the month before" : "Ours, three months before", "accuracy.lag\(lag)")
            } + [("Ours, of the days AWS spoke of", "accuracy.ours"), ("AWS's, of these days", "accuracy.aws")]
        return ReportTable(
            caption: "Forecasts of \(context.month), \(words: context.unit)",
            columns: [
                .text("Forecast"), .number("Said"), .number("Off by"), .number("Off on average"),
                .number("Months"), .number("Inside its band"),
            ],
            rows: rows.filter { context.facts.contains("\($0.1).error_pct") }.map { name, prefix in
                func known(_ id: String, _ format: FactFormat) -> Phrase {
                    context.facts.contains("\(prefix).\(id)") ? .fact("\(prefix).\(id)", format) : "–"
                }
                return ReportTable.Row(cells: [
                    name, known("forecast", .cents), known("error_pct", .percent1),
                    known("mean_error_pct", .percent1), known("months", .plain), known("inside80", .plain),
                ])
            })
    }
}
