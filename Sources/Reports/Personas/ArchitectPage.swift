import FinOps

/// For the architect: where in the design the money goes, by product family and account.
struct ArchitectPage: PersonaPage {
    let persona = Persona.architect

    func page(_ context: PageContext) -> ReportPage {
        let categories = ranked(context)
        return ReportPage(
            persona: persona, reader: "Cloud architect", question: "Where in the design does the money go?",
            headline: headline(context, categories), standfirst: nil,
            tiles: [
                Tile(
                    label: "Network and delivery", value: .fact("category.network.share_pct", .percent1),
                    note: "gateways and traffic booked inside other services not among it"),
                Tile(
                    label: "Storage", value: .fact("category.storage.share_pct", .percent1),
                    note: "\(context.perDayChange("category.storage", now: "gross")) a day"),
                Tile(
                    label: "Non-production", value: .fact("environment.nonproduction.share_pct", .percent1),
                    note: "by unit name; its hours are unknown"),
                Tile(
                    label: "Right-sizing",
                    value: context.figure("savings.open.monthly", .money, otherwise: Missing.savings),
                    note: "and what else AWS advises, a month"),
            ],
            sections: [
                tree(context, categories), map(context), units(context),
                ResourceSections.drivers(context, rows: 8), rightsizing(context), commitments(context),
            ] + (ResourceSections.drillDown(context).map { [$0] } ?? []))
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
                others: ["category.\($0.rawValue).previous"])
        }
        return ReportSection(
            title: "The design by product family",
            blocks: [
                .chart(
                    ReportChart(
                        kind: .bars,
                        title:
                            "\(words: categories[0].label) leads, \(context.perDayChange("category.\(categories[0].rawValue)", now: "gross")) a day on \(context.previous)",
                        subtitle:
                            "Cost by family, \(words: context.unit) before the partner discount; the thin mark is \(context.previous)",
                        points: points, valueTitle: context.month.name, otherTitles: [context.previous.name])),
                .table(
                    ReportTable(
                        caption: "Families and their largest services, \(words: context.unit)",
                        columns: [.text("Family and service"), .number("Cost"), .number("Share"), .number("Per day")],
                        rows: rows)),
            ])
    }

    /// Account × service: read as a map, printed as a table.
    private func map(_ context: PageContext) -> ReportSection {
        let services = context.book.services.prefix(CellFacts.shownServices)
        let accounts = context.book.accounts.prefix(AccountFacts.shown)
        func id(_ account: FactSubject, _ service: FactSubject) -> String { CellFacts.id(account, service) }
        let cells = accounts.flatMap { account in services.compactMap { context.facts.value(id(account, $0)) } }
        guard let largest = cells.max() else {
            return context.unknownSection("Services by account are unknown", ["total.gross"])
        }
        let rows = accounts.map { account in
            ReportTable.Row(
                cells: [.name(account.name)] + services.map { .fact(id(account, $0), .compact) } + [
                    context.trend(account)
                ],
                shades: [0]
                    + services.map { Scale.share(context.facts.value(id(account, $0)) ?? .zero, of: largest) } + [0])
        }
        let printer = PhraseText(context: context)
        return ReportSection(
            title: "Which account spends on what",
            blocks: [
                .table(
                    ReportTable(
                        caption:
                            "The largest accounts by service, \(words: context.unit) before the partner discount; darker is more; the line is the account's net cost by month",
                        columns: [.text("Account")] + services.map { .number(printer.plain(context.shortName($0))) }
                            + [.text("Months")], rows: rows))
            ])
    }

    private func units(_ context: PageContext) -> ReportSection {
        let rows = context.book.organizationalUnits.map { unit in
            ReportTable.Row(cells: [
                .name(unit.name), .fact("\(unit.factPrefix).accounts", .plain), .fact("\(unit.factPrefix).net", .whole),
                .fact("\(unit.factPrefix).share_pct", .percent1), context.trend(unit),
            ])
        }
        let blocks: [ReportBlock] =
            rows.isEmpty
            ? [.paragraph("The tree of organisational units could not be read.")]
            : [
                .table(
                    ReportTable(
                        caption: "The organisation's tree, net cost in \(words: context.unit)",
                        columns: [
                            .text("Unit"), .number("Accounts"), .number("Net cost"), .number("Share"), .text("Months"),
                        ], rows: rows))
            ]
        return ReportSection(
            title: "How the organisation is cut: \("accounts.active", .plain) active accounts", blocks: blocks)
    }

    /// AWS's advice, the largest first.
    private func rightsizing(_ context: PageContext) -> ReportSection {
        let unread: [Phrase] = [
            "Storage classes and the age of what lies in them: \(.unknown(Missing.storage)).",
            "Hours outside office time: \(.unknown("hours were not read, only days")).",
            "Risk of each change: \(.unknown("the listing of recommendations does not carry it")).",
        ]
        guard let advice = SavingsSections.advice(context, 10) else {
            return ReportSection(
                title: "What is larger than it needs to be",
                blocks: [
                    .list(
                        ["Machines, volumes and functions, before and after: \("savings.open.monthly", .money)."]
                            + unread
                    )
                ])
        }
        return ReportSection(
            title:
                "\(context.count("savings.open.count", "piece")) of advice would save \("savings.open.monthly", .money) a month, AWS estimates",
            blocks: [
                .table(advice),
                .paragraph(
                    "Compute Optimizer, asked for the caller's own account in one region, adds \(context.count("savings.compute_optimizer.count", "piece")) that the Hub does not carry."
                ), .list(unread),
            ])
    }

    /// What is committed against what runs.
    private func commitments(_ context: PageContext) -> ReportSection {
        let rows = CommitmentFamily.allCases.map { kind in
            let family = kind.rawValue.replacing("-", with: "_")
            return ReportTable.Row(cells: [
                .words(kind.title.prefix(1).uppercased() + kind.title.dropFirst()),
                .fact("commitment.\(family).coverage_pct", .percent1),
                .fact("commitment.\(family).utilization_pct", .percent1),
                .fact("commitment.\(family).uncovered", .whole), .fact("commitment.\(family).net_savings", .whole),
            ])
        }
        return ReportSection(
            title: context.facts.value("commitment.utilization_pct") != nil
                ? "\("commitment.utilization_pct", .percent1) of what is committed is used"
                : context.facts.value(CommitmentSizingFacts.prefix) != nil
                    ? "A commitment of \("\(CommitmentSizingFacts.prefix).hourly_commitment", .moneyCents) an hour would fit the use"
                    : "Whether commitments fit the shape of use is unknown",
            blocks: [
                .table(
                    ReportTable(
                        caption: "Commitments against use, \(words: Currency.usd.code)",
                        columns: [
                            .text("Kind"), .number("Covers"), .number("Used"), .number("Not covered"),
                            .number("Saves, net"),
                        ], rows: rows))
            ] + CommitmentSizingSection.blocks(context))
    }
}
