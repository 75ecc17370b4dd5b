import FinOps

/// What the analysis was given, and what others found: for whoever wants to compute it again.
enum AnalysisSections {
    /// Cost Anomaly Detection's own list; what was seen by us as well stands among the incidents.
    static func detected(_ context: PageContext) -> ReportSection {
        let anomalies = context.book.anomalies ?? []
        guard !anomalies.isEmpty else {
            return ReportSection(
                title: "What AWS itself found unusual",
                blocks: [.paragraph("Anomalies: \("aws_anomaly.count", .plain).")])
        }
        let rows = anomalies.map { anomaly in
            ReportTable.Row(cells: [
                .name(anomaly.name), .fact("\(anomaly.factPrefix).expected", .cents),
                .fact("\(anomaly.factPrefix).actual", .cents), .fact("\(anomaly.factPrefix).impact", .cents.signed),
                .fact("\(anomaly.factPrefix).days", .plain), .code(anomaly.key),
            ])
        }
        return ReportSection(
            title:
                "AWS itself found \(context.count("aws_anomaly.count", "anomaly", plural: "anomalies")), \("aws_anomaly.impact", .money.signed)",
            blocks: [
                .table(
                    ReportTable(
                        caption: "Anomalies of Cost Anomaly Detection, \(words: Currency.usd.code)",
                        columns: [
                            .text("Service, account and days"), .number("Expected"), .number("Actual"),
                            .number("Impact"), .number("Days"), .text("Anomaly"),
                        ], rows: rows))
            ])
    }

    static func parameters(_ context: PageContext) -> ReportSection {
        let outlook = context.book.analysis?.outlook
        let facts: [(Phrase, String)] = [
            ("Limit of the variance between layers", "policy.variance_limit"),
            ("Total from which a person must approve", "policy.approval_threshold"),
            ("SPIKE and DROP begin beyond", "movement.spike_threshold"),
            ("WATCH begins at", "movement.watch_threshold"),
            ("Least change of the month that is news", "news.floor"),
            ("Days judged for incidents", "incidents.days_known"),
            ("Whole months of history", "outlook.months_of_history"),
            ("Factor that makes the units' forecasts add up", "outlook.units.factor"),
            ("Days after the month that count as soon", "commitment.soon_days"),
        ]
        let words: [(Phrase, Phrase)] = [
            ("Method of the forecast", outlook?.method.map { .words($0) } ?? .unknown(Missing.forecast)),
            (
                "Fiscal year",
                outlook.map { .words("\($0.fiscalYearFirst) to \($0.fiscalYearLast)") } ?? .unknown(Missing.forecast)
            ),
        ]
        let rows =
            facts.filter { context.facts.contains($0.1) }.map { ($0.0, Phrase.fact($0.1, .exact)) } + words
        return ReportSection(
            title: "What the figures were computed with",
            blocks: [
                .table(
                    ReportTable(
                        caption: "Parameters, amounts in \(words: context.unit)",
                        columns: [.text("Parameter"), .text("Value")],
                        rows: rows.map { ReportTable.Row(cells: [$0.0, $0.1]) }))
            ])
    }
}
