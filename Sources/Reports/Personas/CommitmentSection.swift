import FinOps

/// What commitments cost, and how far they are used.
enum CommitmentSection {
    static func section(_ context: PageContext) -> ReportSection {
        let rows: [(Phrase, String)] = [
            ("Fees, spread over their term", "commitment.committed"), ("Of these unused", "commitment.unused"),
            ("Utilisation", "commitment.utilization_pct"),
            ("Coverage by savings plans", "commitment.savings_plans.coverage_pct"),
            ("Saved by savings plans, net", "commitment.savings_plans.net_savings"),
            ("Effective savings rate", "commitment.savings_plans.effective_savings_rate_pct"),
            ("Commitments ending soon", "commitment.ending_soon"),
        ]
        let known = rows.filter { context.facts.contains($0.1) }
        let title: Phrase = "Commitments cost \("bridge.commitments", .moneyCents.magnitude) net this month"
        guard !known.isEmpty else {
            return ReportSection(
                title: title,
                blocks: [.paragraph("Coverage, utilisation, liability and expiry: \(.unknown(Missing.commitments)).")])
        }
        return ReportSection(
            title: title,
            blocks: [
                .table(
                    ReportTable(
                        caption: "Commitments, \(words: context.unit)", columns: [.text("Figure"), .number("Value")],
                        rows: known.map { ReportTable.Row(cells: [$0.0, .fact($0.1, .exact)]) }))
            ])
    }
}
