/// How many units of `to` one unit of `from` bought, who said so and for when. Every figure shown in another currency
/// carries this record; the rate of AWS's own invoice is preferred over any other.
public struct ExchangeRate: Hashable, Codable, Sendable {
    public let from: Currency
    public let to: Currency
    public let rate: ExactDecimal
    /// `invoice`, when AWS billed at this rate; `configured`, when a person supplied it.
    public let kind: String
    /// Where it was read, e.g. `invoicing:ListInvoiceSummaries`.
    public let source: String
    /// The day or month it is valid for.
    public let date: String

    public init(from: Currency, to: Currency, rate: ExactDecimal, kind: String, source: String, date: String) {
        self.from = from
        self.to = to
        self.rate = rate
        self.kind = kind
        self.source = source
        self.date = date
    }

    public func convert(_ money: Money) -> Money? {
        money.currency == from ? Money(money.amount * rate, to) : nil
    }
}
