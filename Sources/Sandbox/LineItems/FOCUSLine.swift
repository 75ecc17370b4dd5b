import FinOps

/// One line of a FOCUS 1.2 export as AWS fills it in. Unit prices and what AWS leaves empty itself stay empty.
struct FOCUSLine {
    let estate: SampleEstate
    let month: BillingMonth
    /// 0 is the first.
    let day: Int
    /// Of the day; nil is all of it.
    var hour: Int?
    let charge: EstateCharge
    /// Nil for what no resource is named for.
    let resource: EstateResource?
    let amounts: ChargeAmounts

    private static let columns: [(name: String, cell: @Sendable (FOCUSLine) -> String)] = [
        ("BilledCost", { BoundedText.amount($0.billed) }),
        ("BillingAccountId", { $0.estate.payer.id }),
        ("BillingAccountName", { $0.estate.payer.name }),
        ("BillingAccountType", { _ in "Management" }),
        ("BillingCurrency", { _ in "USD" }),
        ("BillingPeriodEnd", { Self.time($0.month.firstDayAfter) }),
        ("BillingPeriodStart", { Self.time($0.month.firstDay) }),
        ("ChargeCategory", { $0.category }),
        ("ChargeClass", { $0.charge.recordType == .refund ? "Correction" : "" }),
        ("ChargeDescription", { "\($0.service.name) \($0.service.usageType)" }),
        ("ChargeFrequency", { $0.frequency }),
        ("ChargePeriodEnd", { $0.time(hour: ($0.hour ?? 23) + 1) }),
        ("ChargePeriodStart", { $0.time(hour: $0.hour ?? 0) }),
        ("CommitmentDiscountCategory", { $0.isCovered ? ($0.isUnderPlan ? "Spend" : "Usage") : "" }),
        ("CommitmentDiscountId", { $0.commitment }),
        ("CommitmentDiscountStatus", { $0.isCovered ? "Used" : "" }),
        ("CommitmentDiscountType", { $0.isCovered ? ($0.isUnderPlan ? "Savings Plan" : "Reserved Instance") : "" }),
        ("ConsumedQuantity", { $0.isUsage ? BoundedText.amount($0.amounts.quantity) : "" }),
        ("ConsumedUnit", { $0.isUsage ? "Units" : "" }),
        ("ContractedCost", { BoundedText.amount($0.contracted) }),
        ("EffectiveCost", { BoundedText.amount($0.amounts.amortized - $0.amounts.amortizedDiscount) }),
        ("InvoiceId", { $0.invoice }),
        ("InvoiceIssuerName", { $0.isMarketplace ? CostDimension.marketplaceSeller : CostDimension.providerName }),
        ("ListCost", { BoundedText.amount($0.amounts.unblended) }),
        ("PricingCategory", { $0.isUsage ? ($0.isCovered ? "Committed" : "Standard") : "" }),
        ("PricingCurrency", { _ in "USD" }),
        ("PricingQuantity", { $0.isUsage ? BoundedText.amount($0.amounts.quantity) : "" }),
        ("PricingUnit", { $0.isUsage ? "Units" : "" }),
        ("ProviderName", { _ in "AWS" }),
        ("PublisherName", { $0.isMarketplace ? CostDimension.marketplaceSeller : "AWS" }),
        ("RegionId", { $0.region }),
        ("RegionName", { $0.region }),
        ("ResourceId", { $0.resource?.id ?? "" }),
        ("ResourceName", { _ in "" }),
        ("ResourceType", { $0.resource?.type ?? "" }),
        ("ServiceName", { $0.service.name }),
        ("SkuMeter", { $0.service.usageType }),
        ("SubAccountId", { $0.charge.recordType == .tax ? "" : $0.account.id }),
        ("SubAccountName", { $0.charge.recordType == .tax ? "" : $0.account.name }),
        ("SubAccountType", { $0.charge.recordType == .tax ? "" : "Account" }),
        (
            "Tags",
            { #"{"CostCenter":"\#($0.account.costCenter)","Environment":"\#($0.account.environment.rawValue)"}"# }
        ),
        ("x_Discounts", { $0.discounts }),
        ("x_Operation", { _ in "" }),
        ("x_ServiceCode", { _ in "" }),
    ]

    static var heading: String { CommaSeparated.row(columns.map(\.name)) }

    var text: String { CommaSeparated.row(Self.columns.map { $0.cell(self) }) }

    private var account: EstateAccount { estate.accounts[charge.account] }
    private var service: EstateService { EstateService.catalog[charge.service] }
    private var isMarketplace: Bool { service.name == EstateService.marketplace }
    private var isCovered: Bool { [.savingsPlanCoveredUsage, .discountedUsage].contains(charge.recordType) }
    private var isUnderPlan: Bool { charge.recordType == .savingsPlanCoveredUsage }
    private var isUsage: Bool { category == "Usage" && charge.recordType != .refund }

    /// After every discount; what a commitment covers was paid with its fee.
    private var billed: Int64 { isCovered ? 0 : amounts.unblended - amounts.discount }

    /// Before commitments and after the partner discount, which what is covered gets with its fee.
    private var contracted: Int64 {
        isUnderPlan
            ? amounts.unblended - amounts.unblended * MonthGenerator.partnerDiscountRate / 1000
            : amounts.unblended - amounts.discount
    }

    /// The plan or reservation that covers it, as the savings plans' and reservations' own answers name them.
    private var commitment: String {
        guard isCovered else { return "" }
        let commitments = EstateCommitments(estate, month, [])
        return isUnderPlan ? commitments.planARN(1) : commitments.identifier(8, charge.account)
    }

    private var category: String {
        switch charge.recordType {
        case .tax: "Tax"
        case .credit: "Credit"
        case .savingsPlanRecurringFee, .recurringReservationFee: "Purchase"
        default: "Usage"
        }
    }

    private var frequency: String {
        switch category {
        case "Usage": charge.recordType == .support ? "Recurring" : "Usage-Based"
        case "Purchase": "Recurring"
        default: "One-Time"
        }
    }

    private var discounts: String {
        amounts.discount == 0 || isCovered ? "{}" : #"{"SppDiscount":\#(BoundedText.amount(-amounts.discount))}"#
    }

    /// Empty until the invoices of the month are issued.
    private var invoice: String {
        let issued = month.firstDayAfter.adding(days: InvoicingService.issueDay - 1)
        return issued <= estate.today
            ? InvoiceSummary.id(month, isMarketplace: isMarketplace || charge.recordType == .tax) : ""
    }

    private var region: String {
        service.isGlobal ? "global" : EstateAccount.regions[account.homeRegion]
    }

    private static func time(_ day: CalendarDay) -> String { "\(day)T00:00:00Z" }

    /// Of the line's day; 24 is the next day's first.
    private func time(hour: Int) -> String {
        let day = month.firstDay.adding(days: day + hour / 24)
        return "\(day)T\(BoundedText.padded(hour % 24, 2)):00:00Z"
    }
}
