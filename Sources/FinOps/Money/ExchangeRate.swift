/// How many units of `to` one unit of `from` bought, who said so and for when. Every figure shown in another currency
/// carries this record; the rate of AWS's own invoice is preferred over any other.
public struct ExchangeRate: Hashable, Codable, Sendable {
    public let from: Currency
    public let to: Currency
    public let rate: ExactDecimal
    /// `invoice`, when AWS billed at this rate; else what a person configured it as: `mid-month`, `end-of-month`, `average`
    /// or `fixed-plan`.
    public let kind: String
    /// Where it was read, e.g. `invoicing:ListInvoiceSummaries`.
    public let source: String
    /// The day or month it is valid for.
    public let date: String
    /// Where the source can be looked up: an invoice's number, an address. Nil where nobody said.
    public let sourceID: String?
    /// When AWS answered; nil for a rate out of a file.
    public let retrievedAt: Timestamp?
    /// Of the file or of the answer it was read from.
    public let sha256: Digest?

    public init(
        from: Currency, to: Currency, rate: ExactDecimal, kind: String, source: String, date: String,
        sourceID: String? = nil, retrievedAt: Timestamp? = nil, sha256: Digest? = nil
    ) {
        self.from = from
        self.to = to
        self.rate = rate
        self.kind = kind
        self.source = source
        self.date = date
        self.sourceID = sourceID
        self.retrievedAt = retrievedAt
        self.sha256 = sha256
    }

    /// Two runs over the same answers differ in when AWS answered, and must not differ in their facts.
    public var withoutTime: ExchangeRate {
        ExchangeRate(
            from: from, to: to, rate: rate, kind: kind, source: source, date: date, sourceID: sourceID, sha256: sha256)
    }

    public func convert(_ money: Money) -> Money? {
        money.currency == from ? Money(money.amount * rate, to) : nil
    }
}
