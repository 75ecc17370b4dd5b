import FinOps

/// What each account cost: those the organisation lists, and those Cost Explorer charges although it does not.
enum AccountFacts {
    /// How many accounts and services the shorter tables show; the rest is one row of its own, so that tables add up.
    static let shown = 10

    static func write(_ material: FactMaterial, to ledger: inout FactLedger) -> [FactSubject] {
        let month = material.month
        let costs = material.collection.recordTypes
        let now = material.totals(costs, in: month, by: .account)
        let before = material.totals(costs, in: month.previous, by: .account)
        let fixed = material.fixedByAccount(in: month.previous)
        let gross = material.totals(material.collection.services, in: month, by: .account)
        let listed = Dictionary(material.inventory.accounts.map { ($0.id, $0) }) { first, _ in first }
        let ids = Set(listed.keys).union(now.keys).union(before.keys)
            .sorted { (now[$1] ?? .zero, $0) < (now[$0] ?? .zero, $1) }

        var slug = Slug()
        var subjects: [FactSubject] = []
        let total = material.net(in: month)
        for id in ids {
            let prefix = "account." + slug.make(id)
            let net = material.figure(costs, in: month) { _ in now[id] ?? .zero }
            let previous = material.figure(costs, in: month.previous) { _ in before[id] ?? .zero }
            ledger.money("\(prefix).net", net, "net cost of the account")
            Change(net, previous, month, fixed: previous.map { _ in fixed[id] ?? .zero })
                .write(prefix, "net cost of the account", to: &ledger)
            ledger.money(
                "\(prefix).gross",
                material.figure(material.collection.services, in: month) { _ in gross[id] ?? .zero },
                "cost of the account before the partner discount")
            ledger.percent(
                "\(prefix).share_pct", net.percent(of: total, otherwise: "the month cost nothing"),
                "share of the month's net cost")
            subjects.append(
                FactSubject(
                    factPrefix: prefix, key: id, name: listed[id]?.name ?? "not listed by the organisation",
                    path: listed[id]?.organizationalUnits, owner: listed[id]?.owner))
        }
        writeRest(material, ids: ids, now: now, before: before, to: &ledger)
        writeCounts(material, listed: listed, to: &ledger)
        return subjects
    }

    private static func writeRest(
        _ material: FactMaterial, ids: [String], now: [String: ExactDecimal], before: [String: ExactDecimal],
        to ledger: inout FactLedger
    ) {
        let rest = ids.dropFirst(shown)
        let costs = material.collection.recordTypes
        let net = material.figure(costs, in: material.month) { _ in rest.map { now[$0] ?? .zero }.sum() }
        let previous = material.figure(costs, in: material.month.previous) { _ in
            rest.map { before[$0] ?? .zero }.sum()
        }
        ledger.count("accounts.others.count", rest.count, "accounts beyond the largest \(shown)")
        ledger.money("accounts.others.net", net, "net cost of the other accounts")
        let fixed = material.fixedByAccount(in: material.month.previous)
        Change(net, previous, material.month, fixed: previous.map { _ in rest.map { fixed[$0] ?? .zero }.sum() })
            .write("accounts.others", "net cost of the other accounts", to: &ledger)
        ledger.percent(
            "accounts.others.share_pct",
            net.percent(of: material.net(in: material.month), otherwise: "the month cost nothing"),
            "share of the other accounts")
        let top = material.figure(costs, in: material.month) { _ in ids.prefix(3).map { now[$0] ?? .zero }.sum() }
        ledger.percent(
            "accounts.top3.share_pct",
            top.percent(of: material.net(in: material.month), otherwise: "the month cost nothing"),
            "share of the three largest accounts")
    }

    private static func writeCounts(
        _ material: FactMaterial, listed: [String: Account], to ledger: inout FactLedger
    ) {
        ledger.count("accounts.discovered", listed.count, "accounts named by \(material.inventory.citation)")
        func standing(_ count: Int) -> Figure {
            material.inventory.origin == nil
                ? Figure(ExactDecimal(count), [])
                : Figure(unknown: "line items do not say whether an account is active")
        }
        ledger.count("accounts.active", standing(material.inventory.activeAccounts.count), "of them active")
        ledger.count(
            "accounts.not_active",
            standing(material.inventory.accounts.count { $0.state != .active && $0.state != .unknown }),
            "of them suspended, pending or closed")
        switch material.collection.recordTypes {
        case .known(let costs):
            let source = [costs.record.parametersSHA256]
            let coverage = AccountCoverage(
                listed: material.inventory.accounts, ledger: costs, metric: material.metric, month: material.month)
            ledger.count(
                "accounts.with_cost", coverage.charged.count, "accounts with cost in the month", sources: source)
            ledger.count("accounts.in_both", coverage.both.count, "accounts listed and charged", sources: source)
            ledger.count(
                "accounts.without_cost", coverage.withoutCost.count, "listed accounts without cost", sources: source)
            ledger.count(
                "accounts.not_listed", coverage.notListed.count,
                "accounts with cost that the organisation does not list", sources: source)
        case .unknown(let trouble):
            for id in ["accounts.with_cost", "accounts.in_both", "accounts.without_cost", "accounts.not_listed"] {
                ledger.count(id, Figure(trouble), "accounts, by cost")
            }
        }
    }
}
