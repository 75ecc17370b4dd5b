import Analysis
import FinOps

/// How likely each budget is overrun, next month and in the fiscal year: organisation, organisational units, accounts.
enum LightFacts {
    static func write(
        _ material: FactMaterial, _ whole: MonthlyOutlook, to ledger: inout FactLedger
    ) -> [LightOutline] {
        guard let next = material.monthsAhead.first else { return [] }
        let parts = PartOutlook(material, whole: whole)
        let budgets = material.budgetTargets
        let factors = budgets.contains { $0.isOfUnit } ? parts.factors() : [:]
        if let factor = factors[next] {
            ledger.rate(
                "outlook.units.factor", factor,
                "factor that makes the units' forecasts of \(next.name) add up to the organisation's")
        }
        var slug = Slug()
        return budgets.flatMap { budget in
            let accounts = Set(
                budget.subject == .organization ? [] : material.inventory.accounts.filter(budget.counts).map(\.id))
            let outlook = budget.subject == .organization ? whole : parts.outlook(of: accounts)
            let projection = BudgetProjection(
                budget: budget, outlook: outlook, factors: budget.isOfUnit ? factors : [:], accounts: accounts,
                material: material)
            return projection.write("light." + slug.make(budget.subject.description), next: next, to: &ledger)
        }
    }
}

/// One budget against where its part of the organisation is going.
private struct BudgetProjection {
    let budget: BudgetTarget
    let outlook: MonthlyOutlook
    let factors: [BillingMonth: Figure]
    let accounts: Set<String>
    let material: FactMaterial

    func write(_ prefix: String, next: BillingMonth, to ledger: inout FactLedger) -> [LightOutline] {
        let year = FiscalYear(of: material.month, startMonth: material.fiscalYearStartMonth)
        let past = year.months.filter { $0 <= material.lastWholeMonth }
        let ahead = year.months.filter { $0 > material.lastWholeMonth }
        let spent = past.map(cost).reduce(Figure(.zero, [])) { $0 + $1 }
        func yearly(_ bound: ForecastBound) -> Figure { ahead.map { forecast($0, bound) }.reduce(spent) { $0 + $1 } }
        return [
            write(
                "\(prefix).next", "\(next)", budget.monthly.amount, spent: Figure(.zero, []),
                landing: forecast(next, .value), high: forecast(next, .high80), to: &ledger),
            write(
                "\(prefix).year", year.name, budget.monthly.amount * "12", spent: spent, landing: yearly(.value),
                high: yearly(.high80), to: &ledger),
        ]
    }

    private func write(
        _ prefix: String, _ period: String, _ limit: ExactDecimal, spent: Figure, landing: Figure, high: Figure,
        to ledger: inout FactLedger
    ) -> LightOutline {
        let landing = comparable(landing)
        let light = landing.value.flatMap { value in
            high.value.map {
                BudgetLight(budget: limit, actual: spent.value ?? .zero, landing: value, high80: $0)
            }
        }
        let currency = budget.monthly.currency
        ledger.money("\(prefix).budget", Figure(limit, []), "budget of \(period)", in: currency)
        ledger.money("\(prefix).landing", landing, "where \(period) is expected to land", in: currency)
        ledger.money("\(prefix).gap", landing - Figure(limit, []), "the same less the budget", in: currency)
        ledger.percent(
            "\(prefix).overrun_pct",
            landing.map { _ in ExactDecimal(measurement: (light?.probabilityOfOverrun ?? 0) * 100) ?? .zero },
            "how likely the budget of \(period) is overrun")
        return LightOutline(
            factPrefix: prefix, subject: budget.subject.description, period: period, word: light?.word.rawValue)
    }

    /// Scaled by the share method where that could be done; the fact of the factor says when it could not.
    private func forecast(_ month: BillingMonth, _ bound: ForecastBound) -> Figure {
        let raw = outlook.figure(month, bound.of)
        guard let factor = factors[month], factor.value != nil else { return raw }
        return (raw * factor).rounded
    }

    private func cost(_ month: BillingMonth) -> Figure {
        guard budget.subject != .organization else { return material.net(in: month) }
        return material.figure(material.collection.recordTypes, in: month) { ledger in
            ledger.totals(material.metric, in: month, by: .account).filter { accounts.contains($0.key) }
                .map(\.value).sum()
        }
    }

    private func comparable(_ landing: Figure) -> Figure {
        budget.monthly.currency == material.currency
            ? landing
            : Figure(unknown: "the budget is in \(budget.monthly.currency), the forecast in \(material.currency)")
    }
}

extension BudgetTarget {
    fileprivate var isOfUnit: Bool {
        if case .unit = subject { true } else { false }
    }
}

extension FactMaterial {
    /// Those that people set; the plain `budget` of the organisation is one of them where `budgets` names none for it.
    var budgetTargets: [BudgetTarget] {
        let set = policy.budgets ?? []
        guard let whole = policy.budget, !set.contains(where: { $0.subject == .organization }) else { return set }
        return [BudgetTarget(.organization, monthly: whole)] + set
    }
}
