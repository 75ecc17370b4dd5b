import Analysis
import FinOps

/// Budgets and their lights: what was planned, what it cost, and how likely the plan does not hold.
extension PageContext {
    /// Those whose cost and limit are known, the organisation's first.
    var budgetBars: [ReportChart.Point] {
        let set = (book.budgets ?? []).map {
            ReportChart.Point(
                label: .name($0.name), fact: "\($0.factPrefix).actual", others: ["\($0.factPrefix).limit"])
        }
        let hasWhole = (book.budgets ?? []).contains { $0.key == BudgetTarget.Subject.organization.description }
        let whole = ReportChart.Point(label: "Organisation", fact: "total.net", others: ["budget.limit"])
        return (hasWhole ? set : [whole] + set).filter { point in
            ([point.fact] + point.others).allSatisfy { facts.value($0) != nil }
        }
    }

    func budgetBullets(_ shown: Int) -> ReportChart {
        ReportChart(
            kind: .bullets,
            title: overspentParts.first.map {
                "\(name: $0.name) is furthest over its budget, by \("\($0.factPrefix).gap", .money.magnitude)"
            } ?? "Every part is within its budget",
            subtitle: "Net cost on the track of each monthly budget, \(month)",
            points: Array(budgetBars.prefix(shown)), valueTitle: "Net cost", otherTitles: ["Budget"])
    }

    /// Units and accounts over their budget of the month, the furthest first.
    var overspentParts: [FactSubject] {
        func gap(_ budget: FactSubject) -> ExactDecimal { facts.value("\(budget.factPrefix).gap") ?? .zero }
        return (book.budgets ?? [])
            .filter { $0.key != BudgetTarget.Subject.organization.description && gap($0).isNegative }
            .sorted { (gap($0), $0.factPrefix) < (gap($1), $1.factPrefix) }
    }

    /// Of the fiscal year, the likeliest overrun first.
    var yearLights: [LightOutline] {
        (book.analysis?.lights ?? []).filter { $0.factPrefix.hasSuffix(".year") }
            .sorted { left, right in
                let (first, second) = (overrun(left), overrun(right))
                return first == second ? left.factPrefix < right.factPrefix : first > second
            }
    }

    private func overrun(_ light: LightOutline) -> ExactDecimal {
        facts.value("\(light.factPrefix).overrun_pct") ?? "-1"
    }

    /// Of the whole organisation's fiscal year; nil where it has no budget.
    var wholeLight: LightOutline? {
        yearLights.first { $0.subject == BudgetTarget.Subject.organization.description }
    }

    /// The word with its shape; where the landing is unknown, why.
    func mark(_ light: LightOutline) -> Phrase {
        guard let word = light.word.flatMap(BudgetLight.Word.init) else {
            return .fact("\(light.factPrefix).overrun_pct", .percent1)
        }
        return .mark(Mark(word: word.rawValue, tone: tone(light)))
    }

    func tone(_ light: LightOutline) -> Tone {
        switch light.word.flatMap(BudgetLight.Word.init) {
        case .green: .good
        case .amber: .warning
        case .red: .bad
        case nil: .neutral
        }
    }

    /// As people named it, not as it is written in settings.
    func name(_ light: LightOutline) -> String {
        if light.subject == BudgetTarget.Subject.organization.description { return "Organisation" }
        return (book.budgets ?? []).first { $0.key == light.subject }?.name ?? light.subject
    }

    /// The finding over a list of lights.
    var lightsSentence: Phrase {
        guard let first = yearLights.first, first.word != nil else {
            return "Whether the budgets of the year hold is unknown"
        }
        return first.word == BudgetLight.Word.green.rawValue
            ? "Every budget of \(words: first.period) is likely to hold"
            : "\(name: name(first)) is likeliest to overrun its budget of \(words: first.period)"
    }

    /// One light in a sentence.
    func sentence(_ light: LightOutline) -> Phrase {
        guard light.word != nil else { return "\(strong: .name(name(light))): \(mark(light))" }
        let prefix = light.factPrefix
        return
            "\(mark(light)) \(strong: .name(name(light))): \("\(prefix).overrun_pct", .percent1) likely to be overrun in \(words: light.period), \("\(prefix).gap", .money.signed) expected"
    }

    /// The month against each budget, and where the year is expected to land against it.
    func budgetTable(_ shown: Int) -> ReportTable {
        let rows = yearLights.prefix(shown).map { light in
            let budget = (book.budgets ?? []).first { $0.key == light.subject }?.factPrefix
            return ReportTable.Row(cells: [
                .name(name(light)), .fact(budget.map { "\($0).limit" } ?? "budget.limit", .whole),
                .fact(budget.map { "\($0).actual" } ?? "total.net", .whole),
                .fact(budget.map { "\($0).gap" } ?? "budget.gap", .whole.signed),
                .fact("\(light.factPrefix).budget", .whole), .fact("\(light.factPrefix).landing", .whole),
                .fact("\(light.factPrefix).gap", .whole.signed), .fact("\(light.factPrefix).overrun_pct", .percent1),
                mark(light),
            ])
        }
        return ReportTable(
            caption:
                "The month and \(words: book.analysis?.outlook.fiscalYearName ?? "the fiscal year") against budgets, likeliest overrun first, \(words: unit) where nothing else is said",
            columns: [
                .text("Budget"), .number("Of the month"), .number("Net cost"), .number("Left"),
                .number("Of the year"), .number("Lands at"), .number("Over or under"), .number("Chance of overrun"),
                .text("Light"),
            ], rows: rows)
    }
}
