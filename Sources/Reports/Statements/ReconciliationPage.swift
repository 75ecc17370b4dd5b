import FinOps

/// The reconciliation statement, as an accountant knows it from the bank: opening figure, reconciling items, adjusted figure,
/// the other side's figure, difference; the sources behind it, and a line to sign.
enum ReconciliationPage {
    static let name = "reconciliation"

    static func page(_ context: PageContext) -> ReportPage {
        let outline = context.book.reconciliation
        return ReportPage(
            persona: nil, reader: "Reconciliation statement",
            question: "Do independent sources agree on what the month cost?",
            headline: headline(context),
            standfirst:
                "Every source is held against L3, \(store(context)) by account and record type, unfiltered. An item explains a difference only when L3 shows it and the other source provably leaves it out.",
            tiles: [
                Tile(label: "L3", value: .fact("total.net", .moneyCents), note: "net cost of \(context.month)"),
                Tile(
                    label: "Unexplained", value: .fact("reconciliation.residual", .moneyCents),
                    note: "\("reconciliation.by_account", .moneyCents) summed per account"),
                Tile(
                    label: "Confirmed from outside", value: .fact("statements.confirmed", .plain),
                    note: "of \("statements.outside", .plain) sources that could be compared"),
            ],
            sections: (outline?.statements ?? []).map { statement($0, context) }
                + AccountListSections.sections(context) + [sources(context), signOff(context)])
    }

    private static func headline(_ context: PageContext) -> Phrase {
        let confirmed = context.facts.value("statements.confirmed") ?? .zero
        let outside = context.facts.value("statements.outside") ?? .zero
        if outside.isZero { return "No source outside \(store(context)) could be held against the total" }
        return confirmed == outside
            ? "The total agrees with \(context.count("statements.confirmed", "source")) outside \(store(context))"
            : "\("statements.confirmed", .plain) of \(context.count("statements.outside", "source")) outside \(store(context)) agree with the total"
    }

    /// Where both layers were read.
    private static func store(_ context: PageContext) -> Phrase {
        context.book.origin.map { .name($0.words) } ?? "Cost Explorer"
    }

    private static func statement(_ statement: StatementOutline, _ context: PageContext) -> ReportSection {
        guard statement.agreement != .notCompared else {
            return ReportSection(
                title: "\(words: statement.id) \(mark(statement)): not held against \(words: statement.referenceID)",
                blocks: [
                    .paragraph(.reason(statement.title)), .list(statement.obstacles.map { .reason($0) }),
                ])
        }
        func row(_ label: Phrase, _ note: Phrase, _ fact: String, _ weight: ReportTable.Row.Weight = .normal)
            -> ReportTable.Row
        {
            ReportTable.Row(cells: [label, note, .fact(statement.fact(fact), .cents)], weight: weight)
        }
        var rows = [row("Opening figure", .reason("\(statement.id): \(statement.title)"), "opening")]
        rows += statement.items.map { item in
            ReportTable.Row(cells: [
                .words("Item: " + context.facts[item.fact].label),
                .reason("shown by \(item.observedIn), left out by \(item.excludedBy)"), .fact(item.fact, .cents),
            ])
        }
        rows += [
            row("Adjusted figure", "opening figure and items", "adjusted"),
            row(
                "Figure of \(words: statement.referenceID)",
                statement.reference == nil ? .words(statement.metric.apiName) : "by its own statement", "closing"),
            row("Difference", "adjusted figure less \(words: statement.referenceID)", "difference", .total),
        ]
        if context.facts.contains(statement.fact("by_account")) {
            rows.append(row("Differences per account", "added up without their signs", "by_account"))
        }
        rows.append(
            ReportTable.Row(cells: [
                "Rounding allowed", "rounded amounts: \(statement.fact("rounded"), .plain)",
                .fact(statement.fact("tolerance"), .plain),
            ]))
        let notes = statement.notes.isEmpty ? [] : [ReportBlock.list(statement.notes.map { .reason($0) })]
        return ReportSection(
            title: "\(words: statement.id) \(mark(statement)): \(finding(statement))",
            blocks: [
                .table(
                    ReportTable(
                        caption: "\(words: statement.id) and \(words: statement.referenceID), \(words: context.unit)",
                        columns: [.text("Line"), .text("What it is"), .number("Amount")], rows: rows))
            ] + notes)
    }

    private static func finding(_ statement: StatementOutline) -> Phrase {
        switch statement.agreement {
        case .exact: "equal to \(words: statement.referenceID) within rounding"
        case .explained: "equal to \(words: statement.referenceID) once the items are counted"
        case .unexplained: "\(statement.fact("difference"), .moneyCents) stays unexplained"
        case .notCompared: "not held against \(words: statement.referenceID)"
        }
    }

    private static func mark(_ statement: StatementOutline) -> Mark {
        switch statement.agreement {
        case .exact: Mark(word: "exact", tone: .good)
        case .explained: Mark(word: "explained", tone: .good)
        case .unexplained:
            Mark(
                word: statement.weight == .informational ? "for information" : "unexplained",
                tone: statement.weight == .informational ? .neutral : .warning)
        case .notCompared: Mark(word: "not compared", tone: .neutral)
        }
    }

    private static func sources(_ context: PageContext) -> ReportSection {
        var rows = context.book.questions.map { question in
            ReportTable.Row(cells: [
                .words(question.id), .words(question.operation), .fact("query.\(question.id).pages", .plain),
                .fact("query.\(question.id).rows", .plain), .code(question.parametersSHA256.hex),
            ])
        }
        if let file = context.book.reconciliation?.consoleExport {
            rows.append(
                ReportTable.Row(cells: [
                    .words(file.id), .name(file.operation), "–", "–", .code(file.parametersSHA256.hex),
                ]))
        }
        return ReportSection(
            title: "Sources",
            blocks: [
                .table(
                    ReportTable(
                        caption: "Sources by the digest of the question, or of the file, and the requests answered",
                        columns: [
                            .text("Source"), .text("Operation or file"), .number("Requests"), .number("Rows"),
                            .text("SHA-256"),
                        ], rows: rows))
            ])
    }

    private static func signOff(_ context: PageContext) -> ReportSection {
        ReportSection(
            title: "Sign-off",
            blocks: [
                .table(
                    ReportTable(
                        caption: "This statement speaks for the facts of this digest and no others",
                        columns: [.text("Role"), .text("Name and date"), .text("Facts")],
                        rows: [
                            .init(cells: ["Prepared by", "finops-monthly", .code(context.factsSHA256.named)]),
                            .init(cells: ["Reviewed by", "", .code(context.factsSHA256.named)]),
                        ])),
                .paragraph(
                    "A signed approval names the digest of the deliverables, this statement among them; a line signed here on paper does not replace it."
                ),
            ])
    }
}
