import FinOps
import Foundation

/// The invoices AWS issued for a month, with the rate AWS itself billed at.
struct InvoicingService: InvoiceSource {
    let caller: any AWSCaller
    let hashing: any Hashing

    func invoices(of account: String, in month: BillingMonth) async throws -> InvoiceListing {
        let body: RequestJSON = [
            "Selector": ["ResourceType": "ACCOUNT_ID", "Value": .text(account)],
            "Filter": ["BillingPeriod": ["Month": .integer(month.month), "Year": .integer(month.year)]],
            "MaxResults": 100,
        ]
        let pages = try await Paging.drain(.listInvoiceSummaries, token: \InvoicePage.NextToken) { token in
            try await page(body.adding("NextToken", token).data)
        }
        let invoices = try pages.flatMap { page in
            try page.value.InvoiceSummaries.map { try Self.invoice($0, month, page, hashing) }
        }
        return InvoiceListing(
            invoices: invoices.sorted { $0.id < $1.id },
            record: QueryRecord(
                id: "invoices", .listInvoiceSummaries, body: body.data, pages: pages, rows: invoices.count,
                hashing: hashing))
    }

    /// A young service that many endpoints lack: whatever is not an answer of it means that it is not offered there.
    private func page(_ body: Data) async throws -> ServiceAnswer<InvoicePage> {
        do {
            return try await caller.call(
                .listInvoiceSummaries, body: body, decode: AnswerJSON.decoder(InvoicePage.self))
        } catch let trouble as Trouble where trouble.code == ServiceFailure.unreadableAnswer {
            throw Trouble(
                .notOffered, code: trouble.code, message: trouble.message, operation: trouble.operation,
                requestID: trouble.requestID, hint: trouble.hint)
        }
    }

    private static func invoice(
        _ item: InvoicePage.Summary, _ month: BillingMonth, _ page: ServiceAnswer<InvoicePage>, _ hashing: any Hashing
    ) throws -> Invoice {
        func refused(_ message: String) -> Trouble {
            Trouble(
                .inconsistent, code: "UnreadableInvoice", message: message,
                operation: ReadOperation.listInvoiceSummaries.rawValue, requestID: page.requestID)
        }
        func money(_ amount: InvoicePage.Amount?, _ what: String) throws -> Money {
            guard let value = ExactDecimal(amount?.TotalAmount ?? ""),
                let currency = Currency(amount?.CurrencyCode ?? "")
            else { throw refused("\(what) of invoice \(item.InvoiceId) is not an amount of money") }
            return Money(value, currency)
        }
        let base = try money(item.BaseCurrencyAmount, "the base amount")
        let payment = try money(item.PaymentCurrencyAmount, "the payment amount")
        var exchange: ExchangeRate?
        if base.currency != payment.currency {
            guard let details = item.PaymentCurrencyAmount?.CurrencyExchangeDetails,
                let from = Currency(details.SourceCurrencyCode ?? ""),
                let to = Currency(details.TargetCurrencyCode ?? ""), let rate = ExactDecimal(details.Rate ?? ""),
                from == base.currency, to == payment.currency
            else { throw refused("invoice \(item.InvoiceId) has two currencies and no rate between them") }
            exchange = ExchangeRate(
                from: from, to: to, rate: rate, kind: "invoice",
                source: ReadOperation.listInvoiceSummaries.rawValue, date: month.description,
                sourceID: item.InvoiceId, retrievedAt: page.receivedAt, sha256: hashing.sha256(page.body))
        }
        return Invoice(
            id: item.InvoiceId, account: item.AccountId, base: base, payment: payment, exchangeRate: exchange,
            type: item.InvoiceType, roundedAmounts: item.BaseCurrencyAmount?.roundedAmounts)
    }
}

private struct InvoicePage: Decodable, Sendable {
    let InvoiceSummaries: [Summary]
    let NextToken: String?

    struct Summary: Decodable, Sendable {
        let AccountId: String
        let InvoiceId: String
        let InvoiceType: String?
        let BaseCurrencyAmount: Amount?
        let PaymentCurrencyAmount: Amount?
    }

    struct Amount: Decodable, Sendable {
        let TotalAmount: String?
        let CurrencyCode: String?
        let CurrencyExchangeDetails: Exchange?
        let AmountBreakdown: Breakdown?

        /// The charges, and every tax on them, are each rounded to cents before they are added up.
        var roundedAmounts: Int { 1 + (AmountBreakdown?.Taxes?.Breakdown?.count ?? 0) }
    }

    struct Breakdown: Decodable, Sendable {
        let Taxes: TaxList?
    }

    struct TaxList: Decodable, Sendable {
        let Breakdown: [Tax]?
    }

    /// Only their number matters here.
    struct Tax: Decodable, Sendable {}

    struct Exchange: Decodable, Sendable {
        let SourceCurrencyCode: String?
        let TargetCurrencyCode: String?
        let Rate: String?
    }
}
