import FinOps

/// Every budget against what its part of the organisation cost: the month, the fiscal year so far, and what is left of it.
enum BudgetFacts {
    /// `budget.organization`, `budget.ou-workloads-prod`, `budget.account-111122223333`, in the order of the settings.
    static func write(_ material: FactMaterial, to ledger: inout FactLedger) -> [FactSubject] {
        var slug = Slug()
        return (material.policy.budgets ?? []).map { budget in
            let prefix = "budget." + slug.make(budget.subject.description)
            BudgetAgainstCost(budget, material).write(prefix, to: &ledger)
            return FactSubject(
                factPrefix: prefix, key: budget.subject.description, name: name(budget, material.inventory), path: nil)
        }
    }

    private static func name(_ budget: BudgetTarget, _ inventory: AccountInventory) -> String {
        switch budget.subject {
        case .organization: "Organisation"
        case .unit(let names): names.joined(separator: UnitFacts.separator)
        case .account(let id): inventory.accounts.first { $0.id == id }?.name ?? id
        }
    }
}

/// One budget, in its own currency.
private struct BudgetAgainstCost {
    let budget: BudgetTarget
    let material: FactMaterial

    init(_ budget: BudgetTarget, _ material: FactMaterial) {
        (self.budget, self.material) = (budget, material)
    }

    func write(_ prefix: String, to ledger: inout FactLedger) {
        let month = material.month
        let year = FiscalYear(of: month, startMonth: material.fiscalYearStartMonth)
        let past = year.months(through: month)
        let limit = Figure(budget.monthly.amount, [])
        let actual = cost(in: [month])
        let yearToDate = cost(in: past)
        func money(_ id: String, _ figure: Figure, _ label: String) {
            ledger.money("\(prefix).\(id)", figure, label, in: budget.monthly.currency)
        }
        money("limit", limit, "monthly budget")
        money("actual", actual, "net cost that counts against it")
        money("gap", limit - actual, "budget less cost")
        ledger.percent(
            "\(prefix).used_pct", actual.percent(of: limit, otherwise: "the budget is zero"),
            "cost in percent of the budget")
        let period = "from \(year.first) to \(month)"
        money("ytd_limit", limit.scaled(by: past.count, over: 1), "budget \(period)")
        money("ytd_actual", yearToDate, "net cost \(period)")
        money("ytd_gap", limit.scaled(by: past.count, over: 1) - yearToDate, "budget less cost \(period)")
        money("year_limit", limit.scaled(by: 12, over: 1), "budget of \(year.name), which ends with \(year.last)")
        money(
            "year_remaining", limit.scaled(by: 12, over: 1) - yearToDate, "what is left of it after \(month.name)")
    }

    /// Σ of the months, of which there is at least one, in the budget's currency.
    private func cost(in months: [BillingMonth]) -> Figure {
        let sum = months.dropFirst().reduce(cost(in: months[0])) { $0 + cost(in: $1) }
        guard budget.monthly.currency != material.currency else { return sum }
        guard let rate = material.displayRate?.value, rate.to == budget.monthly.currency, months.count == 1 else {
            return Figure(
                unknown: "the budget is in \(budget.monthly.currency), the costs in \(material.currency), and no rate "
                    + "between them is known for every month")
        }
        return sum.map { $0 * rate.rate }
    }

    private func cost(in month: BillingMonth) -> Figure {
        switch budget.subject {
        case .organization:
            return material.net(in: month)
        case .account(let id):
            return material.figure(material.collection.recordTypes, in: month) { ledger in
                ledger.totals(material.metric, in: month, by: .account)[id] ?? .zero
            }
        case .unit:
            let members = Set(material.inventory.accounts.filter(budget.counts).map(\.id))
            guard !members.isEmpty else { return Figure(unknown: "it is not known which accounts are in the unit") }
            return material.figure(material.collection.recordTypes, in: month) { ledger in
                ledger.totals(material.metric, in: month, by: .account).filter { members.contains($0.key) }
                    .map(\.value).sum()
            }
        }
    }
}
