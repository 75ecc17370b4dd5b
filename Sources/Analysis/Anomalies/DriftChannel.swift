import FinOps
import Foundation

/// Sees what grows too slowly for any single day to stand out: the mean of the last seven days against the median of the
/// same statistic over a month that ended a fortnight ago. Firsts of a month are left out.
struct DriftChannel {
    /// A relative change of a week; 0.12 is 12 %.
    var leastShare = 0.12
    /// In units of the statistic's usual variation.
    var leastScore = 12.0

    static let daysNeeded = 52
    /// After a report, of this channel or of the daily detector, the same series is quiet for three weeks.
    static let quietDays = 21

    struct Drift {
        let index: Int
        /// Per day, over the week that ends on `index`.
        let expected: Double
        let actual: Double
        let score: Double
    }

    /// A level that changed at once is no drift: quiet until the month compared with lies after it.
    static let quietDaysAfterShift = 52

    /// - Parameters:
    ///   - alerts: Indices of days the daily detector reported.
    ///   - shifts: Those of them on which a new level was accepted.
    func find(_ series: DailySeries, alerts: [Int], shifts: [Int]) -> [Drift] {
        let logs = series.amounts.map { log(max($0, 1e-6)) }
        func week(_ end: Int) -> Double {
            Statistics.mean((end - 6...end).filter { series.day($0).day != 1 }.map { logs[$0] })
        }
        guard logs.count >= Self.daysNeeded else { return [] }
        var found: [Drift] = []
        var quietUntil = Int.min
        for index in (Self.daysNeeded - 1)..<logs.count {
            if alerts.contains(index) { quietUntil = max(quietUntil, index + Self.quietDays) }
            if shifts.contains(index) { quietUntil = index + Self.quietDaysAfterShift }
            guard index > quietUntil else { continue }
            let earlier = (index - 45...index - 14).map(week)
            let usual = Statistics.median(earlier)
            let variation = max(Statistics.medianAbsoluteDeviation(earlier), 0.01)
            let change = week(index) - usual
            guard abs(change) > leastShare, abs(change) > leastScore * variation else { continue }
            found.append(
                Drift(
                    index: index, expected: exp(usual), actual: exp(week(index)), score: abs(change) / variation))
            quietUntil = index + Self.quietDays
        }
        return found
    }
}
