import FinOps

/// In which hours of a day (UTC) on-demand compute runs. The days themselves stay what they are: a charge's day is cut along
/// these weights to the last micro-dollar.
enum HourShape {
    /// The accounts that spend most run around the clock; the others in a shift of their own.
    private static let ranksAroundTheClock = 20
    /// Offices are open from 20:00 to 05:00 UTC, which is the day of most accounts' region.
    private static let officeHours: Set<Int> = Set(20..<24).union(0..<5)

    /// A weight for each hour of the day; nil for charges that AWS does not tell by the hour here.
    ///
    /// - Parameter resource: 0 is the one that always runs, the others join it at the busiest time.
    static func weights(_ charge: EstateCharge, resource: Int, in estate: SampleEstate) -> [Int64]? {
        guard charge.recordType == .usage, EstateService.underPlans.contains(charge.service) else { return nil }
        guard case .workload = charge.profile else { return [Int64](repeating: 1, count: 24) }
        let account = estate.accounts[charge.account]
        var random = SplitMix64(UInt64(account.id) ?? 0, UInt64(charge.service), UInt64(resource))
        let isCompute = charge.service == EstateService.index(of: EstateService.compute)
        let isLarge = account.rank <= ranksAroundTheClock
        if isCompute, resource == 0, isLarge { return (0..<24).map { officeHours.contains($0) ? 120 : 90 } }
        let hours = !isCompute ? 2 : resource > 0 ? (isLarge ? 7 : 3) : account.environment == .production ? 10 : 8
        let first = 18 + Int(random.below(9))
        return (0..<24).map { ($0 + 24 - first % 24) % 24 < hours ? 1 : 0 }
    }
}

extension EstateService {
    /// What a Compute Savings Plan could cover.
    static let underPlans = Set([compute, "AWS Lambda", "Amazon Elastic Container Service"].map(index))
}

extension ChargeAmounts {
    /// Cut along weights, which are not all zero: the parts add up to the whole.
    func cut(along weights: [Int64]) -> [ChargeAmounts] {
        let whole = weights.sum()
        var (running, before) = (Int64(0), ChargeAmounts())
        return weights.map { weight in
            running += weight
            let until = map { Int64(Int128($0) * Int128(running) / Int128(whole)) }
            defer { before = until }
            return until - before
        }
    }

    var isZero: Bool {
        [unblended, discount, amortized, amortizedDiscount, quantity].allSatisfy { $0 == 0 }
    }

    static func - (left: Self, right: Self) -> Self {
        ChargeAmounts(
            unblended: left.unblended - right.unblended, discount: left.discount - right.discount,
            amortized: left.amortized - right.amortized,
            amortizedDiscount: left.amortizedDiscount - right.amortizedDiscount,
            quantity: left.quantity - right.quantity)
    }
}
