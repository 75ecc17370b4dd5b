/// A decimal number that is exact: a whole count of 10⁻¹² units in 128 bits.
///
/// Amounts arrive from AWS as decimal strings with up to ten fraction digits and leave as decimal strings. `Double` would
/// round them, and `Decimal(string:)` reads `"12abc"` as 12; this type refuses what it cannot hold exactly and adds
/// hundreds of times faster. Parsing bounds every value to ±10¹⁸, so that sums of a hundred million values cannot overflow;
/// an overflow beyond that stops the program instead of wrapping.
public struct ExactDecimal: Hashable, Comparable, Sendable {
    /// The value in units of 10⁻¹².
    public let units: Int128

    public static let fractionDigits = 12
    static let unitsPerOne: Int128 = 1_000_000_000_000
    static let largestUnits: Int128 = unitsPerOne * 1_000_000_000_000_000_000

    public init(units: Int128) {
        self.units = units
    }

    public init(_ whole: Int) {
        units = Int128(whole) * Self.unitsPerOne
    }

    public static let zero = ExactDecimal(units: 0)

    public static func < (left: Self, right: Self) -> Bool { left.units < right.units }
    public static func + (left: Self, right: Self) -> Self { Self(units: left.units + right.units) }
    public static func - (left: Self, right: Self) -> Self { Self(units: left.units - right.units) }
    public static prefix func - (value: Self) -> Self { Self(units: -value.units) }
    public static func += (left: inout Self, right: Self) { left = left + right }
    public static func -= (left: inout Self, right: Self) { left = left - right }

    public var magnitude: Self { Self(units: units.magnitude128) }
    public var isZero: Bool { units == 0 }
    public var isNegative: Bool { units < 0 }

    /// Rounds half away from zero, as an accountant does. Only renderers and published ratios round.
    public func rounded(toFractionDigits digits: Int) -> Self {
        let step = Self.powerOfTen(Self.fractionDigits - digits)
        return Self(units: Self.divideRounding(units, by: step) * step)
    }

    /// The product, rounded to 10⁻¹². Both factors are split so that intermediate results stay within 128 bits.
    public static func * (left: Self, right: Self) -> Self {
        let whole = right.units / unitsPerOne
        let fraction = right.units % unitsPerOne
        let leftWhole = left.units / unitsPerOne
        let leftFraction = left.units % unitsPerOne
        let crossTerms = left.units * whole + leftWhole * fraction
        return Self(units: crossTerms + divideRounding(leftFraction * fraction, by: unitsPerOne))
    }

    /// The quotient rounded half away from zero to `fractionDigits` digits, or nil when the divisor is zero: nothing is
    /// invented for a ratio that does not exist.
    public func divided(by divisor: Self, fractionDigits digits: Int = 6) -> Self? {
        guard divisor.units != 0 else { return nil }
        let (scaled, overflow) = units.multipliedReportingOverflow(by: Self.powerOfTen(digits))
        precondition(!overflow, "quotient out of range")
        let quotient = Self.divideRounding(scaled, by: divisor.units)
        return Self(units: quotient * Self.powerOfTen(Self.fractionDigits - digits))
    }

    /// The share of `self` in `whole` in percent, or nil when the whole is zero.
    public func percent(of whole: Self, fractionDigits digits: Int = 2) -> Self? {
        ExactDecimal(units: units * 100).divided(by: whole, fractionDigits: digits)
    }

    static func divideRounding(_ value: Int128, by divisor: Int128) -> Int128 {
        let (quotient, remainder) = value.quotientAndRemainder(dividingBy: divisor)
        guard remainder.magnitude * 2 >= divisor.magnitude else { return quotient }
        return (value < 0) == (divisor < 0) ? quotient + 1 : quotient - 1
    }

    static func powerOfTen(_ exponent: Int) -> Int128 {
        precondition((0...30).contains(exponent), "power of ten out of range")
        return (0..<exponent).reduce(1) { power, _ in power * 10 }
    }
}

extension Sequence<ExactDecimal> {
    public func sum() -> ExactDecimal { reduce(.zero, +) }
}

extension Int128 {
    fileprivate var magnitude128: Int128 { self < 0 ? -self : self }
}
