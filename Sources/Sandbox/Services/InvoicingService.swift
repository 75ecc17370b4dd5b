import FinOps

/// Invoicing: two invoices a closed month, one of AWS and one of the marketplace, billed in USD and paid in NZD.
struct InvoicingService {
    let estate: SampleEstate
    let book: EstateBook
    let tokens: PageToken

    /// The day of the next month on which a month's invoices are issued.
    static let issueDay = 3

    func answer(_ request: SandboxRequest) async throws -> JSONValue {
        guard request.operation == "ListInvoiceSummaries" else {
            throw ServiceError.unknownOperation("invoicing:\(request.operation)")
        }
        let parameters = try request.parameters(["Selector", "Filter", "NextToken", "MaxResults"])
        guard let type = parameters["Selector"]?["ResourceType"]?.text,
            let value = parameters["Selector"]?["Value"]?.text
        else { throw ServiceError.validation("Selector with ResourceType and Value is required") }
        guard type == "ACCOUNT_ID" || type == "INVOICE_ID" else {
            throw ServiceError.validation("ResourceType \(type) is invalid")
        }
        let size = parameters["MaxResults"]?.number ?? 100
        guard (1...100).contains(size) else { throw ServiceError.validation("MaxResults must be between 1 and 100") }
        if type == "ACCOUNT_ID", value != request.caller.accountID, !request.caller.isPayer {
            throw ServiceError.denied(request.caller, "invoicing:ListInvoiceSummaries")
        }
        var summaries: [JSONValue] = []
        // Everything is invoiced to the payer.
        if request.caller.isPayer, type == "INVOICE_ID" || value == estate.payer.id {
            for month in try months(parameters["Filter"]) { summaries += await invoices(of: month) }
        }
        if type == "INVOICE_ID" { summaries = summaries.filter { $0["InvoiceId"]?.text == value } }
        return try page(request, parameters, summaries, size)
    }

    /// Invoiced months that the filter asks for; without a filter, all that Cost Explorer still shows.
    private func months(_ filter: JSONValue?) throws -> [BillingMonth] {
        let issued = (1...CostCalendar.closedMonthsKept).map { estate.today.billingMonth.adding(months: -$0) }
            .filter { day(Self.issueDay, after: $0) <= estate.today }
        if let period = filter?["BillingPeriod"], period != .null {
            guard let year = period["Year"]?.number, let number = period["Month"]?.number,
                let month = BillingMonth(year: year, month: number)
            else { throw ServiceError.validation("BillingPeriod with Year and Month is required") }
            return issued.filter { $0 == month }
        }
        if let interval = filter?["TimeInterval"], interval != .null {
            guard let start = interval["StartDate"]?.number, let end = interval["EndDate"]?.number else {
                throw ServiceError.validation("TimeInterval with StartDate and EndDate is required")
            }
            return issued.filter {
                (start..<max(start, end)).contains(day(Self.issueDay, after: $0).daysSinceEpoch * 86_400)
            }
        }
        return issued
    }

    private func invoices(of month: BillingMonth) async -> [JSONValue] {
        let charges = await book.charges(in: month)
        let marketplace = EstateService.index(of: EstateService.marketplace)
        let tax = charges.filter { $0.recordType == .tax }.reduce(0) { $0 + $1.amounts.unblended }
        let sold = charges.filter { $0.service == marketplace }
        let own = charges.filter { $0.service != marketplace && $0.recordType != .tax }
        return [
            InvoiceSummary(estate: estate, month: month, own, tax: 0, isMarketplace: false).json,
            InvoiceSummary(estate: estate, month: month, sold, tax: tax, isMarketplace: true).json,
        ]
    }

    private func page(_ request: SandboxRequest, _ parameters: JSONValue, _ summaries: [JSONValue], _ size: Int) throws
        -> JSONValue
    {
        let fingerprint = PageToken.fingerprint(request, parameters, tokenMember: "NextToken")
        var start = 0
        if let token = parameters["NextToken"]?.text {
            guard case .position(let position) = tokens.read(token, fingerprint: fingerprint) else {
                throw ServiceError.validation("NextToken is invalid")
            }
            start = position
        }
        let end = min(start + size, summaries.count)
        var answer: [String: JSONValue] = ["InvoiceSummaries": .array(Array(summaries[min(start, end)..<end]))]
        if end < summaries.count { answer["NextToken"] = .string(tokens.make(position: end, fingerprint: fingerprint)) }
        return .object(answer)
    }

    private func day(_ day: Int, after month: BillingMonth) -> CalendarDay { month.firstDayAfter.adding(days: day - 1) }
}

/// One invoice, whole cents as a legal document prints them.
struct InvoiceSummary {
    let estate: SampleEstate
    let month: BillingMonth
    let isMarketplace: Bool
    private let grossCents: Int64
    private let discountCents: Int64
    private let taxCents: Int64

    init(estate: SampleEstate, month: BillingMonth, _ charges: [EstateCharge], tax: Int64, isMarketplace: Bool) {
        self.estate = estate
        self.month = month
        self.isMarketplace = isMarketplace
        let gross = charges.reduce(Int64(0)) { $0 + $1.amounts.unblended }
        let discount = charges.reduce(Int64(0)) { $0 + $1.amounts.discount }
        // The total is rounded once and the discount takes the rest, so that the lines add up to the total.
        grossCents = BoundedText.roundedCents(gross)
        discountCents = grossCents - BoundedText.roundedCents(gross - discount)
        taxCents = BoundedText.roundedCents(tax)
    }

    /// As every line of it names it.
    static func id(_ month: BillingMonth, isMarketplace: Bool) -> String {
        (isMarketplace ? "EUINMP" : "INVNZ") + BoundedText.padded(month.year % 100, 2)
            + BoundedText.padded(month.month, 2)
    }

    /// NZD for one USD in ten-thousandths: AWS fixes a rate for each month.
    private var rate: Int64 {
        var random = SplitMix64(estate.seed, 5, UInt64(month.year * 12 + month.month))
        return 16_950 + random.around(420)
    }

    var json: JSONValue {
        let issued = month.firstDayAfter.adding(days: InvoicingService.issueDay - 1).daysSinceEpoch * 86_400
        let sellers = isMarketplace ? CostDimension.marketplaceSeller : CostDimension.providerName
        return [
            "AccountId": .string(estate.payer.id), "InvoiceId": .string(Self.id(month, isMarketplace: isMarketplace)),
            "IssuedDate": .integer(issued), "DueDate": .integer(issued + 30 * 86_400),
            "Entity": [
                "InvoicingEntity": .string(sellers), "BillingEntity": isMarketplace ? "AWS_MARKETPLACE" : "AWS",
            ],
            "BillingPeriod": ["Month": .integer(month.month), "Year": .integer(month.year)],
            "InvoiceType": "INVOICE", "BillType": "ANNIVERSARY", "InvoiceFrequency": "RECURRING",
            "ReceiverRole": "BUYER", "OriginalInvoiceId": "", "PurchaseOrderNumber": "",
            "BaseCurrencyAmount": amounts("USD", rate: nil), "PaymentCurrencyAmount": amounts("NZD", rate: rate),
            "TaxCurrencyAmount": amounts("NZD", rate: rate),
        ]
    }

    private func amounts(_ currency: String, rate: Int64?) -> JSONValue {
        func cents(_ value: Int64) -> Int64 { rate.map { BoundedText.roundedCents(value * $0) } ?? value }
        func text(_ value: Int64) -> JSONValue { .string(BoundedText.cents(value * 10_000)) }
        let (gross, discount, tax) = (cents(grossCents), cents(discountCents), cents(taxCents))
        var breakdown: [String: JSONValue] = ["SubTotalAmount": text(gross)]
        if discount != 0 {
            breakdown["Discounts"] = [
                "Breakdown": [
                    ["Description": "Solution Provider Program Discount", "Amount": text(-discount), "Rate": "5.9"]
                ],
                "TotalAmount": text(-discount),
            ]
        }
        if tax != 0 {
            breakdown["Taxes"] = [
                "Breakdown": [["Description": "GST", "Amount": text(tax), "Rate": "15"]], "TotalAmount": text(tax),
            ]
        }
        var amount: [String: JSONValue] = [
            "CurrencyCode": .string(currency), "TotalAmount": text(gross - discount + tax),
            "TotalAmountBeforeTax": text(gross - discount), "AmountBreakdown": .object(breakdown),
        ]
        if let rate {
            amount["CurrencyExchangeDetails"] = [
                "SourceCurrencyCode": "USD", "TargetCurrencyCode": .string(currency),
                "Rate": .string(BoundedText.amount(rate * 100)),
            ]
        }
        return .object(amount)
    }
}
