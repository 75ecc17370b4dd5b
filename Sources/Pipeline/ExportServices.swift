import FinOps

extension CloudServices {
    /// The ports of a month that comes from an export alone: its costs and accounts are the export's, and whatever else a month
    /// asks is left unasked, with that as the reason. Contacts nobody and costs nothing.
    static func answered(by export: MonthExport) -> CloudServices {
        let source = ExportSource(export: export)
        return CloudServices(
            identity: source, directory: source, costs: source, forecasts: source, budgets: source, invoices: source,
            billingViews: source, memberCosts: source, insights: source, meter: source, clockSkewSeconds: { nil })
    }
}

private struct ExportSource {
    let export: MonthExport

    private func unasked(_ operation: String) -> Trouble { ExportOrigin.notAsked(operation) }
}

extension ExportSource: CostSource, AccountDirectory, APIMeter {
    func ledger(for query: CostQuery) async throws -> CostLedger { try export.ledger(for: query) }

    func accounts() async throws -> AccountListing {
        AccountListing(
            accounts: export.accounts, managementAccountID: export.origin.billingAccount, pages: 0, requestIDs: [])
    }

    func managementAccountID() async throws -> String { export.origin.billingAccount }

    func tags(of accounts: [String]) async throws -> AccountTags {
        AccountTags(byAccount: [:], trouble: unasked("organizations:ListTagsForResource"))
    }

    func usage() -> APIUsage { APIUsage() }
}

extension ExportSource: IdentityService, ForecastSource, BudgetSource, InvoiceSource, BillingViewSource,
    MemberCostSource
{
    func callerIdentity() async throws -> CallerIdentity { throw unasked("sts:GetCallerIdentity") }

    func forecast(from firstDay: CalendarDay, to endDay: CalendarDay) async throws -> CostForecast {
        throw unasked("ce:GetCostForecast")
    }

    func budgets(of account: String) async throws -> BudgetListing { throw unasked("budgets:DescribeBudgets") }

    func invoices(of account: String, in month: BillingMonth) async throws -> InvoiceListing {
        throw unasked("invoicing:ListInvoiceSummaries")
    }

    func billingViews(in month: BillingMonth) async throws -> BillingViewListing {
        throw unasked("billing:ListBillingViews")
    }

    func ledger(for query: CostQuery, as account: String, role: String) async throws -> CostLedger {
        throw unasked("sts:AssumeRole")
    }
}

extension ExportSource: InsightSource {
    func anomalies(from firstDay: CalendarDay, to lastDay: CalendarDay) async throws -> AnomalyListing {
        throw unasked("ce:GetAnomalies")
    }

    func savingsPlans() async throws -> SavingsPlanListing { throw unasked("savingsplans:DescribeSavingsPlans") }

    func utilization(
        of family: CommitmentFamily, from firstDay: CalendarDay, to endDay: CalendarDay
    ) async throws -> CommitmentUtilization { throw unasked("ce:GetSavingsPlansUtilization") }

    func coverage(
        of family: CommitmentFamily, from firstDay: CalendarDay, to endDay: CalendarDay
    ) async throws -> CommitmentCoverage { throw unasked("ce:GetSavingsPlansCoverage") }

    func usage(for query: CostQuery) async throws -> UsageListing { throw unasked("ce:GetCostAndUsage by usage type") }

    func recommendations() async throws -> RecommendationListing {
        throw unasked("cost-optimization-hub:ListRecommendations")
    }

    func efficiency(in month: BillingMonth) async throws -> CostEfficiency {
        throw unasked("cost-optimization-hub:ListEfficiencyMetrics")
    }

    func rightsizing() async throws -> RightsizingListing {
        throw unasked("compute-optimizer:GetEC2InstanceRecommendations")
    }
}
