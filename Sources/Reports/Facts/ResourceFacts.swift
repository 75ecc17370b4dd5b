import FinOps

/// What single resources cost and which of them moved, out of the month's own line items.
enum ResourceFacts {
    static let shown = 15

    /// Nil when nobody named line items, or they name no resource; `resources.count` then says why.
    static func write(_ material: FactMaterial, to ledger: inout FactLedger) -> ResourceOutline? {
        let label = "resources that the month's line items name"
        guard let resources = material.collection.resources else {
            ledger.count("resources.count", Figure(unknown: "no line items were given, which `--source` names"), label)
            return nil
        }
        guard let costs = resources.value else {
            ledger.count("resources.count", Figure(resources.trouble!), label)
            return nil
        }
        let currency = material.collection.lineItems?.currency ?? material.currency
        let source = [costs.record.parametersSHA256]
        let own = costs.rows.filter { $0.resource != nil }
        ledger.count("resources.count", costs.rows.map(\.resources).reduce(0, +), label, sources: source)
        let named = Figure(own.map(\.cost).sum(), source)
        let total = Figure(costs.rows.map(\.cost).sum(), source)
        ledger.percent(
            "resources.shown_pct", named.percent(of: total, otherwise: "the line items cost nothing"),
            "share of the line items' cost on resources that were kept one by one")
        let figures = ResourceFigures(costs, month: material.month, currency: currency)
        let names = Dictionary(material.inventory.accounts.map { ($0.id, $0.name) }) { first, _ in first }
        let drivers = own.sorted { left, right in
            let (first, second) = (figures.weight([left]), figures.weight([right]))
            return first == second ? (left.resource ?? "") < (right.resource ?? "") : first > second
        }
        .prefix(shown).enumerated().map { index, row in
            let prefix = "resource.\(index + 1)"
            figures.write(prefix, [row], "the resource", to: &ledger)
            ledger.money(
                "\(prefix).before", figures.before([row]), "cost of the resource in the month before",
                in: currency)
            return ResourceOutline.Driver(
                factPrefix: prefix, resource: row.resource ?? "", account: names[row.account] ?? row.account,
                service: row.service, region: row.region)
        }
        return ResourceOutline(
            basis: costs.basis, previous: costs.previous, drivers: drivers,
            tree: DrillDown(figures, accounts: material.inventory.accounts).write(costs.rows, to: &ledger))
    }
}

/// The two figures of any set of rows.
struct ResourceFigures {
    let costs: ResourceCosts
    let month: BillingMonth
    let currency: Currency

    init(_ costs: ResourceCosts, month: BillingMonth, currency: Currency) {
        (self.costs, self.month, self.currency) = (costs, month, currency)
    }

    private var source: [Digest] { [costs.record.parametersSHA256] }

    func cost(_ rows: [ResourceCosts.Row]) -> Figure { Figure(rows.map(\.cost).sum(), source) }

    func before(_ rows: [ResourceCosts.Row]) -> Figure {
        costs.previous == nil
            ? Figure(unknown: "the export holds no line items of \(month.previous.name)", source)
            : Figure(rows.map { $0.before ?? .zero }.sum(), source)
    }

    /// Beyond the number of days.
    func change(_ rows: [ResourceCosts.Row]) -> Figure {
        let fixed = rows.filter { ServiceCategory(service: $0.service).isFixed }.map { $0.before ?? .zero }.sum()
        return Change(cost(rows), before(rows), month, fixed: Figure(fixed, source)).underlying
    }

    /// What rows are ordered by: how far they moved, or what they cost where nothing is compared.
    func weight(_ rows: [ResourceCosts.Row]) -> ExactDecimal {
        (change(rows).value ?? cost(rows).value ?? .zero).magnitude
    }

    func write(_ prefix: String, _ rows: [ResourceCosts.Row], _ what: String, to ledger: inout FactLedger) {
        ledger.money("\(prefix).cost", cost(rows), "cost of \(what), of line items", in: currency)
        ledger.money(
            "\(prefix).change", change(rows), "change of \(what) beyond the number of days, of line items",
            in: currency)
    }
}
