/// One invoice of the month as AWS issued it: `invoicing:ListInvoiceSummaries`.
public struct Invoice: Hashable, Codable, Sendable {
    public let id: String
    public let account: String
    /// Amount in the base currency (USD).
    public let base: Money
    /// Amount in the currency it is paid in.
    public let payment: Money
    /// AWS's own rate for this invoice, when base and payment currency differ.
    public let exchangeRate: ExchangeRate?

    public init(id: String, account: String, base: Money, payment: Money, exchangeRate: ExchangeRate?) {
        self.id = id
        self.account = account
        self.base = base
        self.payment = payment
        self.exchangeRate = exchangeRate
    }
}

public struct InvoiceListing: Hashable, Codable, Sendable {
    public let invoices: [Invoice]
    public let record: QueryRecord

    public init(invoices: [Invoice], record: QueryRecord) {
        self.invoices = invoices
        self.record = record
    }
}

public protocol InvoiceSource: Sendable {
    func invoices(of account: String, in month: BillingMonth) async throws -> InvoiceListing
}
