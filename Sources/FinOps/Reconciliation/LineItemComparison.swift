/// L3e: the organisation's own line items, held against what Cost Explorer says and against the invoices. Three comparisons:
/// cash against cash, amortised against amortised, and each invoice against the lines that name it.
struct LineItemComparison {
    let scope: ComparisonScope
    let services: CostLedger
    let invoices: Observation<InvoiceListing>
    let today: CalendarDay

    private var month: BillingMonth { scope.month }

    func comparisons(_ export: LineItemExport) -> [LayerComparison] {
        let notes = notes(export)
        return [cash(export, notes)] + (export.effectiveMetric.map { [amortized(export, $0)] } ?? [])
            + [invoiced(export)]
    }

    private func cash(_ export: LineItemExport, _ notes: [String]) -> LayerComparison {
        let metric = export.billedMetric
        let title = "Line items of \(export.source) (\(export.format.rawValue)), as billed"
        let obstacles = obstacles(export, metric)
        guard obstacles.isEmpty else { return refused(LineItemExport.layerID, title, metric, obstacles, export) }
        return compared(
            LineItemExport.layerID, title, metric, weight: weight(export),
            export: export.charges.reduce(into: [:]) { $0[$1.account, default: .zero] += $1.billed }, of: export,
            causes: { LineItemCauses(export: export, scope: scope, services: services, total: $0).causes }, notes: notes
        )
    }

    private func amortized(_ export: LineItemExport, _ metric: CostMetric) -> LayerComparison {
        let id = "\(LineItemExport.layerID).amortized"
        let title = "Line items of \(export.source) (\(export.format.rawValue)), commitments spread over their use"
        let obstacles = obstacles(export, metric)
        guard obstacles.isEmpty else { return refused(id, title, metric, obstacles, export) }
        return compared(
            id, title, metric, weight: .provisional,
            export: export.charges.reduce(into: [:]) { $0[$1.account, default: .zero] += $1.effective ?? .zero },
            of: export, causes: { _ in [] }, notes: [])
    }

    /// Account by account, so that errors that offset one another show.
    private func compared(
        _ id: String, _ title: String, _ metric: CostMetric, weight: LayerComparison.Weight,
        export: [String: ExactDecimal], of source: LineItemExport, causes: (ExactDecimal) -> [RootCause],
        notes: [String]
    ) -> LayerComparison {
        let own = scope.recordTypes.totals(metric, in: month, by: .account)
        let residuals = Set(export.keys).union(own.keys).map { account in
            let (theirs, known) = (export[account] ?? .zero, own[account] ?? .zero)
            return AccountResidual(
                account: account, layer1: theirs, layer3: known, explained: .zero, residual: theirs - known)
        }
        .sorted { ($1.residual.magnitude, $0.account) < ($0.residual.magnitude, $1.account) }
        let tolerance = tolerance(source)
        let absolute = residuals.map(\.residual.magnitude).sum()
        let difference = residuals.map(\.residual).sum()
        let isEqual = difference.magnitude <= tolerance && absolute <= tolerance + tolerance
        let accounts = residuals.filter { $0.residual.magnitude > tolerance }
        let byAccount = Differences(
            kind: .account, amounts: Dictionary(uniqueKeysWithValues: residuals.map { ($0.account, $0.residual) }),
            total: difference)
        return LayerComparison(
            id: id, title: title, metric: metric, weight: weight,
            figures: LayerComparison.Figures(
                opening: export.values.sum(), items: [], closing: scope.closing(metric), tolerance: tolerance,
                roundedAmounts: source.lineCount, residualByAccountAbsolute: absolute, accountResiduals: accounts,
                causes: isEqual ? nil : byAccount.causes + causes(difference)),
            obstacles: [], notes: notes, record: source.record, source: LineItemExport.layerID)
    }

    /// Lines that name an invoice add up to it, in whole cents.
    private func invoiced(_ export: LineItemExport) -> LayerComparison {
        let id = "\(LineItemExport.layerID).\(InvoiceComparison.id)"
        let title = "Line items of \(export.source) by the invoice they name, against the invoices"
        var obstacles = scope.obstacles(currency: export.currency)
        let issued = (invoices.value?.invoices ?? []).filter { $0.base.currency == export.currency }
        if let trouble = invoices.trouble { obstacles.append(ComparisonScope.obstacle(trouble)) }
        if issued.isEmpty, invoices.trouble == nil { obstacles.append("no invoice has been issued for \(month)") }
        if export.delivery.linesWithoutInvoice == nil {
            obstacles.append("\(export.format.rawValue) does not say which invoice a line is on")
        }
        guard obstacles.isEmpty else {
            return refused(id, title, export.billedMetric, obstacles, export, reference: InvoiceComparison.id)
        }
        let lines = export.charges.reduce(into: [String: ExactDecimal]()) {
            $0[$1.invoice ?? "none", default: .zero] += $1.billed
        }
        let owed = Dictionary(issued.map { ($0.id, $0.owed) }) { $0 + $1 }
        let amounts = Set(lines.keys).union(owed.keys).reduce(into: [String: ExactDecimal]()) {
            $0[$1] = (lines[$1] ?? .zero) - (owed[$1] ?? .zero)
        }
        let rounded = issued.map(\.printedAmounts).reduce(0, +)
        let tolerance = ExactDecimal(rounded) * "0.005" + tolerance(export)
        let difference = amounts.values.sum()
        let isEqual = amounts.values.allSatisfy { $0.magnitude <= tolerance }
        return LayerComparison(
            id: id, title: title, metric: export.billedMetric, weight: weight(export),
            figures: LayerComparison.Figures(
                opening: lines.values.sum(), items: [], closing: owed.values.sum(), tolerance: tolerance,
                roundedAmounts: rounded,
                residualByAccountAbsolute: amounts.values.filter { $0.magnitude > tolerance }.map(\.magnitude).sum(),
                causes: isEqual ? nil : Differences(kind: .invoice, amounts: amounts, total: difference).causes),
            obstacles: [], record: export.record, reference: InvoiceComparison.id, source: LineItemExport.layerID)
    }

    /// Final once every line is on an invoice: only then may it fail a month.
    private func weight(_ export: LineItemExport) -> LayerComparison.Weight {
        month.isSettled(on: today) && export.delivery.linesWithoutInvoice == 0 && export.delivery.manifest != nil
            ? .binding : .provisional
    }

    /// A binary cost of fifteen digits, rounded to ten, in each line; and Cost Explorer's own lines.
    private func tolerance(_ export: LineItemExport) -> ExactDecimal {
        ExactDecimal(export.lineCount + scope.recordTypes.lines(in: month).count) * CrossValidator.tolerancePerLine
    }

    private func obstacles(_ export: LineItemExport, _ metric: CostMetric) -> [String] {
        scope.obstacles + scope.obstacles(currency: export.currency) + scope.obstacles(metric: metric)
    }

    private func notes(_ export: LineItemExport) -> [String] {
        var notes: [String] = []
        if export.delivery.manifest == nil {
            let what = export.delivery.isTable == true ? "a table" : "a single file"
            notes.append("\(what), so that nothing says whether it is all")
        }
        if export.delivery.linesWithoutInvoice == nil { notes.append("no column says whether its lines are invoiced") }
        if export.delivery.supersededDeliveries > 0 { notes.append("an older delivery lies beside it, unread") }
        if export.delivery.strayFiles > 0 { notes.append("files that its manifest does not list were left unread") }
        return notes
    }

    private func refused(
        _ id: String, _ title: String, _ metric: CostMetric, _ obstacles: [String], _ export: LineItemExport,
        reference: String? = nil
    ) -> LayerComparison {
        LayerComparison(
            id: id, title: title, metric: metric, weight: .provisional, figures: nil, obstacles: obstacles,
            record: export.record, reference: reference, source: LineItemExport.layerID)
    }
}
