import FinOps

/// The savings plans and reservations behind a month's charges: what they cost, how far they were used, what the covered
/// usage would have cost on demand. All of it is read from the charges, so that commitments and bill agree to the cent.
struct EstateCommitments {
    /// Micro-dollars of some days.
    struct Usage {
        var committed: Int64 = 0
        var used: Int64 = 0
        var onDemandEquivalent: Int64 = 0

        var unused: Int64 { committed - used }
    }

    struct Plan {
        let arn: String
        let firstDay: CalendarDay
        let endDay: CalendarDay
        let hourlyCents: Int64
        let usage: Usage
    }

    struct Reservation {
        let id: String
        let account: String
        let firstDay: CalendarDay
        let endDay: CalendarDay
        let usage: Usage
        /// Millionths of an hour.
        let reservedHours: Int64
    }

    let estate: SampleEstate
    let month: BillingMonth
    private let charges: [EstateCharge]

    init(_ estate: SampleEstate, _ month: BillingMonth, _ charges: [EstateCharge]) {
        self.estate = estate
        self.month = month
        self.charges = charges
    }

    /// Covered usage at the plan's price, at the on-demand price, and the fee.
    var savingsPlans: Usage {
        let covered = charges.filter { $0.recordType == .savingsPlanCoveredUsage }
        return Usage(
            committed: charges.filter { $0.recordType == .savingsPlanRecurringFee }.map(\.amounts.unblended).sum(),
            used: covered.map(\.amounts.amortized).sum(),
            onDemandEquivalent: covered.map(\.amounts.unblended).sum())
    }

    /// What plans could have covered and did not: compute and containers of accounts without one.
    var eligibleOnDemand: Int64 {
        charges.filter { $0.recordType == .usage && EstateService.underPlans.contains($0.service) }
            .map(\.amounts.unblended).sum()
    }

    /// The payer's fee is that of two plans: one of a year with three fifths of it, one of three years. The shorter one is
    /// the cheaper use and is used first.
    var plans: [Plan] {
        let whole = savingsPlans
        let hours = Int64(month.days * 24)
        guard whole.committed > 0 else { return [] }
        let cents = whole.committed / hours / 10_000
        let short = cents * 3 / 5
        let shortFee = short * 10_000 * hours
        let shortUsed = min(shortFee, whole.used)
        let onDemand = { (used: Int64) in Int64(Int128(whole.onDemandEquivalent) * Int128(used) / Int128(whole.used)) }
        let shortUsage = Usage(committed: shortFee, used: shortUsed, onDemandEquivalent: onDemand(shortUsed))
        return [
            plan(1, years: 1, endsAfter: 4, short, shortUsage),
            plan(
                2, years: 3, endsAfter: 15, cents - short,
                Usage(
                    committed: whole.committed - shortFee, used: whole.used - shortUsed,
                    onDemandEquivalent: whole.onDemandEquivalent - shortUsage.onDemandEquivalent)),
        ]
    }

    /// `endsAfter` counts months from the estate's focus month.
    private func plan(_ number: Int, years: Int, endsAfter months: Int, _ cents: Int64, _ usage: Usage) -> Plan {
        let end = estate.focusMonth.adding(months: months)
        return Plan(
            arn: planARN(number),
            firstDay: end.adding(months: -12 * years).firstDay.adding(days: 13), endDay: end.firstDay.adding(days: 13),
            hourlyCents: cents, usage: usage)
    }

    func planARN(_ number: Int) -> String {
        "arn:aws:savingsplans::\(estate.payer.id):savingsplan/\(identifier(7, number))"
    }

    /// One reservation of databases an account, a year each; the first end soon.
    var databaseReservations: [Reservation] {
        let database = EstateService.index(of: EstateService.database)
        return charges.filter { $0.recordType == .recurringReservationFee && $0.service == database }.map { fee in
            let covered = charges.filter {
                $0.recordType == .discountedUsage && $0.account == fee.account && $0.service == database
            }
            let used = covered.map(\.amounts.amortized).sum()
            let end = estate.focusMonth.adding(months: 1 + fee.account % 11)
            return Reservation(
                id: identifier(8, fee.account), account: estate.accounts[fee.account].id,
                firstDay: end.adding(months: -12).firstDay, endDay: end.firstDay,
                // Reserved at 65 % of the on-demand price.
                usage: Usage(
                    committed: fee.amounts.unblended, used: used, onDemandEquivalent: used * 100 / 65),
                reservedHours: covered.map(\.amounts.quantity).sum())
        }
    }

    /// Databases that ran on demand: hours in millionths, and their cost.
    var databasesOnDemand: (hours: Int64, cost: Int64) {
        let database = EstateService.index(of: EstateService.database)
        let usage = charges.filter { $0.recordType == .usage && $0.service == database }
        return (usage.map(\.amounts.quantity).sum(), usage.map(\.amounts.unblended).sum())
    }

    /// A UUID that is a function of the estate.
    func identifier(_ kind: UInt64, _ number: Int) -> String {
        var random = SplitMix64(estate.seed, kind, UInt64(number))
        let hex = Array(
            [random.next(), random.next()].map { BoundedText.padded(hex: $0) }.joined())
        return [hex[0..<8], hex[8..<12], hex[12..<16], hex[16..<20], hex[20..<32]].map { String($0) }
            .joined(separator: "-")
    }
}

extension BoundedText {
    /// Sixteen digits.
    static func padded(hex value: UInt64) -> String {
        let digits = String(value, radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }
}

extension Sequence<Int64> {
    func sum() -> Int64 { reduce(0, +) }
}
