import FinOps
import Reports

/// What a persona is shown unless a flag says otherwise: its question, the figures it looks at first, the sections that are
/// its own, and how the breakdowns are laid out.
struct PersonaProfile {
    struct Headline {
        let label: String
        let fact: String
        let shape: Shape

        enum Shape { case money, signedMoney, signedPercent, percent, count }
    }

    let reader: String
    let question: String
    let headline: [Headline]
    let sections: [PersonaSection]
    let rowLimit: Int?
    let order: DashboardQuery.Order
    var timeframe = DashboardQuery.Timeframe.monthly
    let summary: DashboardQuery.Layout
    let detail: DashboardQuery.Layout

    static func of(_ persona: Persona) -> PersonaProfile {
        switch persona {
        case .executive:
            PersonaProfile(
                reader: "Executive", question: "Where does the money go, and are we on target?",
                headline: [total, perDay, budgetUsed, overrun, forecast, openSavings],
                sections: [.why, .movers, .units, .lights], rowLimit: 5,
                order: .current, summary: .table, detail: .table)
        case .ceo:
            PersonaProfile(
                reader: "CEO", question: "Does spend follow growth?",
                headline: [total, perDay, yearPerDay, runRate, landing], sections: [.growth], rowLimit: 3,
                order: .current,
                summary: .none, detail: .table)
        case .cfo:
            PersonaProfile(
                reader: "CFO", question: "Why did it change, will we land, and in which currency?",
                headline: [
                    total, display, budgetUsed, budgetGap, landing, overrun, forecast, savingsRate, utilisation,
                ], sections: [.why, .grossToNet, .lights, .outlook, .accuracy, .commitments, .expiries],
                rowLimit: 5,
                order: .current, summary: .table, detail: .table)
        case .cto:
            PersonaProfile(
                reader: "CTO", question: "Which services drive the cost, and is the estate getting more efficient?",
                headline: [gross, perDay, pareto, nonProduction, efficiency], sections: [.families, .funnel],
                rowLimit: 15, order: .current,
                summary: .none, detail: .both)
        case .architect:
            PersonaProfile(
                reader: "Architect", question: "Where in the design does the money go?",
                headline: [gross, nonProduction, accounts, openSavings],
                sections: [.units, .heat, .drillDown, .resources, .advice],
                rowLimit: 20, order: .current,
                summary: .tree, detail: .tree)
        case .sre:
            PersonaProfile(
                reader: "SRE", question: "What broke the pattern, and who should look?",
                headline: [perDay, incidents, impact, spikes, drops, watches, news],
                sections: [.incidents, .movements, .resources, .furthestDays], rowLimit: 20,
                order: .change, timeframe: .daily, summary: .none, detail: .table)
        case .technical:
            PersonaProfile(
                reader: "Technical", question: "Can every figure be proved?",
                headline: [total, gross, spp, residual], sections: [.layers, .gates, .questions], rowLimit: nil,
                order: .current, summary: .both, detail: .both)
        }
    }

    private static let total = Headline(label: "Net cost", fact: "total.net", shape: .money)
    private static let gross = Headline(label: "Before the partner discount", fact: "total.gross", shape: .money)
    private static let perDay = Headline(
        label: "Change per day", fact: "total.per_day_change_pct", shape: .signedPercent)
    private static let budgetUsed = Headline(label: "Budget used", fact: "budget.used_pct", shape: .percent)
    private static let budgetGap = Headline(label: "Budget left", fact: "budget.gap", shape: .money)
    private static let forecast = Headline(
        label: "AWS's forecast, rest of the running month", fact: "forecast.mean", shape: .money)
    private static let yearPerDay = Headline(
        label: "Per day against a year ago", fact: "year.per_day_change_pct", shape: .signedPercent)
    private static let runRate = Headline(label: "A year at this rate", fact: "total.annual_run_rate", shape: .money)
    private static let display = Headline(
        label: "In the display currency", fact: "total.net_display", shape: .money)
    private static let pareto = Headline(
        label: "Services that make up 80 %", fact: "services.pareto80", shape: .count)
    private static let nonProduction = Headline(
        label: "Non-production", fact: "environment.nonproduction.share_pct", shape: .percent)
    private static let accounts = Headline(label: "Accounts with cost", fact: "accounts.with_cost", shape: .count)
    private static let spikes = Headline(label: "SPIKE services", fact: "movement.spike", shape: .count)
    private static let drops = Headline(label: "DROP services", fact: "movement.drop", shape: .count)
    private static let watches = Headline(label: "WATCH services", fact: "movement.watch", shape: .count)
    private static let news = Headline(label: "NEW services", fact: "movement.new", shape: .count)
    private static let incidents = Headline(label: "Incidents", fact: "incidents.count", shape: .count)
    private static let impact = Headline(
        label: "Beyond what was expected", fact: "incidents.impact", shape: .signedMoney)
    private static let overrun = Headline(
        label: "Chance to overrun the year's budget", fact: "light.organization.year.overrun_pct", shape: .percent)
    private static let landing = Headline(label: "The fiscal year lands at", fact: "fiscal.landing", shape: .money)
    private static let openSavings = Headline(
        label: "Open savings a month", fact: "savings.open.monthly", shape: .money)
    private static let savingsRate = Headline(
        label: "Effective savings rate", fact: "commitment.savings_plans.effective_savings_rate_pct", shape: .percent)
    private static let utilisation = Headline(
        label: "Commitments used", fact: "commitment.utilization_pct", shape: .percent)
    private static let efficiency = Headline(label: "Cost efficiency", fact: "efficiency.score_pct", shape: .percent)
    private static let spp = Headline(label: "Partner discount", fact: "bridge.partner_discount", shape: .money)
    private static let residual = Headline(
        label: "Difference nothing explains", fact: "reconciliation.residual", shape: .money)

    /// Of the whole month only: a part of it has no budget, forecast, invoice or reconciliation of its own.
    static let wholeOnly: Set<String> = [
        budgetUsed.fact, budgetGap.fact, forecast.fact, spp.fact, residual.fact, display.fact, "invoices.total",
        incidents.fact, impact.fact, overrun.fact, landing.fact, openSavings.fact, savingsRate.fact, utilisation.fact,
        efficiency.fact,
    ]
}
