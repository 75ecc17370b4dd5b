import FinOps

/// For the chief financial officer: from gross to net, why it changed, budget, invoice and currency.
struct ChiefFinancialPage: PersonaPage {
    let persona = Persona.cfo

    func page(_ context: PageContext) -> ReportPage {
        ReportPage(
            persona: persona, reader: "Chief financial officer",
            question: "Why did it change, will we land, and in which currency?", headline: headline(context),
            standfirst: standfirst(context), tiles: tiles(context),
            sections: [
                CausesSection.section(context), bridge(context), LandingSection.section(context), units(context),

                CommitmentSection.section(context), CurrencySection.section(context), audit(context),
            ])
    }

    private func headline(_ context: PageContext) -> Phrase {
        guard let verb = context.verb("total.change") else {
            return "Why the bill changed is unknown: \("total.change", .money)"
        }
        guard context.month.days != context.previous.days, context.facts.value("why.days") != nil else {
            return "The bill \(words: verb) by \("total.change", .money.magnitude) on \(context.previous)"
        }
        return
            "The bill \(words: verb) by \("total.change", .money.magnitude): \("why.days", .money.signed) from the number of days, \("total.underlying", .money.signed) from all else"
    }

    private func standfirst(_ context: PageContext) -> Phrase {
        "Net cost is \("total.net", .moneyCents), after \("bridge.partner_discount", .moneyCents.magnitude) of partner discount."
    }

    private func tiles(_ context: PageContext) -> [Tile] {
        let budget = context.facts.value("budget.gap")
        return [
            Tile(
                label: "Actual, net", value: .fact("total.net", .money),
                note: context.isZeroToTheCent("invoices.difference")
                    ? "invoiced to the cent" : "invoiced \("invoices.total", .money)"),
            Tile(
                label: "Budget less actual", value: .fact("budget.gap", .money.signed),
                note: budget == nil ? nil : "of \("budget.limit", .money)",
                tone: budget.map { $0.isNegative ? .bad : .good } ?? .neutral),
            CurrencySection.tile(context),
            Tile(
                label: "Effective savings rate",
                value: .fact("commitment.savings_plans.effective_savings_rate_pct", .percent1),
                note: "of what savings plans could cover"),
        ]
    }

    private func bridge(_ context: PageContext) -> ReportSection {
        let steps = context.bridgeSteps
        guard context.facts.value("total.net") != nil, !steps.isEmpty else {
            return context.unknownSection("From gross to net is unknown", ["total.net", "total.gross"])
        }
        typealias Point = ReportChart.Point
        let charged = steps.filter { $0 != .partnerDiscount && !context.facts.isZero("bridge.\($0.rawValue)") }
        var points = charged.enumerated().map { index, step in
            Point(
                label: .words(sentence(step.label)), fact: "bridge.\(step.rawValue)",
                role: index == 0 ? .total : context.isUp("bridge.\(step.rawValue)") ? .context : .step)
        }
        if steps.contains(.partnerDiscount) {
            points.append(Point(label: "Before discount", fact: "bridge.subtotal", role: .total))
            points.append(Point(label: "Partner discount", fact: "bridge.partner_discount"))
        }
        points.append(Point(label: "Net", fact: "total.net", role: .total))
        var rows = steps.map { step in
            ReportTable.Row(cells: [
                .words(sentence(step.label)), .fact("bridge.\(step.rawValue)", .cents),
                .fact("bridge.\(step.rawValue).previous", .cents),
                .fact("bridge.\(step.rawValue).change", .cents.signed),
            ])
        }
        rows.append(
            ReportTable.Row(
                cells: [
                    "Net", .fact("total.net", .cents), .fact("total.previous", .cents),
                    .fact("total.change", .cents.signed),
                ], weight: .total))
        return ReportSection(
            title: "From usage to net: discounts, credits and tax",
            blocks: [
                .chart(
                    ReportChart(
                        kind: .waterfall,
                        title: "\("bridge.usage", .moneyCompact) of usage become \("total.net", .moneyCompact) net",
                        subtitle:
                            "\(words: context.unit), by \(words: context.book.origin == nil ? "AWS record type" : "class of charge")",
                        points: points, valueTitle: context.unit
                    )),
                .table(
                    ReportTable(
                        caption: "Charges by kind, \(words: context.unit)",
                        columns: [
                            .text("Kind"), .number(context.month.name), .number(context.previous.name),
                            .number("Change"),
                        ],
                        rows: rows)),
                .paragraph(apart),
            ])
    }

    /// What is booked with a treatment of its own, zero or not.
    private var apart: Phrase {
        "To accrue apart: tax \("bridge.tax", .cents), credits \("bridge.credits", .cents), refunds \("bridge.refunds", .cents), and marketplace \("category.marketplace.gross", .cents) before the partner discount."
    }

    /// What a unit cost, for whoever books it; cost centres are the units until tags are read.
    private func units(_ context: PageContext) -> ReportSection {
        let units = context.book.organizationalUnits.prefix(UnitFacts.shown)
            .filter { !context.facts.isZero("\($0.factPrefix).net") }
        guard !units.isEmpty else {
            return ReportSection(
                title: "Cost by unit is unknown",
                blocks: [.paragraph("The tree of the organisation could not be read.")])
        }
        let rows = units.map { unit in
            ReportTable.Row(cells: [
                .name(unit.name), .fact("\(unit.factPrefix).net", .cents), .fact("\(unit.factPrefix).previous", .cents),
                .fact("\(unit.factPrefix).change", .cents.signed), context.trend(unit),
            ])
        }
        let rest =
            context.facts.isZero("units.others.count")
            ? []
            : [
                ReportTable.Row(cells: [
                    "and \("units.others.count", .plain) more", .fact("units.others.net", .cents),
                    .fact("units.others.previous", .cents), .fact("units.others.change", .cents.signed), "",
                ])
            ]
        return ReportSection(
            title: context.yearLights.isEmpty ? "Units to charge it to" : context.lightsSentence,
            blocks: budgets(context) + [
                .table(
                    ReportTable(
                        caption: "Net cost by organisational unit, \(words: context.unit)",
                        columns: [
                            .text("Unit"), .number(context.month.name), .number(context.previous.name),
                            .number("Change"),
                            .text("Months"),
                        ], rows: rows + rest)),
                .paragraph(
                    "Cost centre and ledger account: \(.unknown("no cost allocation tag was read")); the unit stands in for both."
                ),
            ])
    }

    private func budgets(_ context: PageContext) -> [ReportBlock] {
        guard !context.yearLights.isEmpty else {
            return [.paragraph("Budgets of units and accounts: \(.unknown("no budget is set (`budget`, `budgets`)")).")]
        }
        return [.table(context.budgetTable(8))]
    }

    private func audit(_ context: PageContext) -> ReportSection {
        ReportSection(
            title: "How far the total can be relied on",
            blocks: [
                .paragraph(
                    "Two layers of the same bill, read by different questions, differ by \("reconciliation.raw_pct", .percent2) before and \("reconciliation.adjusted_pct", .percent2) after what differs by definition; \("reconciliation.residual", .moneyCents) stays unexplained. The limit is \("policy.variance_limit", .percent2)."
                ),
                .paragraph(
                    "The technical page holds the full reconciliation, every gate and the digest of every question."),
            ])
    }

    private func sentence(_ label: String) -> String { label.prefix(1).uppercased() + label.dropFirst() }
}
