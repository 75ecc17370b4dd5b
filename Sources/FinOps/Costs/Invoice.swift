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
    /// AWS's word: `INVOICE` or `CREDIT_MEMO`; nil where it was not read.
    public let type: String?
    /// Amounts printed rounded to cents that make up the total: the charges, and each tax.
    public let roundedAmounts: Int?

    public init(
        id: String, account: String, base: Money, payment: Money, exchangeRate: ExchangeRate?, type: String? = nil,
        roundedAmounts: Int? = nil
    ) {
        self.id = id
        self.account = account
        self.base = base
        self.payment = payment
        self.exchangeRate = exchangeRate
        self.type = type
        self.roundedAmounts = roundedAmounts
    }

    public var isCreditMemo: Bool { type == "CREDIT_MEMO" }

    /// What the document adds to the bill, in the base currency: a credit memo always reduces it, whatever the sign AWS
    /// prints, which is not documented.
    public var owed: ExactDecimal { isCreditMemo ? -base.amount.magnitude : base.amount }

    /// The same in the currency it is paid in.
    public var payable: ExactDecimal { isCreditMemo ? -payment.amount.magnitude : payment.amount }

    /// At least the total itself is rounded.
    public var printedAmounts: Int { roundedAmounts ?? 1 }
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
