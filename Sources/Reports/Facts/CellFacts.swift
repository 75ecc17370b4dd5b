import FinOps

/// Where in the design the largest accounts spend: account by service.
enum CellFacts {
    /// As many columns as fit beside a name.
    static let shownServices = 8

    static func id(_ account: FactSubject, _ service: FactSubject) -> String {
        "\(account.factPrefix).\(service.factPrefix).gross"
    }

    static func write(
        _ material: FactMaterial, accounts: [FactSubject], services: [FactSubject], to ledger: inout FactLedger
    ) {
        guard let costs = material.collection.services.value, costs.query.groupBy.contains(.account) else { return }
        var cells: [String: [String: ExactDecimal]] = [:]
        for line in costs.lines(in: material.month) {
            guard let account = costs.key(.account, of: line), let service = costs.key(.service, of: line) else {
                continue
            }
            cells[account, default: [:]][service, default: .zero] += line.amount(material.metric)
        }
        for account in accounts.prefix(AccountFacts.shown) {
            for service in services.prefix(shownServices) {
                ledger.money(
                    id(account, service),
                    Figure(cells[account.key]?[service.key] ?? .zero, [costs.record.parametersSHA256]),
                    "cost of the service in the account, before the partner discount")
            }
        }
    }
}
