public import FinOps

/// Between what and what a day stays usual, judged from the days before it: outside, it would be an anomaly.
public struct ExpectedBand: Hashable, Sendable {
    public let day: CalendarDay
    public let expected: ExactDecimal
    public let low: ExactDecimal
    public let high: ExactDecimal

    /// One for each day from the 36th of the series on; none where the series is shorter. To a hundredth.
    public static func bands(of series: DailySeries) -> [ExpectedBand] {
        let thresholds = CalendarAwareDetector.Thresholds()
        return CalendarAwareDetector(thresholds: thresholds).judge(series).compactMap { judgement in
            let width = max(thresholds.score * judgement.scale, thresholds.leastShare)
            func amount(_ share: Double) -> ExactDecimal? { ExactDecimal(measurement: judgement.expected * share) }
            guard let expected = amount(1), let low = amount(max(0, 1 - width)), let high = amount(1 + width) else {
                return nil
            }
            return ExpectedBand(day: series.day(judgement.index), expected: expected, low: low, high: high)
        }
    }
}
