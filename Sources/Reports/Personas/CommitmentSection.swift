import FinOps

/// What commitments cost and cover, and what is left to pay as they end.
enum CommitmentSection {
    static func section(_ context: PageContext) -> ReportSection {
        ReportSection(
            title: title(context),
            blocks: [.table(figures(context))] + liability(context) + calendar(context))
    }

    /// What they cost by themselves is spread over their term; on the bill they are net of what they covered.
    private static func title(_ context: PageContext) -> Phrase {
        guard !context.facts.isZero("commitment.committed"),
            let savings = context.facts.value("commitment.savings_plans.net_savings")
        else { return "Commitments cost \("bridge.commitments", .moneyCents.magnitude) net this month" }
        return
            "Commitments of \("commitment.committed", .moneyCents) this month; savings plans \(words: savings.isNegative ? "lost" : "saved") \("commitment.savings_plans.net_savings", .moneyCents.magnitude) net"
    }

    private static func figures(_ context: PageContext) -> ReportTable {
        let rows: [(Phrase, String)] = [
            ("Fees, spread over their term", "commitment.committed"), ("Of these unused", "commitment.unused"),
            ("Utilisation", "commitment.utilization_pct"),
            ("Coverage by savings plans", "commitment.savings_plans.coverage_pct"),
            ("Saved by savings plans, net", "commitment.savings_plans.net_savings"),
            ("Effective savings rate", "commitment.savings_plans.effective_savings_rate_pct"),
            ("Still to pay over twelve months", "commitment.liability.total"),
            ("Commitments ending soon", "commitment.ending_soon"),
        ]
        return ReportTable(
            caption: "Commitments, \(words: context.unit)", columns: [.text("Figure"), .number("Value")],
            rows: (rows.filter { context.facts.contains($0.1) } + further(context)).map {
                ReportTable.Row(cells: [$0.0, .fact($0.1, .exact)])
            })
    }

    /// What more would be worth committing to, where the hours of the month are known and in the bill's currency.
    private static func further(_ context: PageContext) -> [(Phrase, String)] {
        let fact = "\(CommitmentSizingFacts.prefix).monthly_savings"
        guard let savings = context.facts.value(fact), !savings.isZero,
            context.facts[fact].currency == context.book.currency
        else { return [] }
        return [
            (
                "A further \("commitment.sizing.hourly_commitment", .exact) an hour would have saved, at public prices",
                fact
            )
        ]
    }

    /// What is left to pay, falling with each commitment that ends.
    private static func liability(_ context: PageContext) -> [ReportBlock] {
        let months = (1...CommitmentLiability.shownMonths).map { context.month.adding(months: $0) }
        let points = months.enumerated().map { index, month in
            ReportChart.Point(
                label: .words(month.name), fact: "commitment.liability.\(month)",
                isLabelled: index == 0 || index == months.count - 1, tick: context.tick(month, isFirst: index == 0))
        }
        guard points.allSatisfy({ context.facts.value($0.fact) != nil }) else { return [] }
        return [
            .chart(
                ReportChart(
                    kind: .steps,
                    title:
                        "\("commitment.liability.total", .moneyCompact) still to pay over twelve months; \(context.count("commitment.ending_soon", "commitment")) \(words: context.isOne("commitment.ending_soon") ? "ends" : "end") within \("commitment.soon_days", .plain) days",
                    subtitle:
                        "\(words: context.unit) a month for the commitments that still run, each as high as this month's",
                    points: points, valueTitle: context.unit))
        ]
    }

    /// The next ones to end; the name carries owner and day.
    private static func calendar(_ context: PageContext) -> [ReportBlock] {
        let commitments = (context.book.commitments ?? []).prefix(5)
        guard !commitments.isEmpty else { return [] }
        let rows = commitments.map { commitment in
            ReportTable.Row(cells: [
                .name(commitment.name), .fact("\(commitment.factPrefix).days_left", .plain),
                .fact("\(commitment.factPrefix).fee", .cents), .fact("\(commitment.factPrefix).used", .cents),
            ])
        }
        return [
            .table(
                ReportTable(
                    caption: "The next to end, \(words: context.unit)",
                    columns: [
                        .text("Commitment"), .number("Days left"), .number("Fee this month"), .number("Used of it"),
                    ], rows: rows))
        ]
    }
}
