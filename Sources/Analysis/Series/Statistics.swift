import Foundation

/// Order statistics and least squares over plain numbers. Series are measured in `Double`; amounts stay `ExactDecimal`.
public enum Statistics {
    /// Zero of nothing, as the sum is.
    public static func median(_ values: [Double]) -> Double {
        guard !values.isEmpty else { return 0 }
        return quantile(values, 0.5)
    }

    /// Median distance from the median; times 1.4826 it estimates the standard deviation of normal data.
    public static func medianAbsoluteDeviation(_ values: [Double]) -> Double {
        let middle = median(values)
        return median(values.map { abs($0 - middle) })
    }

    public static let normalConsistency = 1.4826

    /// Linear interpolation between order statistics (Hyndman and Fan's type 7). `values` must not be empty.
    public static func quantile(_ values: [Double], _ share: Double) -> Double {
        let sorted = values.sorted()
        let place = Double(sorted.count - 1) * share
        let below = Int(place)
        let above = min(below + 1, sorted.count - 1)
        return sorted[below] + (place - Double(below)) * (sorted[above] - sorted[below])
    }

    public static func mean(_ values: [Double]) -> Double {
        values.isEmpty ? 0 : values.reduce(0, +) / Double(values.count)
    }

    static func squaredDistance(_ values: [Double], from center: Double) -> Double {
        values.reduce(0) { $0 + ($1 - center) * ($1 - center) }
    }

    /// The line through `values` over 0, 1, 2, … with the least squared distance.
    public static func leastSquaresLine(_ values: [Double]) -> (intercept: Double, slope: Double) {
        let center = Double(values.count - 1) / 2
        let mean = mean(values)
        var (product, square) = (0.0, 0.0)
        for (index, value) in values.enumerated() {
            let distance = Double(index) - center
            product += distance * (value - mean)
            square += distance * distance
        }
        let slope = square == 0 ? 0 : product / square
        return (mean - slope * center, slope)
    }

    /// The share of a standard normal distribution below `value`.
    public static func normalShare(below value: Double) -> Double { 0.5 * erfc(-value / 2.0.squareRoot()) }
}
