import FinOps
import Foundation

/// An amount that AWS sends as a JSON number: read from its digits, never through a binary float. Estimates come with all
/// the digits of a binary computation; what lies beyond 10⁻¹² is rounded off.
struct JSONAmount: Decodable, Hashable, Sendable {
    let value: ExactDecimal

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        var decimal = try container.decode(Decimal.self)
        var rounded = Decimal()
        NSDecimalRound(&rounded, &decimal, ExactDecimal.fractionDigits, .plain)
        guard let value = ExactDecimal(rounded.description) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "not an amount: \(rounded)")
        }
        self.value = value
    }
}
