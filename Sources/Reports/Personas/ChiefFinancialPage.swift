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
                causes(context), bridge(context), LandingSection.section(context), units(context), accruals(context),
                CommitmentSection.section(context), CurrencySection.section(context), accounts(context), audit(context),
            ])
    }

    private func headline(_ context: PageContext) -> Phrase {
        guard let verb = context.verb("total.change") else {
            return "Why the bill changed is unknown: \("total.change", .money)"
        }
        guard context.month.days != context.previous.days else {
            return "The bill \(words: verb) by \("total.change", .money.magnitude) on \(context.previous)"
        }
        return
            "The bill \(words: verb) by \("total.change", .money.magnitude): \("change.calendar", .money.signed) from the calendar, \("change.underlying", .money.signed) beyond it"
    }

    private func standfirst(_ context: PageContext) -> Phrase {
        "Net cost is \("total.net", .moneyCents), after \("bridge.partner_discount", .moneyCents.magnitude) of partner discount."
    }

    private func tiles(_ context: PageContext) -> [Tile] {
        let budget = context.facts.value("budget.gap")
        return [
            Tile(
                label: "Actual, net", value: .fact("total.net", .money),
                note: "before discount \("bridge.subtotal", .money)"),
            Tile(
                label: "Budget less actual", value: .fact("budget.gap", .money.signed),
                note: budget == nil ? nil : "of \("budget.limit", .money)",
                tone: budget.map { $0.isNegative ? .bad : .good } ?? .neutral),
            CurrencySection.tile(context),
            Tile(
                label: "Invoiced", value: .fact("invoices.total", .money),
                note: "\("invoices.difference", .moneyCents.signed) against net cost"),
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
                        subtitle: "\(words: context.unit), by AWS record type", points: points, valueTitle: context.unit
                    )),
                .table(
                    ReportTable(
                        caption: "Charges by kind, \(words: context.unit)",
                        columns: [
                            .text("Kind"), .number(context.month.name), .number(context.previous.name),
                            .number("Change"),
                        ],
                        rows: rows)),
            ])
    }

    private func causes(_ context: PageContext) -> ReportSection {
        guard context.canBridge, let verb = context.verb("total.change") else {
            return context.unknownSection("Why it changed is unknown", ["total.change"])
        }
        let causes = (context.book.analysis?.causes ?? []).map { cause -> Phrase in
            let what: Phrase =
                switch (cause.account, cause.service) {
                case (let account?, let service?): "\(strong: .name(service.name)) in \(name: account.name)"
                case (let account?, nil): "Everything in \(strong: .name(account.name))"
                case (nil, let service?): "\(strong: .name(service.name)) everywhere"
                case (nil, nil): "Everything"
                }
            return
                "\(what): \("\(cause.factPrefix).change", .money.signed) beyond the calendar, \("\(cause.factPrefix).share_pct", .percent1.magnitude) of the change of everything"
        }
        return ReportSection(
            title: "Why the bill \(words: verb)",
            blocks: [.chart(factors(context))] + (causes.isEmpty ? [] : [.list(causes)]))
    }

    /// Each factor's part, without a rest; where the factors are unknown, the services that moved.
    private func factors(_ context: PageContext) -> ReportChart {
        typealias Point = ReportChart.Point
        let bars = context.book.facts.filter {
            $0.id.hasPrefix("why.") && $0.id != "why.total" && $0.value.map { !$0.isZero } ?? false
        }
        guard !bars.isEmpty, context.facts.value("why.total") != nil else {
            return context.changeBridge(title: "The change, by service", showsDiscount: true)
        }
        let steps = bars.map { Point(label: .words(Self.shortLabel(of: $0.id)), fact: $0.id) }
        return ReportChart(
            kind: .waterfall, title: "Each cause for itself: together they are the whole change, to the cent",
            subtitle:
                "Net cost, \(words: context.unit), \(context.previous) to \(context.month); what days and usage did together is shared between their bars, so that of the days is not the headline's",
            points: [Point(label: .words(context.previous.name), fact: "total.previous", role: .total)] + steps
                + [Point(label: .words(context.month.name), fact: "total.net", role: .total)], valueTitle: context.unit)
    }

    private static func shortLabel(of fact: String) -> String {
        switch fact.dropFirst("why.".count) {
        case "days": "Days"
        case "usage": "Usage and list price"
        case "partner_discount": "Partner discount rate"
        case "new": "New"
        case "gone": "Gone"
        case let other: other.prefix(1).uppercased() + other.dropFirst()
        }
    }

    /// What a unit cost, for whoever books it; cost centres are the units until tags are read.
    private func units(_ context: PageContext) -> ReportSection {
        let units = context.book.organizationalUnits.filter { !context.facts.isZero("\($0.factPrefix).net") }
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
        return ReportSection(
            title: "Units to charge it to",
            blocks: [
                .table(
                    ReportTable(
                        caption: "Net cost by organisational unit, \(words: context.unit)",
                        columns: [
                            .text("Unit"), .number(context.month.name), .number(context.previous.name),
                            .number("Change"),
                            .text("Months"),
                        ], rows: rows)),
                .paragraph(
                    "Cost centre and ledger account: \(.unknown("no cost allocation tag was read")); the unit stands in for both."
                ),
            ])
    }

    private func accruals(_ context: PageContext) -> ReportSection {
        let steps: [BridgeStep] = [.tax, .support, .credits, .refunds]
        var rows = steps.map { step in
            ReportTable.Row(cells: [
                .words(sentence(step.label)), .fact("bridge.\(step.rawValue)", .cents),
                .fact("bridge.\(step.rawValue).change", .cents.signed),
            ])
        }
        rows.append(
            ReportTable.Row(cells: [
                "Marketplace, before the partner discount", .fact("category.marketplace.gross", .cents),
                .fact("category.marketplace.change", .cents.signed),
            ]))
        return ReportSection(
            title: "What is booked apart",
            blocks: [
                .table(
                    ReportTable(
                        caption: "Charges with a treatment of their own, \(words: context.unit)",
                        columns: [.text("Kind"), .number(context.month.name), .number("Change")], rows: rows))
            ])
    }

    private func accounts(_ context: PageContext) -> ReportSection {
        ReportSection(
            title: "Who carries the cost: the three largest accounts hold \("accounts.top3.share_pct", .percent1)",
            blocks: [
                .table(
                    context.ranking(
                        context.book.accounts, rest: "accounts.others", amount: "net", total: "total.net",
                        caption: "Accounts by net cost, \(words: context.unit)", columnTitle: "Account"))
            ])
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
