import FinOps

/// Phase 3: asks every question of the plan at once. A source that cannot answer becomes `unknown` with its trouble.
struct CollectionPhase {
    let request: RunRequest
    let caller: CallerIdentity
    let plan: CollectionPlan
    let services: CloudServices

    func work() async throws -> CostCollection {
        async let costsByService = ledger(plan.services)
        async let costsByRecordType = ledger(plan.recordTypes)
        async let daily = ledger(plan.daily)
        async let forecast = forecast()
        async let budgets = budgets()
        async let invoices = invoices()
        return try await CostCollection(
            month: request.month, services: costsByService, recordTypes: costsByRecordType, daily: daily,
            forecast: forecast, budgets: budgets, invoices: invoices)
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
}
