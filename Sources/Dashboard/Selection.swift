import FinOps
import Reports

/// Which accounts and services of the month are looked at, and the month's facts made of their lines alone: the reports' own
/// code counts, whatever is picked.
struct Selection {
    /// Nil is all.
    let accounts: Set<String>?
    /// Nil is all.
    let services: Set<String>?

    static let whole = Selection()

    private init() { (accounts, services) = (nil, nil) }

    var isWhole: Bool { accounts == nil && services == nil }

    /// Services are known only in the layer that leaves the partner discount out.
    var isBeforeDiscount: Bool { services != nil }

    /// Throws `InputError` for a name that nothing in the month bears.
    init(_ query: DashboardQuery, in figures: MonthFigures) throws {
        guard query.narrows else {
            (accounts, services) = (nil, nil)
            return
        }
        guard let collection = figures.collection else {
            throw InputError(
                "lines_needed",
                "the sealed archive of \(figures.request.month) keeps figures, not the lines behind them",
                hint: "leave out what picks accounts or services, or add `--refresh` to ask Cost Explorer again")
        }
        let names = NamedSubjects(collection, figures.inventory)
        var accounts: Set<String>?
        var services: Set<String>?
        func keep(_ found: Set<String>, in set: inout Set<String>?) {
            set = set.map { $0.intersection(found) } ?? found
        }
        if !query.accounts.isEmpty { keep(try names.accounts(query.accounts, flag: "--accounts"), in: &accounts) }
        if !query.services.isEmpty { keep(try names.services(query.services, flag: "--services"), in: &services) }
        for filter in query.filters {
            let flag = "--filter \(filter.text)"
            switch filter.field {
            case .account: keep(try names.accounts(filter.names, flag: flag), in: &accounts)
            case .ou: keep(try names.accounts(inUnits: filter.names, flag: flag), in: &accounts)
            case .service: keep(try names.services(filter.names, flag: flag), in: &services)
            case .category: keep(try names.services(inFamilies: filter.names, flag: flag), in: &services)
            case .cost, .previous, .change: break
            }
        }
        (self.accounts, self.services) = (accounts, services)
    }

    /// The facts of what is picked; the month's own where everything is.
    func book(of figures: MonthFigures) -> FactBook {
        guard !isWhole, let collection = figures.collection else { return figures.book }
        return MonthFacts.book(
            request: figures.request, policy: figures.policy, inventory: narrowed(figures.inventory),
            collection: narrowed(collection), crossValidation: figures.crossValidation, verdicts: figures.verdicts)
    }

    func narrowed(_ collection: CostCollection) -> CostCollection {
        let picked = collection.services.map(picked)
        return CostCollection(
            month: collection.month, services: picked,
            recordTypes: services == nil ? collection.recordTypes.map(self.picked) : picked.map(Self.byAccount),
            daily: daily(collection.daily), forecast: collection.forecast, budgets: collection.budgets,
            invoices: collection.invoices, billingViews: collection.billingViews, memberViews: collection.memberViews,
            lineItems: collection.lineItems?.narrowed(accounts: accounts, services: services),
            origin: collection.origin,
            exportResources: collection.exportResources?.map { $0.narrowed(accounts: accounts, services: services) })
    }

    private func narrowed(_ inventory: AccountInventory) -> AccountInventory {
        AccountInventory(
            scope: inventory.scope, accounts: inventory.accounts.filter { accounts?.contains($0.id) ?? true },
            managementAccountID: inventory.managementAccountID, citation: inventory.citation,
            requestIDs: inventory.requestIDs, troubles: inventory.troubles,
            callerAccountID: inventory.callerAccountID, organizationTrouble: inventory.organizationTrouble)
    }

    private func picked(_ ledger: CostLedger) -> CostLedger {
        let lines = ledger.lines.filter { line in
            accounts?.contains(ledger.key(.account, of: line) ?? "") ?? true
                && services?.contains(ledger.key(.service, of: line) ?? "") ?? true
        }
        return CostLedger(
            query: ledger.query, currency: ledger.currency, lines: lines, estimatedPeriods: ledger.estimatedPeriods,
            record: ledger.record)
    }

    /// A ledger that does not know what is picked can say nothing of it.
    private func daily(_ daily: Observation<CostLedger>) -> Observation<CostLedger> {
        guard let ledger = daily.value else { return daily }
        let missing = [(accounts, CostQuery.Dimension.account, "account"), (services, .service, "service")]
            .first { set, dimension, _ in set != nil && !ledger.query.groupBy.contains(dimension) }
        guard let missing else { return .known(picked(ledger)) }
        return .unknown(
            Trouble(
                .notOffered, code: "NotGrouped", message: "costs by day are not collected by \(missing.2)",
                operation: ledger.record.operation))
    }

    /// What the picked services cost each account. The layer by record type knows no services, so this takes its place;
    /// everything read from it is before the partner discount, and said to be.
    private static func byAccount(_ ledger: CostLedger) -> CostLedger {
        let query = ledger.query
        return CostLedger(
            query: CostQuery(
                id: query.id, firstDay: query.firstDay, endDay: query.endDay, granularity: query.granularity,
                groupBy: [.account, .recordType], excludedRecordTypes: query.excludedRecordTypes,
                onlyAccount: query.onlyAccount),
            currency: ledger.currency,
            lines: ledger.lines.map {
                CostLine(day: $0.day, keys: [ledger.key(.account, of: $0) ?? "", "Usage"], amounts: $0.amounts)
            },
            estimatedPeriods: ledger.estimatedPeriods,
            record: QueryRecord(
                id: "L3", operation: ledger.record.operation, parameters: ledger.record.parameters,
                parametersSHA256: ledger.record.parametersSHA256, pages: ledger.record.pages, rows: ledger.record.rows))
    }
}
