import FinOps

/// For the chief technology officer: which services carry the cost, and which way they move.
struct ChiefTechnologyPage: PersonaPage {
    let persona = Persona.cto

    func page(_ context: PageContext) -> ReportPage {
        ReportPage(
            persona: persona, reader: "Chief technology officer",
            question: "Which services drive the cost, and is the estate getting more efficient?",
            headline: headline(context), standfirst: nil,
            tiles: [
                Tile(
                    label: "Cost efficiency",
                    value: context.figure("efficiency.score_pct", .percent1, otherwise: Missing.savings),
                    note: "AWS's score: what cannot be saved, of what could be"),
                Tile(
                    label: "Production share", value: .fact("environment.production.share_pct", .percent1),
                    note: "\("environment.nonproduction.share_pct", .percent1) non-production, by unit name"),
                Tile(
                    label: "Services new / gone", value: "\("services.new", .plain) / \("services.gone", .plain)",
                    note: "against \(context.previous)"),
                Tile(
                    label: "Cost per product",
                    value: context.figure("business.unit_cost", .moneyCents, otherwise: Missing.business), note: nil),
            ],
            sections: [
                pareto(context), direction(context), units(context), environments(context), modernisation(context),
            ])
    }

    private func headline(_ context: PageContext) -> Phrase {
        guard let first = context.book.services.first, context.facts.value("services.pareto80") != nil else {
            return "Which services drive the cost is unknown: \("total.gross", .money)"
        }
        return
            "\(context.count("services.pareto80", "service")) \(words: context.isOne("services.pareto80") ? "carries" : "carry") four fifths of the cost; \(name: first.name) alone is \("\(first.factPrefix).share_pct", .percent1)"
    }

    private func pareto(_ context: PageContext) -> ReportSection {
        guard !context.book.services.isEmpty else {
            return context.unknownSection("Cost by service is unknown", ["total.gross"])
        }
        let top = context.book.services.prefix(AccountFacts.shown)
        let points = top.map {
            ReportChart.Point(
                label: context.shortName($0), fact: "\($0.factPrefix).gross", others: ["\($0.factPrefix).previous"])
        }
        let rows = top.map { service in
            ReportTable.Row(cells: [
                .name(service.name), .fact("\(service.factPrefix).gross", .whole),
                .fact("\(service.factPrefix).share_pct", .percent1),
                .fact("\(service.factPrefix).cumulative_pct", .percent1),
            ])
        }
        return ReportSection(
            title: "A few services decide the bill",
            blocks: [
                .chart(
                    ReportChart(
                        kind: .bars,
                        title:
                            "\(name: top[0].name) costs \("\(top[0].factPrefix).per_day_change_pct", .percent1.signed) a day on \(context.previous)",
                        subtitle:
                            "\(words: context.unit) before the partner discount; the thin mark is \(context.previous)",
                        points: points, valueTitle: context.month.name, otherTitles: [context.previous.name])),
                .table(
                    ReportTable(
                        caption: "Services and their running share, \(words: context.unit)",
                        columns: [.text("Service"), .number("Cost"), .number("Share"), .number("Running share")],
                        rows: rows)),
            ])
    }

    private func direction(_ context: PageContext) -> ReportSection {
        let movers = context.movers(context.book.services).filter { service in
            ["per_day", "previous_per_day"].allSatisfy { context.facts.value("\(service.factPrefix).\($0)") != nil }
        }
        guard !movers.isEmpty else {
            return context.unknownSection("Which way services move is unknown", ["total.change"])
        }
        let points = movers.prefix(8).map {
            ReportChart.Point(
                label: context.shortName($0), fact: "\($0.factPrefix).per_day",
                others: ["\($0.factPrefix).previous_per_day"])
        }
        let rising = movers.prefix(8).filter { context.isUp("\($0.factPrefix).underlying") }
        return ReportSection(
            title: rising.isEmpty
                ? "What moves most is falling" : "\(name: rising[0].name) climbs most",
            blocks: [
                .chart(
                    ReportChart(
                        kind: .slope,
                        title: rising.isEmpty
                            ? "Every one of them is cheaper per day"
                            : "From \("\(rising[0].factPrefix).previous_per_day", .money) to \("\(rising[0].factPrefix).per_day", .money) a day",
                        subtitle:
                            "The services that moved most, \(words: context.unit) a day before the partner discount",
                        points: points,
                        valueTitle: context.month.name, otherTitles: [context.previous.name]))
            ])
    }

    /// Small charts by unit: what a year looks like from each part of the organisation.
    private func units(_ context: PageContext) -> ReportSection {
        let months = context.monthsOnRecord
        let units = context.book.organizationalUnits.filter { !context.facts.isZero("\($0.factPrefix).net") }.prefix(8)
        let points = units.flatMap { unit in
            months.map { month in
                ReportChart.Point(
                    label: .words(month.name), fact: "\(unit.factPrefix).month.\(month).net",
                    role: month == context.month ? .highlight : .context, panel: .name(unit.name))
            }
        }.filter { context.facts.contains($0.fact) }
        guard months.count > 1, let fastest = units.max(by: { size($0, context) < size($1, context) }) else {
            return ReportSection(
                title: "The line of each unit is unknown",
                blocks: [.paragraph("It takes the tree of the organisation and more than one month on record.")])
        }
        return ReportSection(
            title:
                "\(name: fastest.name) moved by \("\(fastest.factPrefix).underlying", .money.signed) beyond the calendar, more than any other unit",
            blocks: [
                .chart(
                    ReportChart(
                        kind: .multiples,
                        title:
                            "From \("\(fastest.factPrefix).month.\(months[0]).net", .moneyCompact) in \(months[0]) to \("\(fastest.factPrefix).net", .moneyCompact)",
                        subtitle:
                            "Net cost by organisational unit, \(words: context.unit) a month; each line from zero to its own highest",
                        points: points,
                        valueTitle: context.unit))
            ])
    }

    private func size(_ unit: FactSubject, _ context: PageContext) -> ExactDecimal {
        context.facts.value("\(unit.factPrefix).underlying")?.magnitude ?? .zero
    }

    private func environments(_ context: PageContext) -> ReportSection {
        let rows = Environment.allCases.map { environment in
            ReportTable.Row(cells: [
                .words(environment.title), .fact("environment.\(environment.rawValue).net", .whole),
                .fact("environment.\(environment.rawValue).share_pct", .percent1),
            ])
        }
        return ReportSection(
            title: "Production takes \("environment.production.share_pct", .percent1) of the bill",
            blocks: [
                .table(
                    ReportTable(
                        caption: "Net cost by environment, \(words: context.unit)",
                        columns: [.text("Environment"), .number("Net cost"), .number("Share")], rows: rows)),
                .paragraph(
                    "An account counts by the name of its organisational unit; other units stay apart, nothing is guessed."
                ),
            ])
    }

    /// How far advice has come, and what no source of ours tells.
    private func modernisation(_ context: PageContext) -> ReportSection {
        let isKnown = context.facts.value("savings.open.monthly") != nil
        return ReportSection(
            title: isKnown
                ? "\("savings.open.monthly", .money) a month could still be saved, \("savings.open.share_pct", .percent1) of the bill"
                : "What could still be saved is unknown",
            blocks: [
                .table(SavingsSections.funnel(context)),
                .list(
                    modernise(context) + [
                        "Traffic between zones and through gateways: \(.unknown("it is booked inside other services; it takes usage types")).",
                        "Versions past their support, charged for extended support: \(.unknown("it takes usage types")).",
                    ]),
            ])
    }

    private func modernise(_ context: PageContext) -> [Phrase] {
        guard let advice = SavingsSections.modernisations(context) else {
            return ["Old volume types, instance generations and processors: \("savings.open.count", .plain)."]
        }
        guard !advice.isEmpty else {
            return ["Old volume types, instance generations and processors: AWS advises to leave none of them."]
        }
        return advice.prefix(3).map {
            "To modernise: \(strong: .name($0.name)), \("\($0.factPrefix).monthly", .money) a month by AWS's advice \(.code($0.key))."
        }
    }
}

extension Environment {
    var title: String {
        switch self {
        case .production: "Production"
        case .nonproduction: "Non-production"
        case .unassigned: "Neither by name"
        }
    }
}
