import FinOps

/// For whoever has to prove it: gates, reconciliation, sources, and every figure in full.
struct TechnicalPage: PersonaPage {
    let persona = Persona.technical

    func page(_ context: PageContext) -> ReportPage {
        ReportPage(
            persona: persona, reader: "Technical appendix", question: "Can every figure be proved?",
            headline: headline(context),
            standfirst: nil,
            tiles: [
                Tile(label: "Raw variance", value: .fact("reconciliation.raw_pct", .percent2), note: "L1 against L3"),
                Tile(
                    label: "After reconciling items", value: .fact("reconciliation.adjusted_pct", .percent2),
                    note: "limit \("policy.variance_limit", .percent2)"),
                Tile(
                    label: "Unexplained", value: .fact("reconciliation.residual", .moneyCents),
                    note: "\("reconciliation.by_account", .moneyCents) summed per account"),
                Tile(
                    label: "Sources unavailable", value: .fact("sources.unavailable", .plain),
                    note: "each is named below", tone: context.facts.isZero("sources.unavailable") ? .good : .warning),
            ],
            sections: [
                gates(context), reconciliation(context), sources(context), accounts(context), services(context),
                AnalysisSections.detected(context), AnalysisSections.parameters(context), method(context),
            ])
    }

    private func headline(_ context: PageContext) -> Phrase {
        guard context.facts.value("reconciliation.residual") != nil else {
            return "The layers could not be compared: \("reconciliation.residual", .money)"
        }
        return context.isZeroToTheCent("reconciliation.residual")
            ? "The two layers differ by \("reconciliation.raw_pct", .percent2), and every cent of it is explained"
            : "The two layers differ by \("reconciliation.raw_pct", .percent2); \("reconciliation.residual", .moneyCents) stays unexplained"
    }

    private func gates(_ context: PageContext) -> ReportSection {
        let rows = context.book.gates.map { verdict in
            ReportTable.Row(cells: [
                .words(verdict.gate.rawValue),
                .mark(Mark(word: verdict.outcome.rawValue, tone: PageFrame.tone(verdict.outcome))),
                verdict.reasons.isEmpty ? "–" : .reason(verdict.reasons.joined(separator: " · ")),
            ])
        }
        return ReportSection(
            title: "\("gates.held", .plain) of \("gates.judged", .plain) gates hold",
            blocks: [
                .table(
                    ReportTable(
                        caption: "Gates judged before this page was written",
                        columns: [.text("Gate"), .text("Verdict"), .text("Reasons")], rows: rows)),
                .paragraph("Later gates judge this very page; their verdicts stand in the sealed record."),
            ])
    }

    private func reconciliation(_ context: PageContext) -> ReportSection {
        let facts = context.facts
        let items = RecordClass.allCases.map { "reconciliation.\($0.rawValue)" }.filter {
            facts.contains("\($0).amount")
        }
        var rows = ["L1", "L3", "daily"].filter { facts.contains("layer.\($0).total") }.map { layer in
            ReportTable.Row(cells: [
                .words(layer), .words(facts["layer.\(layer).total"].label), .fact("layer.\(layer).total", .cents),
                .fact("layer.\(layer).lines", .plain),
            ])
        }
        rows += items.map {
            ReportTable.Row(cells: [
                "item", .words(facts["\($0).amount"].label), .fact("\($0).amount", .cents),
                .fact("\($0).share_pct", .percent2),
            ])
        }
        rows.append(
            ReportTable.Row(
                cells: ["residual", "difference that nothing explains", .fact("reconciliation.residual", .cents), ""],
                weight: .total))
        var blocks: [ReportBlock] = [
            .table(
                ReportTable(
                    caption: "Reconciliation of the layers, \(words: context.unit)",
                    columns: [.text("Layer"), .text("What it is"), .number("Amount"), .number("Lines or share")],
                    rows: rows))
        ]
        if facts.value("layer.L1.total") != nil, facts.value("layer.L3.total") != nil {
            typealias Point = ReportChart.Point
            let points =
                [Point(label: "L1", fact: "layer.L1.total", role: .total)]
                + items.map {
                    Point(
                        label: .words(facts["\($0).amount"].label.replacing(", in one layer only", with: "")),
                        fact: "\($0).amount")
                }
                + [Point(label: "L3", fact: "layer.L3.total", role: .total)]
            blocks.insert(
                .chart(
                    ReportChart(
                        kind: .waterfall, title: "Nothing but these items stands between L1 and L3",
                        subtitle: "\(words: context.unit), reconciling items between the layers",
                        points: points, valueTitle: context.unit)), at: 0)
        }
        return ReportSection(
            title: "Reconciliation: \("reconciliation.raw", .moneyCents) apart before items", blocks: blocks)
    }

    private func sources(_ context: PageContext) -> ReportSection {
        let rows = context.book.questions.map { question in
            ReportTable.Row(cells: [
                .words(question.id), .words(question.operation), .fact("query.\(question.id).rows", .plain),
                .fact("query.\(question.id).pages", .plain), .code(question.parametersSHA256.hex),
            ])
        }
        var blocks: [ReportBlock] = [
            .table(
                ReportTable(
                    caption: "Questions asked, with the digest of their exact parameters",
                    columns: [
                        .text("Question"), .text("Operation"), .number("Rows"), .number("Pages"), .text("SHA-256"),
                    ],
                    rows: rows))
        ]
        if !context.book.unavailable.isEmpty {
            blocks.append(.list(context.book.unavailable.map { "Not available: " + .reason(Reason.of($0)) }))
        }
        if case .known(let rate) = context.book.exchangeRate {
            blocks.append(
                .paragraph(
                    "Exchange rate: \("exchange_rate.rate", .plain) \(words: rate.to.code) for one \(words: rate.from.code), kind \(name: rate.kind), source \(name: rate.source), dated \(name: rate.date)."
                ))
        }
        return ReportSection(title: "Where every figure comes from", blocks: blocks)
    }

    private func accounts(_ context: PageContext) -> ReportSection {
        let rows = context.book.accounts.map { account in
            ReportTable.Row(cells: [
                .code(account.key), .name(account.name),
                .name(account.path.map { $0.isEmpty ? "Root" : $0.joined(separator: " / ") } ?? "unknown"),
                .fact("\(account.factPrefix).gross", .cents), .fact("\(account.factPrefix).net", .cents),
                .fact("\(account.factPrefix).previous", .cents), .fact("\(account.factPrefix).change", .cents.signed),
            ])
        }
        let total = ReportTable.Row(
            cells: [
                "Total", "", "", .fact("total.gross", .cents), .fact("total.net", .cents),
                .fact("total.previous", .cents),
                .fact("total.change", .cents.signed),
            ], weight: .total)
        return ReportSection(
            title:
                "Every account: \("accounts.discovered", .plain) found, \("accounts.without_cost", .plain) of them without cost",
            blocks: [
                .table(
                    ReportTable(
                        caption: "All accounts, \(words: context.unit)",
                        columns: [
                            .text("Id"), .text("Name"), .text("Unit"), .number("Gross"), .number("Net"),
                            .number(context.previous.name), .number("Change"),
                        ], rows: rows + [total]))
            ])
    }

    private func services(_ context: PageContext) -> ReportSection {
        let rows = context.book.services.map { service in
            ReportTable.Row(cells: [
                .name(service.name), .fact("\(service.factPrefix).gross", .cents),
                .fact("\(service.factPrefix).previous", .cents), .fact("\(service.factPrefix).change", .cents.signed),
                context.perDayChange(service.factPrefix, now: "gross"),
            ])
        }
        let total = ReportTable.Row(
            cells: [
                "Total", .fact("total.gross", .cents), .fact("total.previous_gross", .cents),
                .fact("total.gross_change", .cents.signed), "",
            ], weight: .total)
        return ReportSection(
            title: "Every service: \("services.with_cost", .plain) with cost",
            blocks: [
                .table(
                    ReportTable(
                        caption: "All services before the partner discount, \(words: context.unit)",
                        columns: [
                            .text("Service"), .number(context.month.name), .number(context.previous.name),
                            .number("Change"),
                            .number("Per day"),
                        ], rows: rows + [total]))
            ])
    }

    private func method(_ context: PageContext) -> ReportSection {
        ReportSection(
            title: "How the figures are made",
            blocks: [
                .list([
                    "Net is the sum of the layer by account and record type, unfiltered. Gross is the sum of the layer by account and service, without the partner discount.",
                    "Amounts are exact decimals \(words: context.book.origin == nil ? "from AWS's own text" : "of ten fraction digits a line"); they are added unrounded and rounded half away from zero once, when printed. Printed rows may differ from printed totals by the last digit.",
                    "Change per day divides each month by its own number of days. Tax and support do not follow the days and are compared plainly; in totals they are divided like all else.",
                    "A percentage against nothing does not exist: such a service is NEW or GONE.",
                    "A day is held against the median of its kind, weekday or weekend, without the first day of the month.",
                    "Change beyond the calendar takes the month before at as many days as this one.",
                    "Months are those \(context.provider) bills: from midnight to midnight, UTC.",
                ])
            ])
    }
}
