import FinOps

/// What the organisation is charged as a whole: the savings plan, marketplace, support, tax, and credits.
extension MonthGenerator {
    mutating func addOrganisationFees() {
        addSavingsPlan()
        addMarketplace()
        addCredits()
        addSupportAndTax()
    }

    /// One compute plan, bought by the payer: a whole number of cents an hour, about 94 % used.
    private mutating func addSavingsPlan() {
        let covered = charges.filter { $0.recordType == .savingsPlanCoveredUsage }
        let used = covered.reduce(0) { $0 + $1.amounts.amortized }
        guard used > 0 else { return }
        let hours = Int64(month.days * 24)
        let centsPerHour = (used * 100 / 94) / (hours * 10_000) + 1
        let fee = centsPerHour * 10_000 * hours
        let discount = fee * Self.partnerDiscountRate / 1000
        add(
            0, EstateService.index(of: EstateService.savingsPlans), .savingsPlanRecurringFee, .flat,
            ChargeAmounts(
                unblended: fee, discount: discount, amortized: fee - used,
                amortizedDiscount: discount - covered.reduce(0) { $0 + $1.amounts.amortizedDiscount }))
    }

    /// Sold by a third party and billed by AWS: no partner discount.
    private mutating func addMarketplace() {
        let service = EstateService.index(of: EstateService.marketplace)
        for (account, hosts) in [(10, Int64(61)), (13, 68), (23, 38)] {
            add(
                account, service, .usage, .firstDay, unblended: hosts * 23_000_000, isEligible: false,
                quantity: hosts * 1_000_000)
        }
    }

    /// Migration credits on compute, drawn down month by month.
    private mutating func addCredits() {
        let service = EstateService.index(of: EstateService.compute)
        for (account, dollars) in [(11, Int64(400)), (20, 250), (14, 180)] {
            add(
                account, service, .credit, .days(3...5), unblended: -Self.scaled(dollars * 1_000_000, toMonth: month),
                isEligible: false)
        }
    }

    /// Business support by its published tiers on what the organisation used, and GST on what is taxable here.
    private mutating func addSupportAndTax() {
        let gross = charges.reduce(Int64(0)) { $0 + $1.amounts.unblended }
        let tiers: [(limit: Int64, percent: Int64)] = [
            (10_000, 10), (80_000, 7), (250_000, 5), (Int64.max / 1_000_000, 3),
        ]
        var fee: Int64 = 0
        var floor: Int64 = 0
        for (limit, percent) in tiers where gross > floor {
            fee += (min(gross, limit * 1_000_000) - floor) * percent / 100
            floor = limit * 1_000_000
        }
        add(
            0, EstateService.index(of: EstateService.support), .support, .firstDay, unblended: max(fee, 100_000_000),
            isEligible: false)
        let marketplaceService = EstateService.index(of: EstateService.marketplace)
        let taxable = charges.filter { $0.service == marketplaceService }.reduce(0) { $0 + $1.amounts.unblended }
        add(
            0, EstateService.index(of: EstateService.tax), .tax, .firstDay, unblended: taxable * 15 / 100,
            isEligible: false)
    }
}
