import FinOps
import Foundation

/// For series with ten to 35 days: distance from the median in units of the usual distance. Knows no calendar, and is
/// therefore held to a higher bar and reported with low confidence.
struct ShortHistoryDetector {
    static let daysNeeded = 10
    var leastScore = 6.0
    var leastShare = 0.15

    struct Outlier {
        let index: Int
        let expected: Double
        let score: Double
    }

    func find(_ series: DailySeries) -> [Outlier] {
        guard series.amounts.count >= Self.daysNeeded else { return [] }
        return (Self.daysNeeded..<series.amounts.count).compactMap { index in
            let earlier = Array(series.amounts[..<index])
            let expected = Statistics.median(earlier)
            guard expected > 0 else { return nil }
            let scale = max(
                Statistics.normalConsistency * Statistics.medianAbsoluteDeviation(earlier), 0.02 * expected)
            let distance = abs(series.amounts[index] - expected)
            guard distance / scale > leastScore, distance / expected >= leastShare else { return nil }
            return Outlier(index: index, expected: expected, score: distance / scale)
        }
    }
}
