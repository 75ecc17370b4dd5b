import FinOps

/// Services rolled up by what they are for.
enum CategoryFacts {
    static func write(_ material: FactMaterial, services: [FactSubject], to ledger: inout FactLedger) {
        let month = material.month
        let costs = material.collection.services
        let now = material.totals(costs, in: month, by: .service)
        let before = material.totals(costs, in: month.previous, by: .service)
        func sum(_ category: ServiceCategory, _ amounts: [String: ExactDecimal]) -> ExactDecimal {
            amounts.filter { ServiceCategory(service: $0.key) == category }.map(\.value).sum()
        }
        for category in ServiceCategory.allCases {
            let prefix = "category.\(category.rawValue)"
            let amount = material.figure(costs, in: month) { _ in sum(category, now) }
            ledger.money("\(prefix).gross", amount, "cost of \(category.label) before the partner discount")
            let previous = material.figure(costs, in: month.previous) { _ in sum(category, before) }
            Change(amount, previous, month, fixed: category.isFixed ? previous : Figure(.zero, []))
                .write(prefix, "cost of \(category.label)", to: &ledger)
            ledger.percent(
                "\(prefix).share_pct",
                amount.percent(of: material.gross(in: month), otherwise: "the month cost nothing"),
                "share of the month's cost before the partner discount")
            let members = services.filter { ServiceCategory(service: $0.key) == category && now[$0.key] != nil }
            ledger.count("\(prefix).services", members.count, "services in the category")
        }
    }
}
