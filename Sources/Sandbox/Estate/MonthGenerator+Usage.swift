/// Ordinary usage: which services an account has, how much of each, and how commitments cover it.
extension MonthGenerator {
    mutating func addUsage(of index: Int, _ organisationUsage: Int64) {
        let account = estate.accounts[index]
        let usage = Int64(Int128(organisationUsage) * Int128(account.weight) / Int128(estate.totalWeight))
        let services = services(of: index, account)
        let shares = services.reduce(Int64(0)) { $0 + EstateService.catalog[$1].share }
        for service in services {
            let share = EstateService.catalog[service].share
            var noise = random(UInt64(index), UInt64(service))
            let amount = usage / shares * share / 1000 * (1000 + noise.around(45))
            addUsage(index, service, amount)
        }
    }

    private mutating func addUsage(_ index: Int, _ service: Int, _ amount: Int64) {
        let account = estate.accounts[index]
        let entry = EstateService.catalog[service]
        let profile = workloadProfile(index, service)
        switch entry.name {
        case EstateService.compute where account.environment == .production:
            // 55 % of compute runs under a savings plan at 72 % of the on-demand price. Covered usage and its negation cancel
            // in cash view; the payer pays the plan.
            let effective = amount * 55 / 100
            let onDemand = effective * 100 / 72
            let net = effective * Self.partnerDiscountRate / 1000
            add(
                index, service, .usage, profile, unblended: amount - effective,
                quantity: quantity(amount - effective, entry))
            add(
                index, service, .savingsPlanCoveredUsage, .flat,
                ChargeAmounts(
                    unblended: onDemand, amortized: effective, amortizedDiscount: net,
                    quantity: quantity(onDemand, entry)))
            add(index, service, .savingsPlanNegation, .flat, ChargeAmounts(unblended: -onDemand))
        case EstateService.database where index % 2 == 0:
            // 30 % of databases are reserved without upfront payment: the hours cost nothing, the fee falls on the first, and
            // 3 % of it goes unused.
            let effective = amount * 30 / 100
            let fee = effective * 1000 / 970
            let feeDiscount = fee * Self.partnerDiscountRate / 1000
            let usedDiscount = effective * Self.partnerDiscountRate / 1000
            add(
                index, service, .usage, profile, unblended: amount - effective,
                quantity: quantity(amount - effective, entry))
            add(
                index, service, .discountedUsage, .flat,
                ChargeAmounts(
                    amortized: effective, amortizedDiscount: usedDiscount, quantity: quantity(effective, entry)))
            add(
                index, service, .recurringReservationFee, .firstDay,
                ChargeAmounts(
                    unblended: fee, discount: feeDiscount, amortized: fee - effective,
                    amortizedDiscount: feeDiscount - usedDiscount))
        default:
            add(index, service, .usage, profile, unblended: amount, quantity: quantity(amount, entry))
        }
    }

    /// The services of an account never depend on the month, so that only planted services appear and vanish.
    private func services(of index: Int, _ account: EstateAccount) -> [Int] {
        EstateService.catalog.indices.filter { service in
            var draw = SplitMix64(estate.seed, 3, UInt64(index), UInt64(service))
            let chance = draw.below(100)
            return switch EstateService.catalog[service].kind {
            case .baseline: true
            case .common: account.environment != .platform && account.membership != .suspended && chance < 80
            case .occasional: account.environment == .production && chance < 35
            case .special: false
            }
        }
    }

    func workloadProfile(_ account: Int, _ service: Int) -> DayProfile {
        if estate.accounts[account].membership == .departed, month == estate.focusMonth { return .days(1...12) }
        let dip: Int64 =
            switch estate.accounts[account].environment {
            case _ where !EstateService.catalog[service].followsWeekdays: 10
            case .production: 90
            case .platform: 60
            case .development: 420
            case .sandbox: 350
            }
        let noise: Int64 = EstateService.catalog[service].followsWeekdays ? 50 : 12
        return .workload(
            weekendDip: dip, noise: noise,
            key: estate.seed << 40 ^ UInt64(account) << 16 ^ UInt64(service))
    }

    func quantity(_ amount: Int64, _ entry: EstateService) -> Int64 {
        entry.quantity(amount, isBeforeFocus: month < estate.focusMonth)
    }
}
