/// Reading and printing. `ExactDecimal(text)` accepts exactly what a provider may send (`-12`, `0.0000000001`, `2.4E-9`)
/// and nothing else: no thousands separators, no leading `+`, no spaces, no trailing words.
extension ExactDecimal: LosslessStringConvertible, ExpressibleByStringLiteral, Codable {
    public init?(_ text: String) {
        var digits: Int128 = 0
        var digitCount = 0
        var fractionCount = 0
        var sawPoint = false
        var exponent = 0
        let isNegative = text.utf8.first == UInt8(ascii: "-")

        reading: for (place, byte) in text.utf8.dropFirst(isNegative ? 1 : 0).enumerated() {
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"):
                digits = digits * 10 + Int128(byte - UInt8(ascii: "0"))
                digitCount += 1
                if sawPoint { fractionCount += 1 }
                guard digitCount <= 36 else { return nil }
            case UInt8(ascii: ".") where !sawPoint && digitCount > 0:
                sawPoint = true
            case UInt8(ascii: "e"), UInt8(ascii: "E"):
                let power = text.utf8.dropFirst(place + (isNegative ? 2 : 1))
                guard digitCount > 0, let power = Int(Substring(power)), (-30...18).contains(power) else { return nil }
                exponent = power
                break reading
            default:
                return nil
            }
        }
        guard digitCount > 0, !(sawPoint && fractionCount == 0) else { return nil }
        self.init(digits: isNegative ? -digits : digits, fractionDigits: fractionCount - exponent)
    }

    /// Scales to units of 10⁻¹²; nil when digits would be lost or the value leaves ±10¹⁸.
    private init?(digits: Int128, fractionDigits: Int) {
        var units = digits
        for _ in 0..<Swift.max(0, fractionDigits - Self.fractionDigits) {
            guard units % 10 == 0 else { return nil }
            units /= 10
        }
        for _ in 0..<Swift.max(0, Self.fractionDigits - fractionDigits) {
            let (product, overflow) = units.multipliedReportingOverflow(by: 10)
            guard !overflow else { return nil }
            units = product
        }
        guard units >= -Self.largestUnits, units <= Self.largestUnits else { return nil }
        self.init(units: units)
    }

    /// For constants in code; a malformed literal is a bug and stops the program.
    public init(stringLiteral text: String) {
        guard let value = ExactDecimal(text) else { preconditionFailure("not a decimal: \(text)") }
        self = value
    }

    /// The shortest exact text: no trailing zeros, no exponent.
    public var description: String {
        let (whole, fraction) = units.magnitude.quotientAndRemainder(dividingBy: Self.unitsPerOne.magnitude)
        let integer = (units < 0 ? "-" : "") + String(whole)
        guard fraction != 0 else { return integer }
        var rest = UInt64(fraction)
        var length = Self.fractionDigits
        while rest % 10 == 0 { (rest, length) = (rest / 10, length - 1) }
        let digits = String(rest)
        return integer + "." + String(repeating: "0", count: length - digits.utf8.count) + digits
    }

    /// Rounded to and padded with exactly `digits` fraction digits: `5` → `5.00`. Negative zero does not exist.
    public func text(fractionDigits digits: Int) -> String {
        let rounded = rounded(toFractionDigits: digits).description
        guard digits > 0 else { return rounded }
        let fraction = rounded.split(separator: ".", omittingEmptySubsequences: false)
        let given = fraction.count == 2 ? fraction[1].count : 0
        return (given == 0 ? rounded + "." : rounded) + String(repeating: "0", count: digits - given)
    }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        guard let value = ExactDecimal(text) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "not an exact decimal: \(text)")
        }
        self = value
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}
