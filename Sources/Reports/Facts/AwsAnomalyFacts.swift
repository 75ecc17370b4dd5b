import FinOps

/// What AWS itself found unusual in the month.
enum AwsAnomalyFacts {
    static let notAsked =
        "AWS was not asked for its anomalies: that is a billed question, `anomalies` of `extra_questions`"
    static let noneFound =
        "AWS found no anomaly; without a monitor of Cost Anomaly Detection it never does, and monitors were not asked about"

    /// The anomalies in the order of the listing: `aws_anomaly.1`, …
    static func write(_ material: FactMaterial, to ledger: inout FactLedger) -> [FactSubject] {
        let month = material.month
        let observation = material.collection.insights?.anomalies
        guard let listing = observation?.value else {
            let unknown = observation?.trouble.map { Figure($0) } ?? Figure(unknown: notAsked)
            writeTotals(unknown, unknown, feedback: [unknown, unknown], to: &ledger)
            return []
        }
        let source = [listing.record.parametersSHA256]
        let anomalies = listing.anomalies.filter { $0.touches(month) }
        guard !anomalies.isEmpty else {
            let unknown = Figure(unknown: noneFound, source)
            writeTotals(unknown, unknown, feedback: [unknown, unknown], to: &ledger)
            return []
        }
        func count(where isMeant: (CostAnomaly) -> Bool) -> Figure {
            Figure(ExactDecimal(anomalies.count(where: isMeant)), source)
        }
        writeTotals(
            count { _ in true }, Figure(anomalies.map(\.impact.totalImpact).sum(), source),
            feedback: [count { $0.feedback != nil }, count { $0.feedback == "NO" }], to: &ledger)
        return anomalies.enumerated().map { index, anomaly in
            let prefix = "aws_anomaly.\(index + 1)"
            write(anomaly, prefix, source, to: &ledger)
            return FactSubject(
                factPrefix: prefix, key: anomaly.id, name: name(anomaly, material.inventory),
                path: [anomaly.service, anomaly.account].compactMap { $0 })
        }
    }

    private static func writeTotals(
        _ count: Figure, _ impact: Figure, feedback: [Figure], to ledger: inout FactLedger
    ) {
        ledger.count("aws_anomaly.count", count, "anomalies AWS found in the month")
        ledger.money("aws_anomaly.impact", impact, "what they cost beyond what AWS expected", in: .usd)
        ledger.count("aws_anomaly.judged", feedback[0], "of these a person has told AWS whether they were")
        ledger.count("aws_anomaly.false_alerts", feedback[1], "of these a person called none")
    }

    private static func write(
        _ anomaly: CostAnomaly, _ prefix: String, _ source: [Digest], to ledger: inout FactLedger
    ) {
        func money(_ id: String, _ amount: ExactDecimal?, _ label: String) {
            let figure = amount.map { Figure($0, source) } ?? Figure(unknown: "AWS did not say", source)
            ledger.money("\(prefix).\(id)", figure, label, in: .usd)
        }
        let impact = anomaly.impact
        money("impact", impact.totalImpact, "actual less expected, by AWS")
        money("largest_day", impact.maxImpact, "the same on the worst day")
        money("actual", impact.totalActualSpend, "spent on these days, net")
        money("expected", impact.totalExpectedSpend, "what AWS expected")
        let expected =
            impact.totalExpectedSpend.map { Figure($0, source) } ?? Figure(unknown: "AWS did not say", source)
        ledger.percent(
            "\(prefix).impact_pct",
            Figure(impact.totalImpact, source).percent(of: expected, otherwise: "AWS expected nothing"),
            "the impact in percent of what AWS expected")
        let days = anomaly.lastDay.map {
            Figure(ExactDecimal($0.daysSinceEpoch - anomaly.firstDay.daysSinceEpoch + 1), source)
        }
        ledger.count("\(prefix).days", days ?? Figure(unknown: "it has not ended", source), "days it lasted")
    }

    /// `Amazon Elastic Compute Cloud - Compute, checkout-prod, 2026-02-11 to 2026-02-13`.
    private static func name(_ anomaly: CostAnomaly, _ inventory: AccountInventory) -> String {
        let account = anomaly.account.map { id in inventory.accounts.first { $0.id == id }?.name ?? id }
        let days = anomaly.lastDay.map { $0 == anomaly.firstDay ? "\($0)" : "\(anomaly.firstDay) to \($0)" }
        return [anomaly.service ?? "unknown service", account, days ?? "since \(anomaly.firstDay)"]
            .compactMap { $0 }.joined(separator: ", ")
    }
}
