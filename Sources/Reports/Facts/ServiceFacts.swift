import FinOps

/// What each AWS service cost before the partner discount, the layer in which services are known.
enum ServiceFacts {
    static func write(_ material: FactMaterial, to ledger: inout FactLedger) -> [FactSubject] {
        let month = material.month
        let costs = material.collection.services
        let now = material.totals(costs, in: month, by: .service)
        let before = material.totals(costs, in: month.previous, by: .service)
        let names = Set(now.keys).union(before.keys)
            .filter { !(now[$0] ?? .zero).isZero || !(before[$0] ?? .zero).isZero }
            .sorted { (now[$1] ?? .zero, $0) < (now[$0] ?? .zero, $1) }
        let gross = material.gross(in: month)
        func figure(_ names: some Sequence<String>, _ month: BillingMonth, _ amounts: [String: ExactDecimal]) -> Figure
        {
            material.figure(costs, in: month) { _ in names.map { amounts[$0] ?? .zero }.sum() }
        }

        var slug = Slug()
        var subjects: [FactSubject] = []
        for (index, name) in names.enumerated() {
            let prefix = "service." + slug.make(name)
            let amount = figure([name], month, now)
            ledger.money("\(prefix).gross", amount, "cost of the service before the partner discount")
            let previous = figure([name], month.previous, before)
            let isFixed = ServiceCategory(service: name).isFixed
            Change(amount, previous, month, fixed: isFixed ? previous : Figure(.zero, []))
                .write(prefix, "cost of the service", to: &ledger)
            ledger.percent(
                "\(prefix).share_pct", amount.percent(of: gross, otherwise: "the month cost nothing"),
                "share of the month's cost before the partner discount")
            ledger.percent(
                "\(prefix).cumulative_pct",
                figure(names.prefix(index + 1), month, now).percent(of: gross, otherwise: "the month cost nothing"),
                "share of this and all larger services")
            subjects.append(FactSubject(factPrefix: prefix, key: name, name: name, path: nil))
        }

        let rest = names.dropFirst(AccountFacts.shown)
        let restNow = figure(rest, month, now)
        ledger.count("services.others.count", rest.count, "services beyond the largest \(AccountFacts.shown)")
        ledger.money("services.others.gross", restNow, "cost of the other services")
        let fixed = figure(rest.filter { ServiceCategory(service: $0).isFixed }, month.previous, before)
        Change(restNow, figure(rest, month.previous, before), month, fixed: fixed)
            .write("services.others", "cost of the other services", to: &ledger)
        ledger.percent(
            "services.others.share_pct", restNow.percent(of: gross, otherwise: "the month cost nothing"),
            "share of the other services")
        writeCounts(material, names: names, now: now, before: before, to: &ledger)
        return subjects
    }

    private static func writeCounts(
        _ material: FactMaterial, names: [String], now: [String: ExactDecimal], before: [String: ExactDecimal],
        to ledger: inout FactLedger
    ) {
        guard let costs = material.collection.services.value else {
            let trouble = material.collection.services.trouble!
            for id in ["services.with_cost", "services.new", "services.gone", "services.pareto80"] {
                ledger.count(id, Figure(trouble), "services, by cost")
            }
            return
        }
        let source = [costs.record.parametersSHA256]
        let charged = names.filter { !(now[$0] ?? .zero).isZero }
        ledger.count("services.with_cost", charged.count, "services with cost in the month", sources: source)
        func compared(_ count: Int) -> Figure {
            material.gross(in: material.month.previous).map { _ in ExactDecimal(count) }
        }
        ledger.count(
            "services.new", compared(charged.count { (before[$0] ?? .zero).isZero }),
            "services without cost the month before")
        ledger.count(
            "services.gone", compared(names.count - charged.count), "services that cost nothing any more")
        let threshold = costs.total(material.metric, in: material.month) * "0.8"
        var sum = ExactDecimal.zero
        var needed = 0
        for name in names where sum < threshold {
            sum += now[name] ?? .zero
            needed += 1
        }
        ledger.count("services.pareto80", needed, "services that make up four fifths of the cost", sources: source)
    }
}
