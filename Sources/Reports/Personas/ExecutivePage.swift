import FinOps

/// One page for the steering committee: where the money went, what moved it, what to decide.
struct ExecutivePage: PersonaPage {
    let persona = Persona.executive

    func page(_ context: PageContext) -> ReportPage {
        ReportPage(
            persona: persona, reader: "Executive summary", question: "Where does the money go, and are we on target?",
            headline: context.totalSentence, standfirst: context.calendarSentence,
            tiles: [
                Tile(
                    label: "Net cost", value: .fact("total.net", .moneyCompact),
                    note: "\("total.change", .money.signed) on \(context.previous)"),
                Tile(
                    label: "Per day", value: .fact("total.per_day", .money),
                    note: "\("total.per_day_change_pct", .percent1.signed) on \(context.previous)"),
                context.budgetTile,
                Tile(
                    label: "Gates held", value: .fact("gates.held", .plain),
                    note: "of \("gates.judged", .plain) judged so far",
                    tone: context.book.gates.allSatisfy(\.holds) ? .good : .bad),
            ],
            sections: [movers(context), units(context), decisions(context)])
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
                    context.changeBridge(title: "From \(context.previous) to \(context.month)", showsDiscount: false)),
            ])
    }

    private func units(_ context: PageContext) -> ReportSection {
        guard let largest = context.book.organizationalUnits.first else {
            return ReportSection(
                title: "Spend by organisational unit is unknown",
                blocks: [
                    .paragraph("The tree of organisational units could not be read, or the run covers one account.")
                ])
        }
        let rows = context.book.organizationalUnits.filter { !context.facts.isZero("\($0.factPrefix).net") }.map {
            unit in
            ReportTable.Row(cells: [
                .mark(context.mark(context.movement(unit, now: "net"))), .name(unit.name),
                .fact("\(unit.factPrefix).net", .whole), .fact("\(unit.factPrefix).share_pct", .percent1),
                context.perDayChange(unit.factPrefix, now: "net", marksNews: false),
            ])
        }
        return ReportSection(
            title: "\(name: largest.name) carries \("\(largest.factPrefix).share_pct", .percent1) of the cost",
            blocks: [
                .table(
                    ReportTable(
                        caption: "Organisational units by net cost, \(words: context.unit)",
                        columns: [
                            .text("Signal"), .text("Unit"), .number("This month"), .number("Share"),
                            .number("Change per day"),
                        ], rows: rows))
            ])
    }

    private func decisions(_ context: PageContext) -> ReportSection {
        ReportSection(title: "What we ask you to decide", blocks: [.numbered(context.decisions)])
    }
}
