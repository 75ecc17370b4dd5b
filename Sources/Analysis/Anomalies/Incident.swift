public import FinOps

/// Anomalies of several series that overlap in time and point the same way: one occurrence, however many services show it.
public struct Incident: Hashable, Sendable {
    /// Largest impact first.
    public let anomalies: [Anomaly]

    public var day: CalendarDay { anomalies.map(\.day).min()! }
    /// Inclusive.
    public var endDay: CalendarDay { anomalies.map(\.endDay).max()! }
    public var expected: ExactDecimal { anomalies.map(\.expected).sum() }
    public var actual: ExactDecimal { anomalies.map(\.actual).sum() }
    public var impact: ExactDecimal { actual - expected }
    /// Of the anomaly that matters most.
    public var kind: Anomaly.Kind { anomalies[0].kind }
    /// As low as that of any part.
    public var confidence: Anomaly.Confidence { anomalies.contains { $0.confidence == .low } ? .low : .high }

    /// By first day. Rises and falls are never one incident: a drop does not explain a spike.
    public static func rollUp(_ anomalies: [Anomaly]) -> [Incident] {
        let (falls, rises) = (anomalies.filter(\.impact.isNegative), anomalies.filter { !$0.impact.isNegative })
        return [rises, falls].flatMap(overlapping).map { group in
            Incident(anomalies: group.sorted { ($1.impact.magnitude, $0.series) < ($0.impact.magnitude, $1.series) })
        }.sorted { ($0.day, $0.anomalies[0].series) < ($1.day, $1.anomalies[0].series) }
    }

    private static func overlapping(_ anomalies: [Anomaly]) -> [[Anomaly]] {
        var groups: [(end: CalendarDay, members: [Anomaly])] = []
        for anomaly in anomalies.sorted(by: { ($0.day, $0.series) < ($1.day, $1.series) }) {
            if let last = groups.last, anomaly.day <= last.end {
                groups[groups.count - 1].members.append(anomaly)
                groups[groups.count - 1].end = max(last.end, anomaly.endDay)
            } else {
                groups.append((anomaly.endDay, [anomaly]))
            }
        }
        return groups.map(\.members)
    }
}
