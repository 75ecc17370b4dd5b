import FinOps

/// The statements of reconciliation in figures: each source's opening figure, the items, the adjusted figure, L3's figure and
/// the difference.
enum ReconciliationFacts {
    static func write(
        _ material: FactMaterial, accounts: [FactSubject], to ledger: inout FactLedger
    ) -> ReconciliationOutline {
        let check = material.crossValidation
        let others = (check.comparisons ?? []).map { write($0, material, to: &ledger) }
        let statements = [layers(check, to: &ledger)] + others
        let outside = check.outsideSources
        ledger.count(
            "statements.outside", outside.count,
            "sources outside \(check.origin?.source ?? "Cost Explorer") that could be compared")
        ledger.count(
            "statements.confirmed", outside.count(where: \.confirms), "of them that confirm the total")
        return ReconciliationOutline(
            statements: statements, accounts: lists(material, accounts), blindSpots: material.inventory.blindSpots,
            consoleExport: material.request.consoleExport.map {
                FactQuestion(
                    id: ConsoleComparisonName.id, operation: $0.fileName, parametersSHA256: $0.sha256)
            })
    }

    /// L1 against L3: the comparison gate G4 is about.
    private static func layers(_ check: CrossValidation, to ledger: inout FactLedger) -> StatementOutline {
        guard let residual = check.residual, let opening = check.layer("L1"), let closing = check.layer("L3") else {
            return StatementOutline(
                id: "L1",
                title: (check.origin.map { "Line items of \($0.source)" } ?? "Cost Explorer")
                    + " by account and service", metric: check.metric, agreement: .notCompared,
                weight: nil, items: [], obstacles: check.missing.map { Reason.withoutRequest($0).message }, notes: [])
        }
        let byAccount = check.residualByAccountAbsolute ?? .zero
        let isEqual =
            residual.magnitude <= check.tolerance && byAccount <= check.tolerance + check.tolerance
        let comparison = LayerComparison(
            id: "L1", title: opening.title, metric: check.metric, weight: .binding,
            figures: LayerComparison.Figures(
                opening: opening.total, items: check.items, closing: closing.total, tolerance: check.tolerance,
                roundedAmounts: opening.lineCount + closing.lineCount, residualByAccountAbsolute: byAccount,
                accountResiduals: check.accountResiduals),
            obstacles: [], record: opening.record)
        let outline = write(
            comparison, sources: [opening.record, closing.record].map(\.parametersSHA256), check.currency, to: &ledger)
        return StatementOutline(
            id: outline.id, title: outline.title, metric: outline.metric,
            agreement: !isEqual ? .unexplained : check.items.isEmpty ? .exact : .explained, weight: nil,
            items: outline.items, obstacles: [], notes: check.warnings)
    }

    private static func write(
        _ comparison: LayerComparison, _ material: FactMaterial, to ledger: inout FactLedger
    ) -> StatementOutline {
        let own = comparison.record?.parametersSHA256 ?? material.request.consoleExport?.sha256
        let layer3 = material.crossValidation.layer("L3")?.record.parametersSHA256
        return write(
            comparison, sources: [own, layer3].compactMap { $0 }, material.crossValidation.currency, to: &ledger)
    }

    private static func write(
        _ comparison: LayerComparison, sources: [Digest], _ currency: Currency, to ledger: inout FactLedger
    ) -> StatementOutline {
        let prefix = "statement.\(comparison.id)"
        func money(_ name: String, _ value: ExactDecimal, _ label: String) {
            ledger.money("\(prefix).\(name)", Figure(value, sources), label, in: currency)
        }
        var items: [StatementOutline.Item] = []
        if let figures = comparison.figures {
            money("opening", figures.opening, "what \(comparison.id) says")
            for item in figures.items {
                let name = "item.\(item.recordClass.rawValue)"
                money(name, item.amount, BridgeStep(item.recordClass).label)
                items.append(
                    .init(
                        fact: "\(prefix).\(name)", recordClass: item.recordClass, observedIn: item.observedIn,
                        excludedBy: item.excludedBy))
            }
            money("adjusted", figures.adjusted, "\(comparison.id) with the items counted")
            money("closing", figures.closing, "what \(comparison.reference ?? "L3") says")
            money("difference", figures.residual, "what nothing explains")
            ledger.percent(
                "\(prefix).difference_pct",
                Figure(figures.residual.magnitude, sources).percent(
                    of: Figure(figures.closing, sources), otherwise: "\(comparison.reference ?? "L3") is zero"),
                "the same in percent of \(comparison.reference ?? "L3")")
            money("tolerance", figures.tolerance, "what rounding may leave")
            ledger.count("\(prefix).rounded", figures.roundedAmounts, "rounded amounts added up", sources: sources)
            if let sum = figures.residualByAccountAbsolute {
                money("by_account", sum, "differences per account added up without their signs")
            }
        }
        return StatementOutline(
            id: comparison.id, title: comparison.title, metric: comparison.metric, agreement: comparison.agreement,
            weight: comparison.weight, items: items, obstacles: comparison.obstacles, notes: comparison.notes,
            reference: comparison.reference)
    }

    private static func lists(
        _ material: FactMaterial, _ subjects: [FactSubject]
    ) -> ReconciliationOutline.AccountLists? {
        guard let coverage = material.crossValidation.accounts else { return nil }
        let byID = Dictionary(subjects.map { ($0.key, $0) }) { first, _ in first }
        return ReconciliationOutline.AccountLists(
            notListed: coverage.notListed.compactMap { byID[$0] },
            withoutCost: coverage.withoutCost.compactMap { byID[$0] },
            notActive: coverage.notActive.compactMap { account in
                byID[account.id].map { .init(account: $0, state: account.state) }
            })
    }
}

/// The id of the console export among the sources.
enum ConsoleComparisonName {
    static let id = "L4"
}
