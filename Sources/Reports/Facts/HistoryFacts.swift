import FinOps

/// The longer line behind the largest parts: months of accounts and organisational units, days of services.
enum HistoryFacts {
    /// As many services as small charts fit on half a page.
    static let shownServices = 8

    static func write(
        _ material: FactMaterial, accounts: [FactSubject], units: [FactSubject], services: [FactSubject],
        to ledger: inout FactLedger
    ) {
        writeMonths(material, accounts: accounts, units: units, to: &ledger)
        writeDays(material, services: services.prefix(shownServices), to: &ledger)
    }

    private static func writeMonths(
        _ material: FactMaterial, accounts: [FactSubject], units: [FactSubject], to ledger: inout FactLedger
    ) {
        let members = Dictionary(grouping: material.inventory.accounts.filter { $0.organizationalUnits != nil }) {
            Array($0.organizationalUnits!.prefix(2))
        }
        for month in TrendFacts.months(material) {
            let amounts = material.totals(material.collection.recordTypes, in: month, by: .account)
            func write(_ subject: FactSubject, _ ids: [String], to ledger: inout FactLedger) {
                ledger.money(
                    "\(subject.factPrefix).month.\(month).net",
                    material.figure(material.collection.recordTypes, in: month) { _ in
                        ids.map { amounts[$0] ?? .zero }.sum()
                    }, "net cost of \(month.name)")
            }
            for account in accounts.prefix(AccountFacts.shown) { write(account, [account.key], to: &ledger) }
            for unit in units { write(unit, (members[unit.path ?? []] ?? []).map(\.id), to: &ledger) }
        }
    }

    private static func writeDays(
        _ material: FactMaterial, services: ArraySlice<FactSubject>, to ledger: inout FactLedger
    ) {
        guard let costs = material.collection.daily.value, costs.query.groupBy.contains(.service) else { return }
        var amounts: [String: [CalendarDay: ExactDecimal]] = [:]
        for line in costs.lines(in: material.month) {
            guard let service = costs.key(.service, of: line) else { continue }
            amounts[service, default: [:]][line.day, default: .zero] += line.amount(material.metric)
        }
        for service in services {
            for day in DailyFacts.days(material.month) {
                ledger.money(
                    "\(service.factPrefix).day.\(day).cost",
                    Figure(amounts[service.key]?[day] ?? .zero, [costs.record.parametersSHA256]), "cost of \(day)")
            }
        }
    }
}
