import Analysis
import FinOps

/// Where the change beyond the number of days comes from: the few accounts, services or pairs of them whose charges moved
/// together, by greedy ripple search over L1.
enum CauseFacts {
    static let shown = 5

    static func write(
        _ material: FactMaterial, accounts: [FactSubject], services: [FactSubject], to ledger: inout FactLedger
    ) -> [CauseOutline] {
        let month = material.month
        let total = Change(
            material.gross(in: month), material.gross(in: month.previous), month, fixed: material.fixedGross
        ).underlying
        let leaves = total.value == nil ? [] : leaves(material)
        let causes = RippleSearch(dimensions: ["account", "service"]).causes(of: leaves)
            .filter { $0.delta.magnitude >= material.newsFloor }.prefix(shown)
        let usageTypes = UsageTypeFacts(material)
        let names = SubjectNames(accounts: accounts, services: services)
        var outlines: [CauseOutline] = []
        for (index, cause) in causes.enumerated() {
            let prefix = "cause.\(index + 1)"
            let delta = total.map { _ in cause.delta }
            ledger.money(
                "\(prefix).before", total.map { _ in cause.before },
                "cost in \(month.previous.name), at the days of \(month.name)")
            ledger.money("\(prefix).after", total.map { _ in cause.after }, "cost in \(month.name)")
            ledger.money("\(prefix).change", delta, "change beyond the number of days")
            ledger.percent(
                "\(prefix).share_pct", delta.percent(of: total, otherwise: "nothing changed altogether"),
                "the same in percent of the change of everything")
            func subject(_ dimension: String, _ subjects: [String: FactSubject]) -> FactSubject? {
                cause.dimensions.first { $0.dimension == dimension }.flatMap { subjects[$0.value] }
            }
            let service = subject("service", names.services)
            outlines.append(
                CauseOutline(
                    factPrefix: prefix, account: subject("account", names.accounts), service: service,
                    usageTypes: service.flatMap {
                        usageTypes.write(prefix, service: $0.key, change: cause.delta, to: &ledger)
                    }))
        }
        let named = ExactDecimal(outlines.compactMap(\.usageTypes).joined().count)
        ledger.count(
            "causes.usage_types", material.usageQuestion.map { _ in named }, "usage types that moved with the causes")
        ledger.count("causes.found", total.map { _ in ExactDecimal(causes.count) }, "causes that stand out")
        ledger.money(
            "causes.total", total, "change before the partner discount, beyond the number of days")
        ledger.money(
            "causes.unexplained", total.map { $0 - causes.map(\.delta).sum() }, "part of it that no cause explains")
        return outlines
    }

    private static func leaves(_ material: FactMaterial) -> [RippleSearch.Leaf] {
        let month = material.month
        let (now, before) = (material.cells(in: month), material.cells(in: month.previous))
        var isFixed = KeptAnswers { ServiceCategory(service: $0).isFixed }
        return Set(now.keys).union(before.keys).sorted().map { cell in
            let old = Figure(before[cell] ?? .zero, [])
            let change = Change(
                Figure(now[cell] ?? .zero, []), old, month,
                fixed: isFixed(cell.service) ? old : Figure(.zero, []))
            return RippleSearch.Leaf(
                values: [cell.account, cell.service], before: change.comparable.value ?? .zero,
                after: now[cell] ?? .zero)
        }
    }
}

extension FactMaterial {
    /// What of the previous month's L1 does not follow the number of days, by the names of services.
    var fixedGross: Figure {
        figure(collection.services, in: month.previous) { costs in
            costs.totals(metric, in: month.previous, by: .service)
                .filter { ServiceCategory(service: $0.key).isFixed }.map(\.value).sum()
        }
    }

    /// A month's change smaller than this is no news; zero when nothing is known to compare it with.
    var newsFloor: ExactDecimal { (newsFloorPerDay.value ?? .zero) * ExactDecimal(month.days) }
}
