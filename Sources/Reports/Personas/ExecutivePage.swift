import FinOps

/// For the management: one page, one look. Where the money goes, whether that is on target, and what is asked of them.
struct ExecutivePage: PersonaPage {
    let persona = Persona.executive

    func page(_ context: PageContext) -> ReportPage {
        ReportPage(
            persona: persona, reader: "Executive summary", question: "Where does the money go, and are we on target?",
            headline: context.totalSentence,
            standfirst: standfirst(context),
            tiles: [
                Tile(
                    label: "Net cost", value: .fact("total.net", .moneyCompact),
                    note: "per day \("total.per_day_change_pct", .percent1.signed) on \(context.previous)"),
                context.landingTile, context.openSavingsTile, confidence(context),
            ],
            sections: [
                movers(context), context.budgetBars.count > 1 ? budgets(context) : units(context), decisions(context),
            ])
    }

    private func standfirst(_ context: PageContext) -> Phrase {
        let budget: Phrase =
            context.facts.value("budget.gap") == nil
            ? context.budgetSentence + "." : "It is \(context.budgetSentence)."
        return context.calendarSentence.map { $0 + " " + budget } ?? budget
    }

    private func movers(_ context: PageContext) -> ReportSection {
        let top = Array(context.movers(context.book.services).prefix(MovementFacts.shown))
        guard context.canBridge, let first = top.first else {
            return context.unknownSection(
                "What moved the bill is unknown", ["total.net", "total.previous", "total.gross"])
        }
        return ReportSection(
            title: "Beyond the calendar, \(name: first.name) moved the bill most",
            blocks: [
                .list(top.map(context.moverSentence)),
                .chart(
                    context.changeBridge(
                        title: "From \("total.previous", .moneyCompact) to \("total.net", .moneyCompact)")),
            ])
    }

    private func confidence(_ context: PageContext) -> Tile {
        let holds = context.facts.value("gates.held") == context.facts.value("gates.judged")
        return Tile(
            label: "Gates that hold so far", value: "\("gates.held", .plain) of \("gates.judged", .plain)",
            note: context.facts.isZero("sources.unavailable")
                ? "every source has answered"
                : "\(context.count("sources.unavailable", "source")) \(words: context.book.origin == nil ? "could not answer" : "not asked")",
            tone: holds ? .good : .bad)
    }

    /// Each budget as a bar on its track, and how likely the year's does not hold.
    private func budgets(_ context: PageContext) -> ReportSection {
        ReportSection(
            title: context.lightsSentence,
            blocks: [.chart(context.budgetBullets(4))]
                + (context.yearLights.isEmpty ? [] : [.list(context.yearLights.prefix(2).map(context.sentence))]))
    }

    /// Without budgets for parts of the organisation, a mark shows the month before.
    private func units(_ context: PageContext) -> ReportSection {
        let units = context.book.organizationalUnits.filter { !context.facts.isZero("\($0.factPrefix).net") }
        guard let largest = units.first else {
            return ReportSection(
                title: "Spend by organisational unit is unknown",
                blocks: [
                    .paragraph("The tree of organisational units could not be read, or the run covers one account.")
                ])
        }
        let points = units.prefix(6).map {
            ReportChart.Point(
                label: .name($0.name), fact: "\($0.factPrefix).net", others: ["\($0.factPrefix).previous"])
        }
        return ReportSection(
            title: "\(name: largest.name) carries \("\(largest.factPrefix).share_pct", .percent1) of the cost",
            blocks: [
                .chart(
                    ReportChart(
                        kind: .bars,
                        title:
                            "Per day, \(name: largest.name) costs \("\(largest.factPrefix).per_day_change_pct", .percent1.signed) on \(context.previous)",
                        subtitle:
                            "Net cost by organisational unit, \(words: context.unit); the thin mark is \(context.previous)",
                        points: points, valueTitle: context.month.name, otherTitles: [context.previous.name])),
                .paragraph("Budget lights: \(light(context))."),
            ])
    }

    private func light(_ context: PageContext) -> Phrase {
        guard let light = context.wholeLight else { return .unknown("no budget is set (`budget`, `budgets`)") }
        guard light.word != nil else { return context.mark(light) }
        return
            "\(context.mark(light)) for \(words: light.period), \("\(light.factPrefix).overrun_pct", .percent1) likely to be overrun"
    }

    private func decisions(_ context: PageContext) -> ReportSection {
        ReportSection(title: "What we ask you to decide", blocks: [.numbered(context.decisions)])
    }
}
