/// L1d: one account's costs as it sees them itself, held against what L3 says of it. Same store, another right to look: it
/// finds a payer's view that lacks lines, and confirms nothing outside Cost Explorer.
struct MemberComparison {
    let recordTypes: CostLedger
    let metric: CostMetric
    let month: BillingMonth

    static let id = "L1d"

    func comparison(_ view: MemberView) -> LayerComparison {
        switch view.ledger {
        case .unknown(let trouble): refused(view, [ComparisonScope.obstacle(trouble)], nil)
        case .known(let ledger): compare(view, ledger)
        }
    }

    private func compare(_ view: MemberView, _ own: CostLedger) -> LayerComparison {
        guard own.currency == recordTypes.currency else {
            return refused(
                view, ["it is in \(own.currency.code), and the costs are in \(recordTypes.currency.code)"], own.record)
        }
        let paid = lines(of: view.account)
        let seen = own.lines(in: month).map { (own.key(.recordType, of: $0) ?? "", $0.amount(metric)) }
        let (opening, closing) = (seen.map(\.1).sum(), paid.map(\.1).sum())
        return LayerComparison(
            id: id(view), title: title(view), metric: metric, weight: .sameStore,
            figures: LayerComparison.Figures(
                opening: opening, items: hidden(paid, from: seen, explaining: closing - opening), closing: closing,
                tolerance: ExactDecimal(paid.count + seen.count) * CrossValidator.tolerancePerLine,
                roundedAmounts: paid.count + seen.count),
            obstacles: [], record: own.record)
    }

    /// The management account may hide credits and discounts from its members: such a class is an item when the member is
    /// shown no line of it at all.
    private func hidden(
        _ paid: [(String, ExactDecimal)], from seen: [(String, ExactDecimal)], explaining difference: ExactDecimal
    ) -> [ReconcilingItem] {
        let shown = Set(seen.map { RecordClass(recordType: $0.0) })
        return RecordClass.allCases.filter { ($0.isDiscount || $0 == .credit) && !shown.contains($0) }
            .compactMap { recordClass in
                let amount = paid.filter { RecordClass(recordType: $0.0) == recordClass }.map(\.1).sum()
                guard !amount.isZero else { return nil }
                return ReconcilingItem(
                    recordClass: recordClass, amount: amount, sharePercent: amount.percent(of: difference),
                    observedIn: recordTypes.query.id,
                    excludedBy: "\(Self.id): the member is shown no such line, as billing preferences can have it")
            }
    }

    /// Record type and amount of each line of L3 that is the account's.
    private func lines(of account: String) -> [(String, ExactDecimal)] {
        recordTypes.lines(in: month).filter { recordTypes.key(.account, of: $0) == account }
            .map { (recordTypes.key(.recordType, of: $0) ?? "", $0.amount(metric)) }
    }

    private func refused(_ view: MemberView, _ obstacles: [String], _ record: QueryRecord?) -> LayerComparison {
        LayerComparison(
            id: id(view), title: title(view), metric: metric, weight: .sameStore, figures: nil, obstacles: obstacles,
            record: record)
    }

    private func id(_ view: MemberView) -> String { "\(Self.id).\(view.account)" }
    private func title(_ view: MemberView) -> String { "Cost Explorer as account \(view.account) sees itself" }
}
