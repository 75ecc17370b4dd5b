public import FinOps

/// Where a month comes from that Cost Explorer was not asked about; a test breaks the one thing it is about.
public enum SampleExport {
    public static func origin(
        format: LineItemExport.Format = .focus1_2, provider: String = "AWS", isFolder: Bool = true,
        manifest: String? = "Manifest.json", linesWithoutInvoice: Int? = 0,
        until: CalendarDay = SampleLedger.month.firstDayAfter, view: String? = nil, itemizesDiscounts: Bool = true
    ) -> ExportOrigin {
        ExportOrigin(
            source: "export", format: format, provider: provider, billingAccount: "999999999999",
            month: SampleLedger.month, lineCount: 1000,
            delivery: LineItemExport.Delivery(
                isFolder: isFolder, manifest: manifest, supersededDeliveries: 0, strayFiles: 0,
                linesWithoutInvoice: linesWithoutInvoice, chargedUntil: until, proFormaView: view),
            itemizesDiscounts: itemizesDiscounts, firstMonth: SampleLedger.month,
            historyEnd: "January 2026 is not in the export")
    }

    /// The seed's story, read from an export.
    public static func collection(
        _ origin: ExportOrigin = origin(), lineItems: LineItemExport? = nil
    ) -> CostCollection {
        let costs = SampleCollection.partnerDiscount()
        return CostCollection(
            month: costs.month, services: costs.services, recordTypes: costs.recordTypes, daily: costs.daily,
            forecast: .unknown(ExportOrigin.notAsked("ce:GetCostForecast")),
            budgets: .unknown(ExportOrigin.notAsked("budgets:DescribeBudgets")),
            invoices: .unknown(ExportOrigin.notAsked("invoicing:ListInvoiceSummaries")), lineItems: lineItems,
            origin: origin)
    }
}
