public import FinOps

/// Hours by what they cost, in bands of one round width from zero: the shape of use, as a histogram shows it.
public struct HourBands: Hashable, Sendable {
    /// Hours of at least `from` and less than `to`.
    public struct Band: Hashable, Sendable {
        public let from: ExactDecimal
        public let to: ExactDecimal
        public let hours: Int
    }

    /// The last one holds the dearest hour; none when every hour costs nothing.
    public let bands: [Band]

    /// At most so many bands.
    static let most = 20

    /// - Parameter hours: What each hour costs, at least zero.
    public init(_ hours: [ExactDecimal]) {
        guard let largest = hours.max(), largest > .zero else {
            bands = []
            return
        }
        let width = Self.width(for: largest.units)
        var counts = [Int](repeating: 0, count: Int(largest.units / width) + 1)
        for hour in hours { counts[Int(hour.units / width)] += 1 }
        bands = counts.enumerated().map { index, count in
            Band(
                from: ExactDecimal(units: width * Int128(index)), to: ExactDecimal(units: width * Int128(index + 1)),
                hours: count)
        }
    }

    /// The smallest of 1, 2, 5, 10, 20, 50 … (in units of the decimal) that leaves few enough bands.
    private static func width(for largest: Int128) -> Int128 {
        var decade: Int128 = 1
        while true {
            if let width = [decade, decade * 2, decade * 5].first(where: { largest / $0 < most }) { return width }
            decade *= 10
        }
    }
}
