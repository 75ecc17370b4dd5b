public import FinOps

/// Reads a whole month from an export alone: the month as a layer of line items is read, and backwards from it every month
/// that is there and whole, to the first that is not. A month that is missing is never a month without cost.
public struct MonthExportReader: Sendable {
    private let items: LineItemReader

    public init(_ items: LineItemReader) {
        self.items = items
    }

    /// `queries` are what the month asks: by account and service, by account and record type, by service and day. Throws
    /// `InputError`.
    public func read(path: String, month: BillingMonth, queries: [CostQuery]) async throws -> MonthExport {
        try await wholeMonth(on: try items.shelf(path), month, queries)
    }

    /// The same out of a bucket. Throws other `ExplainedError` as well, when AWS or this disk is in trouble.
    public func read(
        _ address: ObjectAddress, through copies: ObjectCopies, month: BillingMonth, queries: [CostQuery]
    ) async throws -> MonthExport {
        try await wholeMonth(on: try await BucketShelf.open(address, copies: copies), month, queries)
    }

    private func wholeMonth(
        on shelf: any ExportShelf, _ month: BillingMonth, _ queries: [CostQuery]
    ) async throws -> MonthExport {
        try await items.explaining(shelf.place) {
            let (months, historyEnd) = try await line(shelf, endingWith: month, queries)
            let resources = try await items.resources(
                of: months[0].export, months[0].items, before: months.dropFirst().first?.items)
            return try export(
                months, historyEnd: historyEnd, queries, resources,
                try await items.uncoveredCompute(months[0].items))
        }
    }

    private struct ReadMonth {
        let items: OpenItems
        let export: LineItemExport
        let days: [CostLine]
        let accounts: [[String: JSONValue]]
    }

    /// The month and what precedes it without a gap, newest first, and why the line ends.
    private func line(
        _ shelf: any ExportShelf, endingWith month: BillingMonth, _ queries: [CostQuery]
    ) async throws -> ([ReadMonth], String?) {
        var months = [try await read(shelf, month, queries)]
        let first = (queries.map(\.firstDay).min() ?? month.firstDay).billingMonth
        let delivered = ExportDelivery.months(on: shelf)
        while months[months.count - 1].export.month > first {
            let earlier = months[months.count - 1].export.month.previous
            guard delivered.contains(earlier) else { return (months, "\(earlier.name) is not in the export") }
            let found = try await read(shelf, earlier, queries)
            if let reason = obstacle(found.export, beside: months[0].export) { return (months, reason) }
            months.append(found)
        }
        return (months, nil)
    }

    private func read(_ shelf: any ExportShelf, _ month: BillingMonth, _ queries: [CostQuery]) async throws -> ReadMonth
    {
        let open = try await items.open(shelf, month)
        let export = try await items.read(open)
        func isAsked(_ granularity: CostQuery.Granularity, _ dimension: CostQuery.Dimension) -> Bool {
            queries.contains {
                $0.granularity == granularity && $0.groupBy.contains(dimension) && $0.firstDay <= month.firstDay
            }
        }
        let days =
            isAsked(.daily, .service)
            ? try DailyChargesQuery.lines(
                try await open.rows(DailyChargesQuery.sql(open.selection.selectDays(from: open.table))), in: month,
                effectiveMetric: export.effectiveMetric) : []
        let accounts =
            isAsked(.monthly, .service)
            ? try await open.rows(AccountsQuery.sql(open.selection.selectAccounts(from: open.table))) : []
        return ReadMonth(items: open, export: export, days: days, accounts: accounts)
    }

    /// Why an earlier month cannot stand beside the month.
    private func obstacle(_ earlier: LineItemExport, beside month: LineItemExport) -> String? {
        let name = earlier.month.name
        if earlier.currency != month.currency { return "\(name) is in \(earlier.currency.code)" }
        if earlier.effectiveMetric != month.effectiveMetric || earlier.billedMetric != month.billedMetric {
            return "\(name) counts by other columns"
        }
        if earlier.delivery.chargedUntil < earlier.month.firstDayAfter { return "the export of \(name) ends early" }
        if earlier.delivery.linesWithoutInvoice ?? 0 > 0 { return "the export of \(name) is an estimate" }
        if earlier.delivery.proFormaView != nil { return "the export of \(name) shows other prices than AWS bills" }
        if earlier.delivery.manifest == nil, month.delivery.manifest != nil { return "\(name) has no manifest" }
        return nil
    }

    private func export(
        _ months: [ReadMonth], historyEnd: String?, _ queries: [CostQuery], _ resources: Observation<ResourceCosts>,
        _ uncoveredCompute: Observation<UncoveredCompute>
    ) throws -> MonthExport {
        let newest = months[0]
        var named = NamedAccounts()
        for month in months { named.add(month.accounts) }
        guard !named.providers.isEmpty, !named.payers.isEmpty else {
            throw InputError(
                "bad_export", "\(newest.export.source) does not say who \(named.payers.isEmpty ? "pays" : "charges")",
                hint: "export ProviderName and BillingAccountId as well")
        }
        let first = months[months.count - 1].export.month
        return MonthExport(
            origin: ExportOrigin(
                source: newest.export.source, format: newest.export.format,
                provider: named.providers.sorted().joined(separator: ", "),
                billingAccount: named.payers.sorted().joined(separator: ", "), month: newest.export.month,
                lineCount: newest.export.lineCount, delivery: newest.export.delivery,
                itemizesDiscounts: newest.items.selection.itemizesDiscounts, firstMonth: first, historyEnd: historyEnd),
            accounts: named.accounts, ledgers: queries.map { ledger(for: $0, months) },
            resources: resources, uncoveredCompute: uncoveredCompute)
    }

    /// The query's own days, as far back as the line of months goes.
    private func ledger(for query: CostQuery, _ months: [ReadMonth]) -> CostLedger {
        let newest = months[0]
        let asked = months.filter { $0.export.month.firstDay >= query.firstDay }.reversed()
        let (lines, names) =
            if query.granularity == .daily {
                (asked.flatMap(\.days), [DailyChargesQuery.name])
            } else if query.groupBy.contains(.service) {
                (asked.flatMap { ExportLedgers(export: $0.export).services }, [ChargesQuery.name, DiscountsQuery.name])
            } else {
                (
                    asked.flatMap { ExportLedgers(export: $0.export).recordTypes },
                    [ChargesQuery.name, DiscountsQuery.name]
                )
            }
        let estimated = asked.filter { $0.export.delivery.linesWithoutInvoice ?? 0 > 0 }
        return CostLedger(
            query: CostQuery(
                id: query.id, firstDay: asked.first?.export.month.firstDay ?? query.firstDay,
                endDay: newest.export.month.firstDayAfter, granularity: query.granularity, groupBy: query.groupBy,
                excludedRecordTypes: newest.items.selection.itemizesDiscounts ? query.excludedRecordTypes : [],
                onlyAccount: query.onlyAccount),
            currency: newest.export.currency, lines: lines.inOrder,
            estimatedPeriods: estimated.map(\.export.month.firstDay),
            record: items.record(
                id: query.id, names, newest.export.format, pages: asked.flatMap(\.items.pages), rows: lines.count))
    }
}
