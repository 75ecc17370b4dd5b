import FinOps

/// Phase 3: asks every question of the plan at once, and then the members that the answers single out. A source that cannot
/// answer becomes `unknown` with its trouble.
struct CollectionPhase {
    let request: RunRequest
    let metric: CostMetric
    let caller: CallerIdentity
    let inventory: AccountInventory
    let plan: CollectionPlan
    let services: CloudServices

    func work() async throws -> CostCollection {
        async let costsByService = ledger(plan.services)
        async let costsByRecordType = ledger(plan.recordTypes)
        async let daily = ledger(plan.daily)
        async let forecast = forecast()
        async let budgets = budgets()
        async let invoices = invoices()
        async let billingViews = billingViews()
        async let insights = InsightCollection(
            month: request.month, plan: plan,
            onlyAccount: inventory.scope == .singleAccount ? caller.account : nil, source: services.insights
        ).work()
        let memberViews = try await memberViews(costsByRecordType)
        return try await CostCollection(
            month: request.month, services: costsByService, recordTypes: costsByRecordType, daily: daily,
            forecast: forecast, budgets: budgets, invoices: invoices, billingViews: billingViews,
            memberViews: memberViews, insights: insights, lineItems: request.lineItems,
            origin: request.monthExport?.origin, exportResources: request.monthExport?.resources,
            exportCompute: request.monthExport?.uncoveredCompute)
    }

    /// Which members are asked is known only once L3 is.
    private func memberViews(_ recordTypes: Observation<CostLedger>) async throws -> [MemberView]? {
        guard let wish = request.memberReread, inventory.scope == .organization, let ledger = recordTypes.value else {
            return nil
        }
        let accounts = wish.sample(of: inventory, by: ledger, metric, in: request.month)
        return try await withThrowingTaskGroup(of: (Int, MemberView).self) { group in
            for (index, account) in accounts.enumerated() {
                group.addTask {
                    let own = try await observe {
                        try await services.memberCosts.ledger(
                            for: CollectionPlan.member(account, in: request.month), as: account, role: wish.role)
                    }
                    return (index, MemberView(account: account, ledger: own))
                }
            }
            return try await group.reduce(into: []) { $0.append($1) }.sorted { $0.0 < $1.0 }.map(\.1)
        }
    }

    private func ledger(_ query: CostQuery) async throws -> Observation<CostLedger> {
        try await observe { try await services.costs.ledger(for: query) }
    }

    /// The rest of the running month: AWS refuses forecasts that start in the past.
    private func forecast() async throws -> Observation<CostForecast> {
        try await observe {
            try await services.forecasts.forecast(
                from: request.today, to: request.today.billingMonth.firstDayAfter)
        }
    }

    private func budgets() async throws -> Observation<BudgetListing> {
        try await observe { try await services.budgets.budgets(of: caller.account) }
    }

    private func invoices() async throws -> Observation<InvoiceListing> {
        try await observe { try await services.invoices.invoices(of: caller.account, in: request.month) }
    }

    private func billingViews() async throws -> Observation<BillingViewListing> {
        try await observe { try await services.billingViews.billingViews(in: request.month) }
    }
}
