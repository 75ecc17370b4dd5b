import FinOps

/// The month against the plan: budget, and AWS's own forecast for the running month.
enum PlanFacts {
    static func write(_ material: FactMaterial, to ledger: inout FactLedger) {
        let net = material.net(in: material.month)
        let (limit, origin) = limit(material)
        let gap = limit - net
        ledger.money("budget.limit", limit, "monthly budget" + origin)
        ledger.money("budget.gap", gap, "budget less net cost")
        ledger.percent(
            "budget.used_pct", net.percent(of: limit, otherwise: "the budget is zero"),
            "net cost in percent of the budget")

        switch material.collection.forecast {
        case .unknown(let trouble):
            for id in ["forecast.mean", "forecast.low", "forecast.high"] {
                ledger.money(id, Figure(trouble), "AWS forecast for the rest of the running month")
            }
        case .known(let forecast):
            let period = "\(forecast.firstDay) to \(forecast.endDay.adding(days: -1))"
            let source = [forecast.record.parametersSHA256]
            func amount(_ money: Money) -> Figure { Figure(money.amount, source) }
            let currency = forecast.mean.currency
            ledger.money("forecast.mean", amount(forecast.mean), "AWS forecast for \(period)", in: currency)
            ledger.money("forecast.low", amount(forecast.low), "lower bound of the AWS forecast", in: currency)
            ledger.money("forecast.high", amount(forecast.high), "upper bound of the AWS forecast", in: currency)
            ledger.percent(
                "forecast.level_pct", Figure(ExactDecimal(forecast.levelPercent), source),
                "how often the bounds are meant to hold")
        }
    }

    /// The budget a person configured, else the one of AWS Budgets that covers everything.
    private static func limit(_ material: FactMaterial) -> (Figure, String) {
        let targets = material.policy.budgets ?? []
        if let budget = material.policy.budget ?? targets.first(where: { $0.subject == .organization })?.monthly {
            guard budget.currency == material.currency else {
                return (Figure(unknown: "the budget is in \(budget.currency), the costs in \(material.currency)"), "")
            }
            return (Figure(budget.amount, []), ", as configured")
        }
        switch material.collection.budgets {
        case .unknown(let trouble):
            return (Figure(unknown: "no budget is configured; " + Reason.of(trouble)), "")
        case .known(let listing):
            let whole = listing.budgets.filter { $0.coversEverything && $0.limit.currency == material.currency }
            let source = [listing.record.parametersSHA256]
            guard let budget = whole.min(by: { ($0.limit.amount, $0.name) < ($1.limit.amount, $1.name) }) else {
                return (
                    Figure(unknown: "no budget is configured, and none of AWS Budgets covers everything", source), ""
                )
            }
            return (Figure(budget.limit.amount, source), ", as AWS Budgets keeps it")
        }
    }
}
