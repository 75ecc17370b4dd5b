import FinOps

/// For the chief executive: the long line, what it rests on, and what cannot be said yet.
struct ChiefExecutivePage: PersonaPage {
    let persona = Persona.ceo

    func page(_ context: PageContext) -> ReportPage {
        ReportPage(
            persona: persona, reader: "Chief executive officer", question: "Does spend follow growth?",
            headline: headline(context),
            standfirst:
                "Whether revenue and customers grew with it is not in the billing data: no business figures were supplied, so the cost per customer stays open.",
            tiles: [
                Tile(
                    label: "Against a year ago, per day", value: .fact("year.per_day_change_pct", .percent1.signed),
                    note: "from \("year.previous", .money)"),
                Tile(
                    label: "A year at this rate", value: .fact("total.annual_run_rate", .moneyCompact),
                    note: "\("total.per_day", .perDay)"),
                Tile(
                    label: "Average month", value: .fact("trend.average", .moneyCompact),
                    note: "over \("trend.months", .plain) months on record"),
                Tile(
                    label: "Cost per customer", value: "unknown",
                    note: "needs revenue or usage figures from the business"),
            ],
            sections: [growth(context), concentration(context), bets(context), risks(context)])
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
        var months: [BillingMonth] = []
        var month = context.month
        while context.facts.value("month.\(month).net") != nil {
            months.insert(month, at: 0)
            month = month.previous
        }
        guard months.count > 1 else { return context.unknownSection("The trend is unknown", ["total.net"]) }
        let amounts = months.map { context.facts.value("month.\($0).per_day") ?? .zero }
        let dearest = months[amounts.firstIndex(of: amounts.max()!)!]
        let points = months.enumerated().map { index, month in
            ReportChart.Point(
                label: .words(month.name), fact: "month.\(month).per_day",
                role: month == context.month ? .highlight : .context,
                isLabelled: index == 0 || month == dearest || month == context.month,
                tick: month.name.prefix(3) + (index == 0 || month.month == 1 ? " \(month.year)" : "")
            )
        }
        return ReportSection(
            title: dearest == context.month
                ? "This is the dearest month on record, per day"
                : "\(dearest) was the dearest month on record, per day",
            blocks: [
                .chart(
                    ReportChart(
                        kind: .columns, title: "Net cost per day, month by month",
                        subtitle: "\(words: context.unit) a day, so that months of different length compare",
                        points: points, valueTitle: "\(context.unit) a day"))
            ])
    }

    private func concentration(_ context: PageContext) -> ReportSection {
        var lines: [Phrase] = [
            "The three largest accounts carry \(strong: .fact("accounts.top3.share_pct", .percent1)) of the bill, out of \("accounts.with_cost", .plain) that cost anything.",
            "\(strong: .fact("services.pareto80", .plain)) of \("services.with_cost", .plain) services make up four fifths of the cost.",
        ]
        if let service = context.book.services.first {
            lines.append(
                "The largest single dependency is \(strong: .name(service.name)) with \("\(service.factPrefix).share_pct", .percent1)."
            )
        }
        return ReportSection(title: "What the bill rests on", blocks: [.list(lines)])
    }

    private func bets(_ context: PageContext) -> ReportSection {
        let new = context.book.services.filter { context.movement($0, now: "gross") == .new }
        let category = ServiceCategory.analytics
        var lines: [Phrase] = new.prefix(5).map {
            "New this month: \(strong: .name($0.name)), \("\($0.factPrefix).gross", .money)."
        }
        lines.append(
            "\(words: category.label): \("category.\(category.rawValue).gross", .money), \("category.\(category.rawValue).share_pct", .percent1) of the cost before the partner discount."
        )
        return ReportSection(
            title: new.isEmpty ? "No new service appeared" : "\(context.count("services.new", "new service")) appeared",
            blocks: [.list(lines)])
    }

    private func risks(_ context: PageContext) -> ReportSection {
        var lines: [Phrase] = [context.budgetSentence + "."]
        lines.append(
            "\(context.count("movement.spike", "service")) cost far more per day than in \(context.previous); \("movement.watch", .plain) more to watch."
        )
        if !context.facts.isZero("accounts.not_listed") {
            lines.append(
                "Charged without being listed by the organisation: \(context.count("accounts.not_listed", "account")).")
        }
        return ReportSection(title: "Risks to know", blocks: [.list(lines)])
    }
}
