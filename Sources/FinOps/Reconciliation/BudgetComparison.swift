/// L2: what AWS Budgets has counted so far for a monthly cost budget that nothing narrows. Another system than Cost Explorer,
/// refreshed on its own times, and it speaks of the running month only: never more than advice.
struct BudgetComparison {
    let scope: ComparisonScope
    let today: CalendarDay

    static let id = "L2"
    static let title = "AWS Budgets, spend of an unfiltered monthly cost budget"

    func comparison(_ budgets: Observation<BudgetListing>) -> LayerComparison {
        switch budgets {
        case .unknown(let trouble): refused([ComparisonScope.obstacle(trouble)], nil)
        case .known(let listing): compare(listing)
        }
    }

    private func compare(_ listing: BudgetListing) -> LayerComparison {
        guard scope.month == today.billingMonth else {
            return refused(["budgets speak of the running month, \(today.billingMonth), only"], listing.record)
        }
        let candidates = listing.budgets.filter { $0.coversEverything && $0.actual != nil }
        guard let budget = candidates.first, let actual = budget.actual else {
            return refused(["no monthly cost budget without filters has counted anything"], listing.record)
        }
        guard let basis = budget.basis else {
            return refused(["what budget \"\(budget.name)\" counts could not be read"], listing.record)
        }
        let obstacles =
            scope.obstacles + scope.obstacles(currency: actual.currency) + scope.obstacles(metric: basis.metric)
            + unclear(basis)
        guard obstacles.isEmpty else { return refused(obstacles, listing.record) }
        let opening = actual.amount
        return LayerComparison(
            id: Self.id, title: Self.title, metric: basis.metric, weight: .provisional,
            figures: LayerComparison.Figures(
                opening: opening, items: items(basis, explaining: scope.closing(basis.metric) - opening),
                closing: scope.closing(basis.metric), tolerance: scope.tolerance(roundedAmounts: 1), roundedAmounts: 1),
            obstacles: [], notes: ["budget \"\(budget.name)\", as far as AWS Budgets had counted"],
            record: listing.record)
    }

    /// A budget without part of the commitment fees cannot be held against L3 when there are such fees: which lines it
    /// leaves out is not provable from their record type.
    private func unclear(_ basis: BudgetBasis) -> [String] {
        guard !basis.unclearExclusions.isEmpty else { return [] }
        let fees = scope.recordTypes.totals(basis.metric, in: scope.month, by: .recordType).contains {
            [.commitmentFee, .savingsPlanNegation].contains(RecordClass(recordType: $0.key)) && !$0.value.isZero
        }
        return fees
            ? ["the budget leaves out some commitment fees (\(basis.unclearExclusions.joined(separator: ", ")))"] : []
    }

    /// Observed in L3, left out by a flag of the budget.
    private func items(_ basis: BudgetBasis, explaining difference: ExactDecimal) -> [ReconcilingItem] {
        let totals = scope.recordTypes.totals(basis.metric, in: scope.month, by: .recordType)
        return basis.exclusions.sorted { $0.flag < $1.flag }.flatMap { exclusion in
            exclusion.classes.compactMap { recordClass in
                let amount = totals.filter { RecordClass(recordType: $0.key) == recordClass }.map(\.value).sum()
                guard !amount.isZero else { return nil }
                return ReconcilingItem(
                    recordClass: recordClass, amount: amount, sharePercent: amount.percent(of: difference),
                    observedIn: scope.recordTypes.query.id, excludedBy: "\(Self.id): \(exclusion.flag) is false")
            }
        }
    }

    private func refused(_ obstacles: [String], _ record: QueryRecord?) -> LayerComparison {
        LayerComparison(
            id: Self.id, title: Self.title, metric: .unblended, weight: .provisional, figures: nil,
            obstacles: obstacles, record: record)
    }
}
