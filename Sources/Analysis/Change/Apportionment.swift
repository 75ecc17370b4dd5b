import FinOps

/// Splits an exact amount by inexact shares so that the parts add up to it to the last digit.
enum Apportionment {
    /// Each part is its estimate rounded to a hundredth; what rounding left over goes, a hundredth at a time, to the parts
    /// that rounding hurt most, and what `total` has beyond its hundredths to the largest part. The estimates must add up to about `total`.
    static func parts(of total: ExactDecimal, estimates: [Double]) -> [ExactDecimal] {
        let hundredths = estimates.map { $0 * 100 }
        var parts = hundredths.map { Int128($0.rounded()) }
        let wanted = total.units / unitsPerHundredth
        let missing = wanted - parts.reduce(0, +)
        let step: Int128 = missing < 0 ? -1 : 1
        let order = parts.indices.sorted { left, right in
            let (first, second) = (hundredths[left] - Double(parts[left]), hundredths[right] - Double(parts[right]))
            return first == second ? left < right : (missing < 0 ? first < second : first > second)
        }
        // More than one round only when the estimates miss the total by more than rounding can.
        for turn in 0..<Int(missing.magnitude) where !order.isEmpty { parts[order[turn % order.count]] += step }
        var amounts = parts.map { ExactDecimal(units: $0 * unitsPerHundredth) }
        if let largest = estimates.indices.max(by: { abs(estimates[$0]) < abs(estimates[$1]) }) {
            amounts[largest] += ExactDecimal(units: total.units % unitsPerHundredth)
        }
        return amounts
    }

    private static let unitsPerHundredth: Int128 = 10_000_000_000
}
