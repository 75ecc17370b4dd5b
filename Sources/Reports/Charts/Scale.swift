import FinOps

/// Maps amounts to positions. Geometry alone may leave exact decimals; nothing it computes is ever printed as a number.
struct Scale {
    private let low: Double
    private let high: Double
    private let start: Double
    private let end: Double

    /// Always includes zero: a bar that does not start there lies about its size.
    init(_ values: [ExactDecimal], from start: Double, to end: Double) {
        let numbers = values.map(Self.double) + [0]
        low = numbers.min()!
        high = max(numbers.max()!, low + 1e-9)
        (self.start, self.end) = (start, end)
    }

    func position(_ value: ExactDecimal) -> Double { position(Self.double(value)) }
    func position(_ value: Double) -> Double { start + (value - low) / (high - low) * (end - start) }

    static func double(_ value: ExactDecimal) -> Double { Double(value.units) / 1e12 }

    /// From 0 to 1; negative amounts count as nothing.
    static func share(_ value: ExactDecimal, of largest: ExactDecimal) -> Double {
        guard largest > .zero, value > .zero else { return 0 }
        return min(1, double(value) / double(largest))
    }

    /// Labels that would lie on one another, moved apart as little as possible: their order stays, and none is nearer to the
    /// next than `gap`.
    static func apart(_ wanted: [Double], gap: Double, within range: ClosedRange<Double>) -> [Double] {
        let order = wanted.indices.sorted { (wanted[$0], $0) < (wanted[$1], $1) }
        var placed = wanted
        var floor = range.lowerBound
        for index in order {
            placed[index] = max(wanted[index], floor)
            floor = placed[index] + gap
        }
        var ceiling = range.upperBound
        for index in order.reversed() {
            placed[index] = min(placed[index], ceiling)
            ceiling = placed[index] - gap
        }
        return placed
    }
}
