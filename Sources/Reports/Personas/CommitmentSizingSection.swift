import FinOps

/// What would be worth committing to beyond what is, against the hours of the month.
enum CommitmentSizingSection {
    private static let prefix = CommitmentSizingFacts.prefix

    /// One sentence where it is unknown: the notes of the page say why.
    static func blocks(_ context: PageContext) -> [ReportBlock] {
        guard let level = context.facts.value(prefix) else {
            return [.paragraph("Level to commit to: \(prefix, .money).")]
        }
        return [.table(figures(context))] + histogram(context, level: level)
    }

    private static func figures(_ context: PageContext) -> ReportTable {
        let rows: [(String, String)] = [
            ("Compute that nothing covers, on demand", "on_demand"), ("A plan takes off", "discount_pct"),
            ("Commitment an hour", "hourly_commitment"), ("It would cover of that compute", "coverage_pct"),
            ("Of the commitment would be used", "utilization_pct"), ("It would have saved", "monthly_savings"),
            ("In percent of that compute", "effective_savings_rate_pct"),
        ]
        return ReportTable(
            caption:
                "What a further Compute Savings Plan would have done in \(context.month) at public prices, \(words: context.facts[prefix].currency?.code ?? context.unit)",
            columns: [.text("Figure"), .number("Value")],
            rows: [ReportTable.Row(cells: ["Level worth covering, on demand an hour", .fact(prefix, .exact)])]
                + rows.map { ReportTable.Row(cells: [.words($0.0), .fact("\(prefix).\($0.1)", .exact)]) })
    }

    private static func histogram(_ context: PageContext, level: ExactDecimal) -> [ReportBlock] {
        let bands = Array((1...).lazy.map { "\(prefix).band.\($0)" }.prefix { context.facts.contains("\($0).hours") })
        let largest = bands.compactMap { context.facts.value("\($0).hours") }.max()
        let points = bands.map { band in
            ReportChart.Point(
                label: "\("\(band).from", .exact) to \("\(band).to", .exact)", fact: "\(band).hours",
                role: (context.facts.value("\(band).to") ?? .zero) > level ? .highlight : .context,
                others: ["\(band).from", "\(band).to"],
                isLabelled: context.facts.value("\(band).hours") == largest)
        }
        guard !points.isEmpty else { return [] }
        return [
            .chart(
                ReportChart(
                    kind: .histogram,
                    title: level.isZero
                        ? "Too many hours use nothing: no commitment would have saved anything"
                        : "Committing \("\(prefix).hourly_commitment", .moneyCents) an hour would have saved \("\(prefix).monthly_savings", .money) in the month",
                    subtitle:
                        "Hours of the month by their uncovered compute on demand, \(words: context.facts[prefix].currency?.code ?? context.unit) an hour; coloured from the level on",
                    points: points, valueTitle: "Hours",
                    reference: (fact: prefix, label: "level worth covering")))
        ]
    }
}
