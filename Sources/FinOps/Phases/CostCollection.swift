/// Phase 3: everything that was read about the month's money. A source that could not be read is `unknown` with its
/// trouble; it costs its own absence and nothing else, unless a gate needs it.
public struct CostCollection: Hashable, Codable, Sendable {
    public let month: BillingMonth
    /// L1: account × service of this month and the one before, without the partner discount.
    public let services: Observation<CostLedger>
    /// L3: account × record type over thirteen months (the month, and back to the same month a year
    /// before), unfiltered.
    public let recordTypes: Observation<CostLedger>
    /// Service × day of this month and the two before, unfiltered: shows what broke the pattern, and witnesses that the
    /// layer by account and record type lost nothing, because another grouping at another grain must add up to the same.
    public let daily: Observation<CostLedger>
    public let forecast: Observation<CostForecast>
    public let budgets: Observation<BudgetListing>
    public let invoices: Observation<InvoiceListing>
    /// Whether the caller is shown what AWS bills; nil in a record made before it was asked.
    public let billingViews: Observation<BillingViewListing>?
    /// L1d; nil when nobody wanted it.
    public let memberViews: [MemberView]?
    /// What AWS itself says beyond the bill; nil in a record made before it was asked.
    public let insights: CostInsights?
    /// L3e: the month's line items, read before the run from an export that somebody named; nil when nobody did.
    public let lineItems: LineItemExport?
    /// The export that answered instead of Cost Explorer; nil when that was asked.
    public let origin: ExportOrigin?
    /// Out of that export; nil when Cost Explorer was asked.
    public let exportResources: Observation<ResourceCosts>?
    public let exportCompute: Observation<UncoveredCompute>?

    public init(
        month: BillingMonth, services: Observation<CostLedger>, recordTypes: Observation<CostLedger>,
        daily: Observation<CostLedger>, forecast: Observation<CostForecast>, budgets: Observation<BudgetListing>,
        invoices: Observation<InvoiceListing>, billingViews: Observation<BillingViewListing>? = nil,
        memberViews: [MemberView]? = nil, insights: CostInsights? = nil, lineItems: LineItemExport? = nil,
        origin: ExportOrigin? = nil, exportResources: Observation<ResourceCosts>? = nil,
        exportCompute: Observation<UncoveredCompute>? = nil
    ) {
        self.month = month
        self.services = services
        self.recordTypes = recordTypes
        self.daily = daily
        self.forecast = forecast
        self.budgets = budgets
        self.invoices = invoices
        self.billingViews = billingViews
        self.memberViews = memberViews
        self.insights = insights
        self.lineItems = lineItems
        self.origin = origin
        self.exportResources = exportResources
        self.exportCompute = exportCompute
    }

    /// What single resources cost, by the line items that the month was held against, or came from.
    public var resources: Observation<ResourceCosts>? { lineItems?.resources ?? exportResources }

    /// Compute by the hour, by the same line items. Most exports are by the day, which is no trouble of this run.
    public var uncoveredCompute: Observation<UncoveredCompute>? { lineItems?.uncoveredCompute ?? exportCompute }

    /// Every question that was answered, in the order asked: the query log of the archive.
    public var records: [QueryRecord] {
        [daily, services, recordTypes].compactMap { $0.value?.record }
            + [
                forecast.value?.record, budgets.value?.record, invoices.value?.record, billingViews?.value?.record,
            ].compactMap { $0 } + (memberViews ?? []).compactMap(\.ledger.value?.record)
            + (insights?.records ?? [])
            + [lineItems?.record, resources?.value?.record, uncoveredCompute?.value?.record].compactMap { $0 }
    }

    /// What could not be read, by source.
    public var troubles: [Trouble] {
        [daily, services, recordTypes].compactMap(\.trouble)
            + [forecast.trouble, budgets.trouble, invoices.trouble, billingViews?.trouble].compactMap { $0 }
            + (memberViews ?? []).compactMap(\.ledger.trouble)
            + (insights?.troubles ?? []) + [resources?.trouble].compactMap { $0 }
    }
}
