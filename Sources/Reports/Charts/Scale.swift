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
}
