/// Holds two layers of the same month against one another: L1 (account × service, without the partner discount) and L3
/// (account × record type, unfiltered), with the costs by day and service as witness that paging and grouping lost nothing.
///
/// Pure arithmetic on exact decimals. It concludes nothing: G4 judges what is returned here, and may judge it again years
/// later. Nothing is ever solved for: a difference is explained only by lines that L3 shows and L1's filter names.
public struct CrossValidator: Sendable {
    public let month: BillingMonth
    /// The way of counting both layers are compared by.
    public let metric: CostMetric
    /// The provider's today; before the 8th of the next month every figure is preliminary.
    public let today: CalendarDay

    public init(month: BillingMonth, metric: CostMetric, today: CalendarDay) {
        self.month = month
        self.metric = metric
        self.today = today
    }

    /// Rounding of one summed line, in currency units: Cost Explorer prints at most ten fraction digits.
    static let tolerancePerLine: ExactDecimal = "0.0000000001"

    /// `inventory` says whose costs they are: without it no source outside Cost Explorer is comparable. `consoleExport` is
    /// what a person handed in.
    public func validate(
        _ collection: CostCollection, inventory: AccountInventory? = nil, consoleExport: ConsoleExport? = nil
    ) -> CrossValidation {
        let proForma = ProFormaCheck(views: collection.billingViews, caller: inventory?.callerAccountID)
        let missing =
            LayerScope(month: month, metric: metric, origin: collection.origin).troubles(in: collection)
            + proForma.troubles + (collection.origin.map { LineItemCompleteness(origin: $0).troubles } ?? [])
            + (collection.lineItems.map { LineItemCompleteness(export: $0).troubles } ?? [])
        guard missing.isEmpty, let services = collection.services.value, let recordTypes = collection.recordTypes.value,
            let daily = collection.daily.value
        else { return nothingEstablished(collection, missing: missing) }
        let scope = ComparisonScope(recordTypes: recordTypes, inventory: inventory, month: month)
        // Without a sign-in nobody asked AWS for budgets and invoices.
        let asked =
            collection.origin == nil
            ? [
                BudgetComparison(scope: scope, today: today).comparison(collection.budgets),
                InvoiceComparison(scope: scope, today: today).comparison(collection.invoices),
            ] : []
        let others =
            asked
            + (consoleExport.map {
                [ConsoleComparison(scope: scope, services: services, metric: metric).comparison($0)]
            } ?? [])
            + (collection.lineItems.map(
                LineItemComparison(scope: scope, services: services, invoices: collection.invoices, today: today)
                    .comparisons) ?? [])
            + (collection.memberViews ?? []).map(
                MemberComparison(recordTypes: recordTypes, metric: metric, month: month).comparison)
        let coverage = inventory.map {
            AccountCoverage(listed: $0.accounts, ledger: recordTypes, metric: metric, month: month)
        }
        return compare(
            services, recordTypes, daily, others, coverage, collection.origin == nil ? proForma.warnings : [],
            collection.origin)
    }

    private func compare(
        _ services: CostLedger, _ recordTypes: CostLedger, _ daily: CostLedger, _ others: [LayerComparison],
        _ coverage: AccountCoverage?, _ warnings: [String], _ origin: ExportOrigin?
    ) -> CrossValidation {
        let layer1 = services.total(metric, in: month)
        let layer3 = recordTypes.total(metric, in: month)
        let excluded = ExcludedLines(layer3: recordTypes, layer1: services, metric: metric, month: month)
        let accounts = AccountComparison(layer1: services, layer3: recordTypes, metric: metric, month: month)
        let residual = layer1 + excluded.total - layer3
        let lineCount = services.lines(in: month).count + recordTypes.lines(in: month).count
        let tolerance = ExactDecimal(lineCount) * Self.tolerancePerLine
        let byAccount = accounts.residuals.map(\.residual.magnitude).sum()
        let isUnexplained = residual.magnitude > tolerance || byAccount > tolerance + tolerance
        let signs = SignCheck(recordTypes: recordTypes, metric: metric, month: month)
        let identities = LayerIdentities(month: month, metric: metric)
        return CrossValidation(
            month: month, metric: metric, currency: services.currency, missing: [],
            layers: [total("L1", services, origin), total("L3", recordTypes, origin), total("daily", daily, origin)],
            identities: identities.checks(accounts: accounts, recordTypes: recordTypes, daily: daily),
            rawDifference: (layer1 - layer3).magnitude,
            rawVariancePercent: (layer1 - layer3).magnitude.percent(of: layer3.magnitude, fractionDigits: 6),
            items: excluded.items(explaining: layer3 - layer1), residual: residual,
            adjustedVariancePercent: residual.magnitude.percent(of: layer3.magnitude, fractionDigits: 6),
            residualByAccountAbsolute: byAccount, accountResiduals: accounts.beyondTolerance, tolerance: tolerance,
            isPreliminary: isPreliminary([services, recordTypes, daily]),
            rootCauses: isUnexplained ? RootCauseSearch(accounts: accounts, total: byAccount).causes : [],
            warnings: signs.warnings + identities.unchecked(recordTypes: recordTypes, daily: daily) + warnings,
            comparisons: others, accounts: coverage, origin: origin)
    }

    /// The layers that were read are kept as evidence; nothing is concluded from them.
    private func nothingEstablished(_ collection: CostCollection, missing: [Trouble]) -> CrossValidation {
        let known = [("L1", collection.services), ("L3", collection.recordTypes), ("daily", collection.daily)]
            .compactMap { id, layer in layer.value.map { (id, $0) } }
            .filter { _, ledger in LayerScope.keysFit(ledger) }
        return CrossValidation(
            // Cost Explorer counts in USD whatever the invoice says, so that is the unit of a comparison nobody made.
            month: month, metric: metric, currency: known.first?.1.currency ?? .usd, missing: missing,
            layers: known.map { total($0, $1, collection.origin) }, identities: [], rawDifference: nil,
            rawVariancePercent: nil, items: [],
            residual: nil, adjustedVariancePercent: nil, residualByAccountAbsolute: nil, accountResiduals: [],
            tolerance: .zero, isPreliminary: isPreliminary(known.map(\.1)), rootCauses: [], warnings: [],
            origin: collection.origin)
    }

    private func total(_ id: String, _ ledger: CostLedger, _ origin: ExportOrigin?) -> LayerTotal {
        LayerTotal(
            id: id, title: LayerScope.title(of: ledger.query, from: origin), total: ledger.total(metric, in: month),
            accountCount: ledger.totals(metric, in: month, by: .account).count,
            lineCount: ledger.lines(in: month).count, excludedRecordTypes: ledger.query.excludedRecordTypes,
            record: ledger.record)
    }

    private func isPreliminary(_ ledgers: [CostLedger]) -> Bool {
        !month.isSettled(on: today)
            || ledgers.contains { ledger in ledger.estimatedPeriods.contains { $0.billingMonth == month } }
    }
}
