import FinOps

/// For the chief financial officer: from gross to net, why it changed, budget, invoice and currency.
struct ChiefFinancialPage: PersonaPage {
    let persona = Persona.cfo

    func page(_ context: PageContext) -> ReportPage {
        ReportPage(
            persona: persona, reader: "Chief financial officer",
            question: "Why did it change, will we land, and in which currency?", headline: headline(context),
            standfirst: context.calendarSentence,
            tiles: tiles(context),
            sections: [
                bridge(context), causes(context), landing(context), invoices(context), accounts(context),
                audit(context),
            ])
    }

    private func headline(_ context: PageContext) -> Phrase {
        guard context.facts.value("total.change") != nil else { return context.totalSentence }
        return context.totalSentence + (context.facts.value("budget.gap") == nil ? "" : ", \(context.budgetSentence)")
    }

    private func tiles(_ context: PageContext) -> [Tile] {
        var tiles = [
            Tile(
                label: "Actual, net", value: .fact("total.net", .money),
                note: "\("total.change", .money.signed) on \(context.previous)"),
            context.budgetTile,
            Tile(
                label: "Partner discount", value: .fact("bridge.partner_discount", .money),
                note: "\("bridge.partner_discount.share_pct", .percent1.magnitude) of the cost before it"),
        ]
        if context.facts.contains("total.net_display") {
            tiles.append(
                Tile(
                    label: "In the reporting currency", value: .fact("total.net_display", .money),
                    note: "rate \("exchange_rate.rate", .plain)"))
        } else {
            tiles.append(
                Tile(
                    label: "Invoiced", value: .fact("invoices.total", .money),
                    note: "\("invoices.difference", .money.signed) against net cost"))
        }
        return tiles
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
                        kind: .waterfall, title: "What \(context.month) is made of",
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
        var lines: [Phrase] = []
        if context.month.days != context.previous.days {
            lines.append(
                "Number of days: \("change.calendar", .money.signed) at the daily rate of \(context.previous).")
            lines.append(
                "Everything else: \("change.underlying", .money.signed), of which the partner discount \("bridge.partner_discount.underlying", .money.signed)."
            )
        }
        return ReportSection(
            title: "Why the bill \(words: verb): \("total.change", .money.signed)",
            blocks: [.list(lines), .chart(context.changeBridge(title: "The change, by service", showsDiscount: true))])
    }

    private func landing(_ context: PageContext) -> ReportSection {
        let ids = ["budget.limit", "total.net", "budget.gap", "forecast.mean", "forecast.low", "forecast.high"]
        let rows = ids.map { ReportTable.Row(cells: [.words(sentence(context.facts[$0].label)), .fact($0, .cents)]) }
        let gap = context.facts.value("budget.gap")
        return ReportSection(
            title: gap == nil
                ? "On target or not: no budget is known"
                : gap!.isNegative ? "The month is over budget" : "The month is within budget",
            blocks: [
                .table(
                    ReportTable(
                        caption: "Budget and forecast, \(words: context.unit)",
                        columns: [.text("Figure"), .number("Amount")],
                        rows: rows)),
                .paragraph(
                    "The forecast is AWS's own, for the rest of the month now running; a record of how well past forecasts held does not exist yet."
                ),
            ])
    }

    private func invoices(_ context: PageContext) -> ReportSection {
        var ids = ["total.net", "invoices.total", "invoices.difference"]
        ids += ["invoices.payment", "total.net_display", "total.change_display"].filter(context.facts.contains)
        let rows = ids.map { id in
            ReportTable.Row(cells: [
                .words(sentence(context.facts[id].label)), .words(context.facts[id].currency?.code ?? ""),
                .fact(id, .cents),
            ])
        }
        let known = context.facts.value("invoices.difference")
        let title: Phrase =
            known == nil
            ? "The invoice could not be compared"
            : context.isZeroToTheCent("invoices.difference")
                ? "The invoice agrees to the cent"
                : "The invoice differs by \("invoices.difference", .moneyCents.magnitude)"
        var blocks: [ReportBlock] = [
            .table(
                ReportTable(
                    caption: "Invoice and currency", columns: [.text("Figure"), .text("Currency"), .number("Amount")],
                    rows: rows)
            )
        ]
        if case .known(let rate) = context.book.exchangeRate {
            blocks.append(
                .paragraph(
                    "Exchange rate \("exchange_rate.rate", .plain) \(words: rate.to.code) for one \(words: rate.from.code): \(name: rate.kind) rate of \(name: rate.date), from \(name: rate.source). Both months are converted at it, so the change is at constant currency."
                ))
        }
        return ReportSection(title: title, blocks: blocks)
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
