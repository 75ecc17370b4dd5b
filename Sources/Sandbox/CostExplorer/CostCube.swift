import FinOps

/// Adds the estate's rows up by period and group.
struct CostCube {
    struct Group: Hashable {
        var first = 0
        var second = 0
    }

    let reader: DimensionReader
    /// Only this account's rows; nil means all.
    let scope: Int?
    let groupBy: [CostDimension]
    private var judge: FilterJudge

    init(estate: SampleEstate, scope: Int?, groupBy: [CostDimension], filter: CostFilter) {
        reader = DimensionReader(estate: estate)
        self.scope = scope
        self.groupBy = groupBy
        judge = FilterJudge(filter, reader)
    }

    /// Sums of the periods of one month, in their order. Only days before the estate's today have costs.
    mutating func sums(of charges: [EstateCharge], month: BillingMonth, periods: [CostPeriod]) -> [[Group: MetricSums]]
    {
        let today = reader.estate.today
        let firstDay = month.firstDay.daysSinceEpoch
        let ranges = periods.map { period in
            (
                from: min(period.start, today).daysSinceEpoch - firstDay,
                to: min(period.end, today).daysSinceEpoch - firstDay
            )
        }
        var sums = [[Group: MetricSums]](repeating: [:], count: periods.count)
        for charge in charges where scope == nil || charge.account == scope {
            let own = admitted(CostRow(account: charge.account, service: charge.service, recordType: charge.recordType))
            let discount =
                charge.amounts.discount == 0
                ? nil
                : admitted(CostRow(account: charge.account, service: charge.service, recordType: .partnerDiscount))
            guard own != nil || discount != nil else { continue }
            let isWholeMonth = ranges.count == 1 && ranges[0].from == 0 && ranges[0].to == month.days
            let weights = isWholeMonth ? [] : charge.profile.runningWeights(month)
            for (index, range) in ranges.enumerated() where range.from < range.to {
                let part = isWholeMonth ? charge.amounts : charge.part(from: range.from, to: range.to, weights: weights)
                if let own { add(MetricSums(charge: part), to: &sums[index], own) }
                if let discount { add(MetricSums(discountOf: part), to: &sums[index], discount) }
            }
        }
        return sums
    }

    /// The group of a row, or nil when the filter leaves it out.
    mutating func admitted(_ row: CostRow) -> Group? {
        guard judge.admits(row) else { return nil }
        return Group(
            first: groupBy.isEmpty ? 0 : reader.code(groupBy[0], row),
            second: groupBy.count < 2 ? 0 : reader.code(groupBy[1], row))
    }

    private func add(_ amounts: MetricSums, to sums: inout [Group: MetricSums], _ group: Group) {
        if !amounts.isZero { sums[group, default: MetricSums()] += amounts }
    }
}
