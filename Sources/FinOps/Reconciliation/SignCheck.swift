/// Signs that look wrong without deciding anything: a discount, credit or refund that adds cost, an account whose charges
/// before discounts are negative, a record type of no known class.
struct SignCheck {
    let recordTypes: CostLedger
    let metric: CostMetric
    let month: BillingMonth

    var warnings: [String] {
        let totals = recordTypes.totals(metric, in: month, by: .recordType).sorted { $0.key < $1.key }
        let positive = totals.filter { isReduction(RecordClass(recordType: $0.key)) && $0.value > .zero }
            .map { "record type \"\($0.key)\" should reduce the cost but adds to it" }
        let unclassified = totals.filter { RecordClass(recordType: $0.key) == .other && !$0.value.isZero }
            .map { "record type \"\($0.key)\" is of no known class; it is kept in the total" }
        let negative = grossByAccount.filter(\.value.isNegative).keys.sorted()
            .map { "account \($0) has a negative cost before discounts, credits and refunds" }
        return positive + negative + unclassified
    }

    private var grossByAccount: [String: ExactDecimal] {
        recordTypes.lines(in: month).reduce(into: [:]) { sums, line in
            guard let account = recordTypes.key(.account, of: line), let name = recordTypes.key(.recordType, of: line),
                !isReduction(RecordClass(recordType: name))
            else { return }
            sums[account, default: .zero] += line.amount(metric)
        }
    }

    private func isReduction(_ recordClass: RecordClass) -> Bool {
        recordClass.isDiscount || recordClass == .credit || recordClass == .refund
    }
}
