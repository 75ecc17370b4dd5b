public import Exports
public import FinOps
import Reports

/// A persona's view of a month: the reports' facts, picked, ordered and laid out as asked. Pure; a terminal and every export
/// print the document it returns.
public struct Dashboard {
    private let query: DashboardQuery
    private let figures: MonthFigures
    private let second: MonthFigures?
    private let source: String
    private let reading: SecondReading?

    /// `second` is the same month by the other metric of `dual`. `source` says where the figures come from, `reading` what
    /// another client read of them.
    public init(
        _ query: DashboardQuery, of figures: MonthFigures, second: MonthFigures? = nil, source: String,
        readAgain reading: SecondReading? = nil
    ) {
        self.query = query
        self.figures = figures
        self.second = second
        self.source = source
        self.reading = reading
    }

    /// Throws `InputError` for a name that nothing bears, and for what cannot be shown of the selection.
    public func document() throws -> ExportDocument {
        let selection = try Selection(query, in: figures)
        let book = selection.book(of: figures)
        let facts = FactIndex(book)
        let profile = PersonaProfile.of(query.persona)
        // Days are not collected by account, so a persona's own series gives way to what can be shown; a flag does not.
        let timeframe = query.timeframe ?? (selection.accounts == nil ? profile.timeframe : .monthly)
        let rows = DashboardRows(
            figures: figures, book: book, facts: facts,
            second: second.map { (FactIndex(selection.book(of: $0)), $0.book.metric) }, query: query,
            profile: profile, selection: selection, collection: figures.collection.map(selection.narrowed),
            timeframe: timeframe)
        let validation = Validation(query.validation, of: figures, readAgain: reading)
        var tables: [ExportTable] = []
        let sections = SectionWriter(
            book: book, facts: facts, rows: rows, limit: query.rowLimit ?? profile.rowLimit ?? 20)
        tables += profile.sections.filter { isKnown($0, selection) }.compactMap(sections.table)
        let trend = try TrendTable(timeframe, book, selection: selection)
        tables.append(trend.table(currency: book.currency, basis: rows.accountBasis))
        if let tag = query.tag { tables.append(try rows.tagTable(tag)) }
        let summary = query.summary ?? profile.summary
        if summary.hasTable { tables.append(rows.accountTable(isTree: false)) }
        if summary.hasTree { tables.append(rows.accountTable(isTree: true)) }
        let detail = query.detail ?? profile.detail
        if detail.hasTable { tables.append(rows.serviceTable(isTree: false)) }
        if detail.hasTree { tables.append(rows.serviceTable(isTree: true)) }
        return ExportDocument(
            title: "Cost dashboard · \(profile.reader) · \(book.month.name)", question: profile.question,
            warning: warning(validation), about: about(book, selection, rows, validation),
            headline: headline(profile, facts, selection) + [trend.headline], tables: tables,
            notes: notes(profile, rows, summary, selection))
    }

    private func isKnown(_ section: PersonaSection, _ selection: Selection) -> Bool {
        selection.isWhole || !(section.needsWholeMonth || section.needsRecordTypes && selection.isBeforeDiscount)
    }

    private func warning(_ validation: Validation) -> String? {
        guard validation.holds else {
            return "NOT VALIDATED. Every figure below may be wrong. " + validation.reasons.joined(separator: "; ")
        }
        guard figures.book.isPreliminary else { return nil }
        let month = figures.book.month.name
        return figures.book.origin == nil
            ? "Preliminary: AWS has not settled \(month) yet."
            : "Preliminary: a later delivery can still change \(month)."
    }

    private func about(
        _ book: FactBook, _ selection: Selection, _ rows: DashboardRows, _ validation: Validation
    ) -> [ExportDocument.Line] {
        let request = figures.request
        let whose =
            request.isSample ? "sample estate" : request.profile.map { "profile \($0)" } ?? "default credentials"
        let isOrganization = figures.inventory.scope == .organization
        let scope =
            book.origin.map { UntrustedText($0.words).text }
            ?? (isOrganization ? "organisation of \(whose)" : "one account of \(whose)")
        let metrics = [book.metric.rawValue] + (second.map { [$0.book.metric.rawValue] } ?? [])
        var lines = [
            ExportDocument.Line("Scope", "\(scope), \(figures.inventory.accounts.count) accounts"),
            .init(
                "Period",
                "\(book.month.firstDay) to \(book.month.firstDayAfter.adding(days: -1)) UTC, "
                    + (book.isPreliminary ? "preliminary" : "final")),
            .init("Metric", metrics.joined(separator: " and ") + ", \(book.currency.code)"),
        ]
        if let selected = selected(selection) { lines.append(.init("Selected", selected)) }
        lines += [.init("Checked", validation.sentence), .init("Source", source)]
        if query.isVerbose {
            lines += figures.verdicts.map {
                .init($0.gate.rawValue, ([$0.outcome.rawValue] + $0.reasons).joined(separator: ": "))
            }
            lines += book.questions.map { .init($0.id, "\($0.operation) \($0.parametersSHA256.named)") }
        }
        return lines
    }

    private func selected(_ selection: Selection) -> String? {
        let parts =
            [
                selection.accounts.map { "\($0.count) accounts" },
                selection.services.map { "\($0.count) services, before the partner discount" },
            ].compactMap { $0 }
        return parts.isEmpty ? nil : parts.joined(separator: ", ")
    }

    private func headline(
        _ profile: PersonaProfile, _ facts: FactIndex, _ selection: Selection
    ) -> [ExportTable.Row] {
        profile.headline.filter { selection.isWhole || !PersonaProfile.wholeOnly.contains($0.fact) }
            .filter { facts.contains($0.fact) }
            .map { item in
                let fact = facts[item.fact]
                let shape: FigureText.Shape =
                    switch item.shape {
                    case .money: .money(fact.currency ?? figures.book.currency)
                    case .signedMoney: .signedMoney(fact.currency ?? figures.book.currency)
                    case .percent: .percent
                    case .signedPercent: .signedPercent
                    case .count: .plain
                    }
                let label = selection.isBeforeDiscount && item.fact == "total.net" ? "Selected cost" : item.label
                return ExportTable.Row([.text(label), CostRow.Value(fact).cell(shape)])
            }
    }

    private func notes(
        _ profile: PersonaProfile, _ rows: DashboardRows, _ summary: DashboardQuery.Layout, _ selection: Selection
    ) -> [String] {
        var notes: [String] = []
        if summary != .none, rows.accounts.hiddenCount > 0 {
            let hidden = Counted.text(rows.accounts.hiddenCount, "accounts")
            notes.append("Without cost and not shown: \(hidden); `--show-zero-cost` shows them.")
        }
        if let threshold = query.threshold {
            notes.append(
                "Rows under \(FigureText.text(threshold, .money(figures.book.currency))) are counted among the others.")
        }
        if !selection.isWhole {
            notes.append("A part of the month has no budget, forecast, invoice or reconciliation of its own.")
        }
        notes += unknown(profile, FactIndex(rows.book), selection)
        if let origin = rows.book.origin {
            notes.append(
                "Every figure comes from \(UntrustedText(origin.words).text): no billing service was asked."
            )
        }
        notes += rows.book.unavailable.filter { $0.kind != .notAsked }.map {
            "Not available: \($0.message) (\($0.code) from \($0.operation))."
        }
        return notes.reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
    }

    /// Why a section of the persona is not there, and why a figure of its headline is unknown.
    private func unknown(_ profile: PersonaProfile, _ facts: FactIndex, _ selection: Selection) -> [String] {
        let sections = profile.sections.filter { isKnown($0, selection) }
        let lights =
            sections.contains(.lights) ? (figures.book.analysis?.lights ?? []).map { "\($0.factPrefix).landing" } : []
        let headline = profile.headline.map(\.fact).filter {
            selection.isWhole || !PersonaProfile.wholeOnly.contains($0)
        }
        let missing = (headline + sections.flatMap(\.evidence) + lights).filter(facts.contains).map { facts[$0] }
            .filter { $0.value == nil }
        let reasons = missing.compactMap(\.reason).reduce(into: [String]()) { if !$0.contains($1) { $0.append($1) } }
        return reasons.map { reason in
            "Unknown: \(missing.filter { $0.reason == reason }.map(\.label).joined(separator: "; ")): \(reason)."
        }
    }
}
