import FinOps

/// What AWS advises to save, and how far it has come: a saving counts where somebody says so, never because it was advised.
enum SavingsSections {
    /// Identified → approved → done → verified.
    static func funnel(_ context: PageContext) -> ReportTable {
        let rows = SavingsRegister.Stage.allCases.map { stage in
            ReportTable.Row(cells: [
                .words(stage.rawValue.prefix(1).uppercased() + stage.rawValue.dropFirst()),
                .fact("savings.\(stage.rawValue).count", .plain), .fact("savings.\(stage.rawValue).monthly", .whole),
            ])
        }
        return ReportTable(
            caption: "Savings by how far they have come, \(words: Currency.usd.code) a month",
            columns: [.text("Stage"), .number("Savings"), .number("A month")], rows: rows)
    }

    /// The largest advice: what it costs and what it would; the id is its evidence. Nil where there is none.
    static func advice(_ context: PageContext, _ shown: Int) -> ReportTable? {
        let advice = (context.book.recommendations ?? []).prefix(shown)
        guard !advice.isEmpty else { return nil }
        let rows = advice.map { one in
            ReportTable.Row(cells: [
                .name(one.name), .fact("\(one.factPrefix).cost", .whole), .fact("\(one.factPrefix).cost_after", .whole),
                .fact("\(one.factPrefix).monthly", .whole),
                .name((one.path ?? []).dropFirst().joined(separator: ", ")), .code(one.key),
            ])
        }
        let total = ReportTable.Row(
            cells: ["All advice", "", "", .fact("savings.open.monthly", .whole), "", ""], weight: .total)
        return ReportTable(
            caption: "The largest advice, \(words: Currency.usd.code) a month",
            columns: [
                .text("What to do"), .number("Costs"), .number("Then"), .number("Saves"), .text("Effort, source"),
                .text("Recommendation"),
            ], rows: rows + [total])
    }

    /// What nobody needs any more.
    static func decommissions(_ context: PageContext) -> [FactSubject] { advice(context, toDo: ["Delete", "Stop"]) }

    /// Old volume types, generations and processors, as far as AWS advises to leave them. Nil where nobody asked.
    static func modernisations(_ context: PageContext) -> [FactSubject]? {
        context.facts.value("savings.open.count").map { _ in advice(context, toDo: ["Upgrade", "MigrateToGraviton"]) }
    }

    /// By what AWS calls the action.
    private static func advice(_ context: PageContext, toDo actions: Set<String>) -> [FactSubject] {
        (context.book.recommendations ?? []).filter { $0.path?.first.map(actions.contains) ?? false }
    }
}
