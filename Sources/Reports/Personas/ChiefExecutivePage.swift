import FinOps

/// For the chief executive: one page. The long line, what it rests on, what is new in it, and what cannot be said yet.
struct ChiefExecutivePage: PersonaPage {
    let persona = Persona.ceo

    func page(_ context: PageContext) -> ReportPage {
        ReportPage(
            persona: persona, reader: "Chief executive officer", question: "Does spend follow growth?",
            headline: headline(context), standfirst: nil,
            tiles: [
                Tile(
                    label: "Cost in percent of revenue",
                    value: context.figure("business.revenue_share_pct", .percent1, otherwise: Missing.business),
                    note: "a bill alone cannot say whether it is worth it"),
                Tile(
                    label: "Cost per customer",
                    value: context.figure("business.unit_cost", .moneyCents, otherwise: Missing.business),
                    note: nil),
                Tile(
                    label: "Per day, on a year ago", value: .fact("year.per_day_change_pct", .percent1.signed),
                    note: "from \("year.previous", .moneyCompact) in \(context.month.adding(months: -12))"),
                context.landingTile,
            ],
            sections: [growth(context), bets(context), risks(context)])
    }

    private func headline(_ context: PageContext) -> Phrase {
        guard let change = context.facts.value("year.per_day_change_pct") else {
            return
                "The cloud now costs \("total.annual_run_rate", .moneyCompact) a year at the rate of \(context.month)"
        }
        let direction = change.isNegative ? "less" : "more"
        return
            "A day in the cloud costs \("year.per_day_change_pct", .percent1.magnitude) \(words: direction) than a year ago: \("total.annual_run_rate", .moneyCompact) a year at today's rate"
    }

    private func growth(_ context: PageContext) -> ReportSection {
        let months = context.monthsOnRecord
        guard months.count > 1 else { return context.unknownSection("The trend is unknown", ["total.net"]) }
        let amounts = months.map { context.facts.value("month.\($0).per_day") ?? .zero }
        let dearest = months[amounts.firstIndex(of: amounts.max()!)!]
        let points = months.enumerated().map { index, month in
            ReportChart.Point(
                label: .words(month.name), fact: "month.\(month).per_day",
                role: month == context.month || month == dearest ? .highlight : .context,
                isLabelled: index == 0 || month == dearest || month == context.month,
                tick: context.tick(month, isFirst: index == 0))
        }
        let perDay = ReportBlock.chart(
            ReportChart(
                kind: .fan,
                title:
                    "A day cost \("month.\(months[0]).per_day", .moneyCompact) at the start and \("total.per_day", .moneyCompact) now",
                subtitle: "\(words: context.unit) a day, so that months of different length compare",
                points: points, valueTitle: "\(context.unit) a day"))
        return ReportSection(
            title: dearest == context.month
                ? "This is the dearest month on record, per day"
                : "\(dearest) was the dearest month on record, per day",
            blocks: [
                context.monthsAhead.isEmpty
                    ? perDay
                    : .chart(
                        context.outlook(
                            back: months.count, hasOuterBand: false))
            ])
    }

    private func bets(_ context: PageContext) -> ReportSection {
        let new = context.book.services.filter { context.movement($0, now: "gross") == .new }
        let category = ServiceCategory.analytics
        var lines: [Phrase] = new.prefix(3).map {
            "New this month: \(strong: .name($0.name)), \("\($0.factPrefix).gross", .money)."
        }
        lines.append(
            "\(strong: .words(category.label)): \("category.\(category.rawValue).share_pct", .percent1) of the cost before the partner discount, \(context.perDayChange("category.\(category.rawValue)", now: "gross")) a day."
        )
        lines.append("\(strong: "New regions"): \(.unknown("costs were not asked for by region")).")
        return ReportSection(
            title: new.isEmpty ? "No new service appeared" : "\(context.count("services.new", "new service")) appeared",
            blocks: [.list(lines)])
    }

    private func risks(_ context: PageContext) -> ReportSection {
        var lines: [Phrase] = [
            "\(strong: "Concentration.") The three largest accounts carry \("accounts.top3.share_pct", .percent1) of the bill, out of \("accounts.with_cost", .plain) that cost anything; \("services.pareto80", .plain) of \("services.with_cost", .plain) services make up four fifths."
        ]
        lines.append(
            "\(strong: "Surprises.") Far dearer per day than in \(context.previous): \(context.count("movement.spike", "service")); \("movement.watch", .plain) more to watch."
        )
        lines.append(
            context.facts.value("incidents.count") == nil
                ? "\(strong: "Incidents.") \("incidents.count", .plain)."
                : "\(strong: "Incidents.") \(context.count("incidents.count", "incident")) cost \("incidents.impact", .money.signed) beyond what was expected; \("incidents.open", .plain) still open at the end."
        )
        if let light = context.wholeLight, light.word != nil {
            lines.append(
                "\(strong: "Plan.") \(context.mark(light)): the year is \("\(light.factPrefix).gap", .money.signed) against its budget of \("\(light.factPrefix).budget", .moneyCompact), expected."
            )
        }
        if context.facts.value("commitment.ending_soon") != nil {
            lines.append(
                "\(strong: "Commitments.") Ending within \("commitment.soon_days", .plain) days: \("commitment.ending_soon", .plain); \(context.figure("commitment.liability.total", .moneyCompact, otherwise: Missing.commitments)) still to pay over twelve months."
            )
        }
        if !context.facts.isZero("accounts.not_listed") {
            lines.append(
                "\(strong: "Control.") Charged without being listed by the organisation: \(context.count("accounts.not_listed", "account"))."
            )
        }
        return ReportSection(title: "Risks to know", blocks: [.list(lines)])
    }
}
