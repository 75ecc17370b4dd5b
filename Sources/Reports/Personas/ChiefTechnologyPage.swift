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
                    label: "Services for four fifths of cost", value: .fact("services.pareto80", .plain),
                    note: "of \("services.with_cost", .plain) with cost"),
                Tile(
                    label: "Production share", value: .fact("environment.production.share_pct", .percent1),
                    note: "\("environment.nonproduction.share_pct", .percent1) non-production, by unit name"),
                Tile(
                    label: "Services new / gone", value: "\("services.new", .plain) / \("services.gone", .plain)",
                    note: "against \(context.previous)"),
                Tile(
                    label: "Cost efficiency", value: "unknown",
                    note: "needs savings recommendations, which were not read"),
            ],
            sections: [pareto(context), direction(context), environments(context), modernisation(context)])
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
                label: context.shortName($0), fact: "\($0.factPrefix).gross", comparison: "\($0.factPrefix).previous")
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
                        kind: .bars, title: "The largest services",
                        subtitle:
                            "\(words: context.unit) before the partner discount; the thin mark is \(context.previous)",
                        points: points, valueTitle: context.month.name, comparisonTitle: context.previous.name)),
                .table(
                    ReportTable(
                        caption: "Services and their running share, \(words: context.unit)",
                        columns: [.text("Service"), .number("Cost"), .number("Share"), .number("Running share")],
                        rows: rows)),
            ])
    }

    private func direction(_ context: PageContext) -> ReportSection {
        let movers = context.movers(context.book.services)
        func rows(_ services: [FactSubject]) -> [ReportTable.Row] {
            services.prefix(5).map { service in
                ReportTable.Row(cells: [
                    .name(service.name), .fact("\(service.factPrefix).previous_per_day", .whole),
                    .fact("\(service.factPrefix).per_day", .whole),
                    context.perDayChange(service.factPrefix, now: "gross"),
                ])
            }
        }
        func rise(_ service: FactSubject) -> ExactDecimal {
            (context.facts.value("\(service.factPrefix).per_day") ?? .zero)
                - (context.facts.value("\(service.factPrefix).previous_per_day") ?? .zero)
        }
        let columns: [ReportTable.Column] = [
            .text("Service"), .number("A day before"), .number("A day now"), .number("Change"),
        ]
        let rising = movers.filter { rise($0) > .zero }
        let falling = movers.filter { rise($0) < .zero }
        var blocks: [ReportBlock] = []
        if !rising.isEmpty {
            blocks.append(
                .table(
                    ReportTable(caption: "Rising per day, \(words: context.unit)", columns: columns, rows: rows(rising))
                ))
        }
        if !falling.isEmpty {
            blocks.append(
                .table(
                    ReportTable(
                        caption: "Falling per day, \(words: context.unit)", columns: columns, rows: rows(falling))))
        }
        if blocks.isEmpty { blocks = [.paragraph("No service changed, or the month before is unknown.")] }
        return ReportSection(title: "Which way the services move", blocks: blocks)
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

    private func modernisation(_ context: PageContext) -> ReportSection {
        ReportSection(
            title: "Not known yet: what could be modernised",
            blocks: [
                .paragraph(
                    "Volume types, instance generations, traffic between zones and end-of-support versions need usage types and resource data. This month was read by service and account only, so no candidate and no saving is claimed."
                )
            ])
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
