public import FinOps

/// A whole phase-3 product from two tables: L1 as account × service, L3 as account × record type. The daily costs add up to
/// L3, as a server that loses nothing would give them; the sources a month can do without are not offered.
public enum SampleCollection {
    public static let notOffered = Trouble(
        .notOffered, code: "UnknownOperation", message: "this endpoint does not offer it", operation: "sample:Read")

    /// `services` and `recordTypes` are rows of account, name and amount; they are repeated in the month before.
    public static func collection(
        month: BillingMonth = SampleLedger.month, services: [(String, String, ExactDecimal)],
        recordTypes: [(String, String, ExactDecimal)], daily: ExactDecimal? = nil,
        excludedRecordTypes: [String] = RecordClass.sppSpellings, estimatedPeriods: [CalendarDay] = []
    ) -> CostCollection {
        let total = daily ?? recordTypes.map(\.2).sum()
        return CostCollection(
            month: month,
            services: .known(
                layer1(month: month, services, excludedRecordTypes: excludedRecordTypes, estimatedPeriods)),
            recordTypes: .known(layer3(month: month, recordTypes)),
            daily: .known(
                SampleLedger.ledger(
                    SampleLedger.daily(month: month),
                    [
                        SampleLedger.line(["Every service"], recordTypes.map(\.2).sum(), in: month.previous),
                        SampleLedger.line(["Every service"], total, in: month),
                    ])),
            forecast: .unknown(notOffered), budgets: .unknown(notOffered),
            invoices: .unknown(notOffered))
    }

    public static func layer1(
        month: BillingMonth = SampleLedger.month, _ rows: [(String, String, ExactDecimal)],
        excludedRecordTypes: [String] = RecordClass.sppSpellings, _ estimatedPeriods: [CalendarDay] = []
    ) -> CostLedger {
        SampleLedger.ledger(
            SampleLedger.query(
                "L1", groupBy: [.account, .service], month: month, excludedRecordTypes: excludedRecordTypes),
            lines(rows, month), estimatedPeriods: estimatedPeriods)
    }

    public static func layer3(
        month: BillingMonth = SampleLedger.month, _ rows: [(String, String, ExactDecimal)]
    ) -> CostLedger {
        SampleLedger.ledger(
            SampleLedger.query("L3", groupBy: [.account, .recordType], month: month), lines(rows, month))
    }

    /// The seed's story: 5.9 % between the layers, all of it the partner discount, to the cent and per account.
    public static func partnerDiscount() -> CostCollection {
        collection(
            services: [("111111111111", "Amazon EC2", "70590"), ("222222222222", "Amazon RDS", "35310")],
            recordTypes: [
                ("111111111111", "Usage", "70590"), ("222222222222", "Usage", "35310"),
                ("111111111111", "Solution Provider Program Discount", "-3933"),
                ("222222222222", "Solution Provider Program Discount", "-1967"),
            ])
    }

    private static func lines(_ rows: [(String, String, ExactDecimal)], _ month: BillingMonth) -> [CostLine] {
        [month.previous, month].flatMap { period in
            rows.map { SampleLedger.line([$0.0, $0.1], $0.2, in: period) }
        }
    }
}

extension CostCollection {
    /// The same collection with some layers exchanged.
    public func with(
        services: Observation<CostLedger>? = nil, recordTypes: Observation<CostLedger>? = nil,
        daily: Observation<CostLedger>? = nil, forecast: Observation<CostForecast>? = nil,
        budgets: Observation<BudgetListing>? = nil, invoices: Observation<InvoiceListing>? = nil,
        billingViews: Observation<BillingViewListing>? = nil, memberViews: [MemberView]? = nil,
        insights: CostInsights? = nil
    ) -> CostCollection {
        CostCollection(
            month: month, services: services ?? self.services, recordTypes: recordTypes ?? self.recordTypes,
            daily: daily ?? self.daily, forecast: forecast ?? self.forecast,
            budgets: budgets ?? self.budgets, invoices: invoices ?? self.invoices,
            billingViews: billingViews ?? self.billingViews, memberViews: memberViews ?? self.memberViews,
            insights: insights ?? self.insights)
    }
}

extension CrossValidation {
    /// The same arithmetic of the layers with other sources beside it.
    public func with(comparisons: [LayerComparison]) -> CrossValidation {
        CrossValidation(
            month: month, metric: metric, currency: currency, missing: missing, layers: layers, identities: identities,
            rawDifference: rawDifference, rawVariancePercent: rawVariancePercent, items: items, residual: residual,
            adjustedVariancePercent: adjustedVariancePercent, residualByAccountAbsolute: residualByAccountAbsolute,
            accountResiduals: accountResiduals, tolerance: tolerance, isPreliminary: isPreliminary,
            rootCauses: rootCauses, warnings: warnings, comparisons: comparisons, accounts: accounts)
    }
}
