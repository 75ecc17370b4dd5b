import FinOps

/// How much of what the sample month used: one usage type for each service, most counted in hours at ten cents.
enum SampleUsage {
    /// Dearer by a tenth since the month began.
    static let dearer = "Amazon Redshift"
    /// AWS gives no unit.
    static let unitless = "AWS Backup"
    /// Counted in other units since the month began.
    static let recounted = "Amazon Route 53"
    private static let fees = ["AWS Support (Business)", "Tax", "Savings Plans for AWS Compute usage"]

    /// Nil where costs by service are not known.
    static func listing(of services: Observation<CostLedger>) -> Observation<UsageListing>? {
        guard let ledger = services.value else { return services.trouble.map { .unknown($0) } }
        var sums: [[String]: ExactDecimal] = [:]
        for line in ledger.lines where !fees.contains(line.keys[1]) {
            sums[[line.day.description, line.keys[1], "USE1-\(line.keys[1])"], default: .zero] += line.amount(
                .unblended)
        }
        let entries = sums.sorted { $0.key.lexicographicallyPrecedes($1.key) }
        let lines = entries.map {
            CostLine(
                day: CalendarDay($0.key[0])!, keys: Array($0.key.dropFirst()), amounts: CostAmounts(every: $0.value))
        }
        let query = CostQuery(
            id: "usage", firstDay: lines[0].day, endDay: ledger.query.endDay, granularity: .monthly,
            groupBy: [.service, .usageType], onlyRecordTypes: RecordClass.listPricedSpellings)
        return .known(
            UsageListing(
                costs: CostLedger(
                    query: query, currency: .usd, lines: lines, estimatedPeriods: [],
                    record: SampleInsights.record("usage")),
                quantities: lines.map { quantity($0, isCurrent: $0.day.billingMonth.firstDayAfter == query.endDay) }))
    }

    private static func quantity(_ line: CostLine, isCurrent: Bool) -> UsageQuantity {
        let service = line.keys[0]
        let price: ExactDecimal = service == dearer && isCurrent ? "0.11" : "0.1"
        let unit = service == unitless ? nil : service == recounted && isCurrent ? "Queries" : "Hrs"
        return UsageQuantity(line.amount(.unblended).divided(by: price, fractionDigits: 6) ?? .zero, unit)
    }
}

extension CostInsights {
    func with(
        usage: Observation<UsageListing>? = nil, rightsizing: Observation<RightsizingListing>? = nil
    ) -> CostInsights {
        CostInsights(
            anomalies: anomalies, savingsPlans: savingsPlans, utilization: utilization, coverage: coverage,
            recommendations: recommendations, efficiency: efficiency, usage: usage ?? self.usage,
            rightsizing: rightsizing ?? self.rightsizing)
    }
}
