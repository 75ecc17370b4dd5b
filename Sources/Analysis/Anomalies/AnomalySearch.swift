public import FinOps

/// Finds what is unusual in one series and reports each occurrence once: consecutive unusual days on one side are one
/// anomaly, a level that stays is a shift, and slow growth is a drift.
public struct AnomalySearch: Sendable {
    /// What `leastImpact` defaults to, per day, in units of the series' currency: smaller changes are not news.
    public static let leastImpactPerDay: ExactDecimal = "25"

    public var severities = AnomalySeverity.Thresholds()
    /// Least difference between actual and expected on one day.
    public var leastImpact: ExactDecimal = Self.leastImpactPerDay

    public init() {}

    public func find(in series: DailySeries) -> [Anomaly] {
        guard series.amounts.count > CalendarAwareDetector.daysNeeded else { return short(series) }
        let judgements = CalendarAwareDetector(thresholds: .init()).judge(series)
        let alerts = judgements.filter { $0.isAlert && isNews(series.amounts[$0.index] - $0.expected) }
        let points = Self.runs(alerts).map { run in anomaly(series, run) }
        let drifts = DriftChannel().find(
            series, alerts: alerts.map(\.index), shifts: alerts.filter(\.isNewLevel).map(\.index)
        ).compactMap { drift(series, $0) }
        return (points + drifts).sorted { ($0.day, $0.series) < ($1.day, $1.series) }
    }

    private func isNews(_ difference: Double) -> Bool { abs(difference) >= leastImpact.measured }

    /// Consecutive days on one side.
    private static func runs(_ alerts: [CalendarAwareDetector.Judgement]) -> [[CalendarAwareDetector.Judgement]] {
        alerts.reduce(into: []) { runs, alert in
            if let last = runs.last?.last, alert.index == last.index + 1, !last.isNewLevel,
                (alert.residual < 0) == (last.residual < 0)
            {
                runs[runs.count - 1].append(alert)
            } else {
                runs.append([alert])
            }
        }
    }

    private func anomaly(_ series: DailySeries, _ run: [CalendarAwareDetector.Judgement]) -> Anomaly {
        let expected = run.map(\.expected).reduce(0, +)
        let actual = run.map { series.amounts[$0.index] }.reduce(0, +)
        let kind: Anomaly.Kind = run.last!.isNewLevel ? .shift : run[0].residual < 0 ? .drop : .spike
        return report(series, run[0].index, run.last!.index, kind, expected, actual, .high)
    }

    private func drift(_ series: DailySeries, _ drift: DriftChannel.Drift) -> Anomaly? {
        guard isNews(drift.actual - drift.expected) else { return nil }
        return report(series, drift.index - 6, drift.index, .drift, drift.expected * 7, drift.actual * 7, .high)
    }

    private func short(_ series: DailySeries) -> [Anomaly] {
        ShortHistoryDetector().find(series).filter { isNews(series.amounts[$0.index] - $0.expected) }.map { outlier in
            let actual = series.amounts[outlier.index]
            return report(
                series, outlier.index, outlier.index, actual < outlier.expected ? .drop : .spike, outlier.expected,
                actual, .low)
        }
    }

    private func report(
        _ series: DailySeries, _ first: Int, _ last: Int, _ kind: Anomaly.Kind, _ expected: Double, _ actual: Double,
        _ confidence: Anomaly.Confidence
    ) -> Anomaly {
        Anomaly(
            series: series.name, day: series.day(first), endDay: series.day(last), kind: kind,
            severity: AnomalySeverity(share: expected == 0 ? 1 : actual / expected - 1, severities),
            expected: ExactDecimal(measurement: expected) ?? .zero,
            actual: ExactDecimal(measurement: actual) ?? .zero, confidence: confidence)
    }
}
