public import FinOps

/// Turns what was collected into the figures that may be printed. Pure: the same answers give the same book, byte for byte,
/// whatever the run, the machine or the hour.
public enum MonthFacts {
    /// Every figure of the month. What a source could not say stays unknown, with that source's own reason. `sealed` are
    /// the facts of earlier months, digests checked, for how their forecasts came out.
    public static func book(
        request: RunRequest, policy: RunPolicy, inventory: AccountInventory, collection: CostCollection,
        crossValidation: CrossValidation, verdicts: [Verdict], sealed: Observation<[SealedBook]> = .known([])
    ) -> FactBook {
        let material = FactMaterial(
            request: request, policy: policy, inventory: inventory, collection: collection,
            crossValidation: crossValidation, sealed: sealed)
        var ledger = FactLedger(currency: material.currency)
        TotalFacts.write(material, to: &ledger)
        BridgeFacts.write(material, to: &ledger)
        TrendFacts.write(material, to: &ledger)
        let accounts = AccountFacts.write(material, to: &ledger)
        let units = UnitFacts.write(material, to: &ledger)
        let services = ServiceFacts.write(material, to: &ledger)
        CategoryFacts.write(material, services: services, to: &ledger)
        CellFacts.write(material, accounts: accounts, services: services, to: &ledger)
        HistoryFacts.write(material, accounts: accounts, units: units, services: services, to: &ledger)
        DailyFacts.write(material, services: services, to: &ledger)
        WhyFacts.write(material, to: &ledger)
        MovementFacts.write(material, services: services, to: &ledger)
        let causes = CauseFacts.write(material, accounts: accounts, services: services, to: &ledger)
        let incidents = IncidentFacts.write(material, accounts: accounts, services: services, to: &ledger)
        PlanFacts.write(material, to: &ledger)
        let forecasts = material.outlook
        let outlook = OutlookFacts.write(material, forecasts, to: &ledger)
        let lights = LightFacts.write(material, forecasts, to: &ledger)
        let pastForecasts = AccuracyFacts.write(material, to: &ledger)
        CurrencyFacts.write(material, to: &ledger)
        let budgets = BudgetFacts.write(material, to: &ledger)
        let commitments = CommitmentFacts.write(material, to: &ledger)
        let recommendations = SavingsFacts.write(material, to: &ledger)
        let anomalies = AwsAnomalyFacts.write(material, to: &ledger)
        let resources = ResourceFacts.write(material, to: &ledger)
        AssuranceFacts.write(material, verdicts: verdicts, to: &ledger)
        let reconciliation = ReconciliationFacts.write(material, accounts: accounts, to: &ledger)
        return FactBook(
            month: request.month, project: request.project, scope: inventory.scope, metric: policy.metric,
            currency: material.currency, isPreliminary: crossValidation.isPreliminary, isSample: request.isSample,
            exchangeRate: material.displayRate, accounts: accounts, services: services, organizationalUnits: units,
            questions: collection.records.map {
                FactQuestion(id: $0.id, operation: $0.operation, parametersSHA256: $0.parametersSHA256)
            },
            unavailable: (inventory.troubles + collection.troubles).map(Reason.withoutRequest),
            gates: verdicts.map(Reason.withoutRequest), facts: ledger.facts, reconciliation: reconciliation,
            weakerModes: policy.weakerModes.isEmpty ? nil : policy.weakerModes,
            analysis: AnalysisOutline(
                causes: causes, incidents: incidents, outlook: outlook, lights: lights,
                pastForecasts: pastForecasts,
                sealedBooks: (sealed.value ?? []).map {
                    FactQuestion(id: "sealed \($0.book.month)", operation: "facts.json", parametersSHA256: $0.sha256)
                }),
            anomalies: anomalies, commitments: commitments, recommendations: recommendations, budgets: budgets,
            resources: resources, origin: collection.origin)
    }
}
