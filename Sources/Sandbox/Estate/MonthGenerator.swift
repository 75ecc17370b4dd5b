import FinOps

/// Writes one month of the estate: every charge of every account. Nothing outside the month is looked at, so any month
/// costs the same and only the months asked for are ever made.
struct MonthGenerator {
    let estate: SampleEstate
    let month: BillingMonth
    private(set) var charges: [EstateCharge] = []

    /// Thousandths of the eligible charges that the partner discount returns: 5.9 %.
    static let partnerDiscountRate: Int64 = 59
    /// The organisation's usage in the anchor month, micro-dollars per active account.
    static let usagePerAccount: Int64 = 4_590_000_000
    /// The month in which `usagePerAccount` holds; usage per day grows by 1.2 % a month around it.
    static let anchorMonth = BillingMonth("2026-02")!

    init(_ estate: SampleEstate, _ month: BillingMonth) {
        self.estate = estate
        self.month = month
    }

    static func charges(_ estate: SampleEstate, _ month: BillingMonth) -> [EstateCharge] {
        guard month >= estate.firstMonth, month <= estate.today.billingMonth else { return [] }
        var generator = MonthGenerator(estate, month)
        // Usage is by the hour, so a longer month costs more; fees are by the month and do not.
        let organisationUsage =
            scaled(usagePerAccount * Int64(estate.activeAccounts), toMonth: month) / Int64(anchorMonth.days)
            * Int64(month.days)
        for index in estate.accounts.indices where estate.accounts[index].weight > 0 {
            if estate.accounts[index].membership == .departed, month > estate.focusMonth { continue }
            generator.addUsage(of: index, organisationUsage)
        }
        generator.addPlantedCharges()
        generator.addOrganisationFees()
        return generator.charges
    }

    /// Adds a charge with the discount that its eligibility gives it.
    mutating func add(
        _ account: Int, _ service: Int, _ recordType: EstateRecordType, _ profile: DayProfile, unblended: Int64,
        amortized: Int64? = nil, isEligible: Bool = true, quantity: Int64 = 0
    ) {
        let discount = isEligible ? unblended * Self.partnerDiscountRate / 1000 : 0
        add(
            account, service, recordType, profile,
            ChargeAmounts(
                unblended: unblended, discount: discount, amortized: amortized ?? unblended,
                amortizedDiscount: discount, quantity: quantity))
    }

    mutating func add(
        _ account: Int, _ service: Int, _ recordType: EstateRecordType, _ profile: DayProfile, _ amounts: ChargeAmounts
    ) {
        charges.append(
            EstateCharge(
                account: account, service: service, recordType: recordType, profile: profile, amounts: amounts))
    }

    /// `amount` of the anchor month, grown or shrunk to `month` in whole millionths.
    static func scaled(_ amount: Int64, toMonth month: BillingMonth) -> Int64 {
        let steps = (month.year - anchorMonth.year) * 12 + month.month - anchorMonth.month
        var factor: Int64 = 1_000_000
        for _ in 0..<abs(steps) { factor = steps > 0 ? factor * 1012 / 1000 : factor * 1000 / 1012 }
        return Int64(Int128(amount) * Int128(factor) / 1_000_000)
    }

    func random(_ keys: UInt64...) -> SplitMix64 {
        keys.reduce(SplitMix64(estate.seed, UInt64(month.year * 12 + month.month))) { stream, key in
            var stream = stream
            return SplitMix64(stream.next(), key)
        }
    }
}
