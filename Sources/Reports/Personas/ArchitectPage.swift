import FinOps

/// For the architect: where in the design the money goes, by product family and account.
struct ArchitectPage: PersonaPage {
    let persona = Persona.architect

    func page(_ context: PageContext) -> ReportPage {
        let categories = ranked(context)
        return ReportPage(
            persona: persona, reader: "Cloud architect", question: "Where in the design does the money go?",
            headline: headline(context, categories), standfirst: nil,
            tiles: [.compute, .database, .storage, .network].map { (category: ServiceCategory) in
                Tile(
                    label: category.label, value: .fact("category.\(category.rawValue).share_pct", .percent1),
                    note:
                        "\("category.\(category.rawValue).gross", .money), \(context.perDayChange("category.\(category.rawValue)", now: "gross")) a day"
                )
            },
            sections: [tree(context, categories), map(context, categories), units(context), unknowns(context)])
    }

    private func ranked(_ context: PageContext) -> [ServiceCategory] {
        ServiceCategory.allCases.filter { !context.facts.isZero("category.\($0.rawValue).gross") }
            .sorted { left, right in
                let (first, second) = (
                    context.facts.value("category.\(left.rawValue).gross") ?? .zero,
                    context.facts.value("category.\(right.rawValue).gross") ?? .zero
                )
                return first == second ? left.rawValue < right.rawValue : first > second
            }
    }

    private func headline(_ context: PageContext, _ categories: [ServiceCategory]) -> Phrase {
        guard categories.count > 1 else {
            return "Where in the design the money goes is unknown: \("total.gross", .money)"
        }
        return
            "\(words: categories[0].label) takes \("category.\(categories[0].rawValue).share_pct", .percent1) and \(words: categories[1].label.lowercased()) \("category.\(categories[1].rawValue).share_pct", .percent1) of the design's cost"
    }

    private func tree(_ context: PageContext, _ categories: [ServiceCategory]) -> ReportSection {
        guard !categories.isEmpty else { return context.unknownSection("Cost by family is unknown", ["total.gross"]) }
        var rows: [ReportTable.Row] = []
        for category in categories {
            let prefix = "category.\(category.rawValue)"
            rows.append(
                ReportTable.Row(
                    cells: [
                        "\(strong: .words(category.label))", .fact("\(prefix).gross", .whole),
                        .fact("\(prefix).share_pct", .percent1),
                        context.perDayChange(prefix, now: "gross"),
                    ], weight: .total))
            let members = context.book.services.filter { ServiceCategory(service: $0.key) == category }
            rows += members.filter { !context.facts.isZero("\($0.factPrefix).gross") }.prefix(4).map { service in
                ReportTable.Row(cells: [
                    "└ \(name: service.name)", .fact("\(service.factPrefix).gross", .whole),
                    .fact("\(service.factPrefix).share_pct", .percent1),
                    context.perDayChange(service.factPrefix, now: "gross"),
                ])
            }
        }
        let points = categories.map {
            ReportChart.Point(
                label: .words($0.label), fact: "category.\($0.rawValue).gross",
                comparison: "category.\($0.rawValue).previous")
        }
        return ReportSection(
            title: "The design by product family",
            blocks: [
                .chart(
                    ReportChart(
                        kind: .bars, title: "Cost by family",
                        subtitle:
                            "\(words: context.unit) before the partner discount; the thin mark is \(context.previous)",
                        points: points, valueTitle: context.month.name, comparisonTitle: context.previous.name)),
                .table(
                    ReportTable(
                        caption: "Families and their largest services, \(words: context.unit)",
                        columns: [.text("Family and service"), .number("Cost"), .number("Share"), .number("Per day")],
                        rows: rows)),
            ])
    }

    /// Account × family: read as a map, printed as a table.
    private func map(_ context: PageContext, _ categories: [ServiceCategory]) -> ReportSection {
        let shown = Array(categories.prefix(6))
        let accounts = context.book.accounts.prefix(AccountFacts.shown)
            .filter { context.facts.contains("\($0.factPrefix).category.compute") }
        guard !shown.isEmpty, !accounts.isEmpty else {
            return context.unknownSection("Families by account are unknown", ["total.gross"])
        }
        func id(_ account: FactSubject, _ category: ServiceCategory) -> String {
            "\(account.factPrefix).category.\(category.rawValue)"
        }
        let largest =
            accounts.flatMap { account in shown.compactMap { context.facts.value(id(account, $0)) } }.max() ?? .zero
        let rows = accounts.map { account in
            ReportTable.Row(
                cells: [.name(account.name)] + shown.map { .fact(id(account, $0), .compact) },
                shades: [0]
                    + shown.map { category in
                        Scale.share(context.facts.value(id(account, category)) ?? .zero, of: largest)
                    })
        }
        return ReportSection(
            title: "Which account spends on what",
            blocks: [
                .table(
                    ReportTable(
                        caption:
                            "The largest accounts by family, \(words: context.unit) before the partner discount; darker is more",
                        columns: [.text("Account")] + shown.map { .number($0.label) }, rows: rows))
            ])
    }

    private func units(_ context: PageContext) -> ReportSection {
        let rows = context.book.organizationalUnits.map { unit in
            ReportTable.Row(cells: [
                .name(unit.name), .fact("\(unit.factPrefix).accounts", .plain), .fact("\(unit.factPrefix).net", .whole),
                .fact("\(unit.factPrefix).share_pct", .percent1),
            ])
        }
        let blocks: [ReportBlock] =
            rows.isEmpty
            ? [.paragraph("The tree of organisational units could not be read.")]
            : [
                .table(
                    ReportTable(
                        caption: "The organisation's tree, net cost in \(words: context.unit)",
                        columns: [.text("Unit"), .number("Accounts"), .number("Net cost"), .number("Share")], rows: rows
                    ))
            ]
        return ReportSection(
            title: "How the organisation is cut: \("accounts.active", .plain) active accounts", blocks: blocks)
    }

    private func unknowns(_ context: PageContext) -> ReportSection {
        ReportSection(
            title: "Not known at this level",
            blocks: [
                .list([
                    "NAT gateways, volumes and traffic between zones: AWS books them inside one service; they need usage types.",
                    "Storage classes, hours outside office time and right-sizing: they need resource data, which was not read.",
                    "Commitment fit: it needs hourly usage and the commitment reports, which were not read.",
                ])
            ])
    }
}
