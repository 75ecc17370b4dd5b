/// An amount and the currency it is in. Amounts of different currencies cannot be added; `CostLedger` refuses mixed
/// currencies when it is made, so sums behind it are safe.
public struct Money: Hashable, Codable, Sendable {
    public let amount: ExactDecimal
    public let currency: Currency

    public init(_ amount: ExactDecimal, _ currency: Currency) {
        self.amount = amount
        self.currency = currency
    }

    public static func + (left: Self, right: Self) -> Self {
        precondition(left.currency == right.currency, "adding \(right.currency) to \(left.currency)")
        return Self(left.amount + right.amount, left.currency)
    }

    public static func - (left: Self, right: Self) -> Self {
        left + Self(-right.amount, right.currency)
    }

    /// `318841.25 USD`: for logs and machine-read text. Renderers format for people.
    public var text: String { "\(amount.text(fractionDigits: 2)) \(currency.code)" }
}

/// An ISO 4217 code: three capital letters.
public struct Currency: Hashable, Codable, Sendable, CustomStringConvertible {
    public let code: String

    public init?(_ code: String) {
        guard code.utf8.count == 3, code.utf8.allSatisfy({ (65...90).contains($0) }) else { return nil }
        self.code = code
    }

    public static let usd = Currency("USD")!

    public var description: String { code }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        guard let currency = Currency(text) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "not a currency code: \(text)")
        }
        self = currency
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(code)
    }
}
