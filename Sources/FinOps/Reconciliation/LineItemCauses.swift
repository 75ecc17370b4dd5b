/// Where line items and Cost Explorer part: the same difference by record class and by service. Along each the parts add up
/// to it exactly, because both sides are complete along each.
struct LineItemCauses {
    let export: LineItemExport
    let scope: ComparisonScope
    let services: CostLedger
    let total: ExactDecimal

    var causes: [RootCause] { byClass + byService }

    private var byClass: [RootCause] {
        Differences(kind: .recordType, amounts: subtracting(exported, known), total: total).causes
    }

    /// Services by Cost Explorer's net figures, which hold the partner discount that L1 leaves out as a line of its own. The
    /// two pipelines name some services differently: such a pair cancels.
    private var byService: [RootCause] {
        let metric = CostMetric.netUnblended
        let own = services.totals(metric, in: scope.month, by: .service)
        let theirs = export.charges.reduce(into: [String: ExactDecimal]()) {
            $0[$1.service, default: .zero] += $1.billed
        }
        let amounts = subtracting(theirs, own)
        return (amounts.values.sum() - total).magnitude < "0.005"
            ? Differences(kind: .service, amounts: amounts, total: total).causes : []
    }

    /// The export by class; where it itemises discounts, they stand apart and charges before them.
    private var exported: [String: ExactDecimal] {
        var sums: [String: ExactDecimal] = [:]
        for charge in export.charges { sums[name(charge.recordClass), default: .zero] += charge.billed }
        for discount in export.discounts {
            sums[name(discount.charged), default: .zero] -= discount.amount
            sums[discount.kind.rawValue, default: .zero] += discount.amount
        }
        return sums
    }

    /// Cost Explorer by the same classes.
    private var known: [String: ExactDecimal] {
        let isApart = !export.format.isFOCUS || !export.discounts.isEmpty
        let metric = export.format.isFOCUS && isApart ? .unblended : export.billedMetric
        return scope.recordTypes.totals(metric, in: scope.month, by: .recordType)
            .reduce(into: [:]) { $0[name(RecordClass(recordType: $1.key)), default: .zero] += $1.value }
    }

    /// FOCUS bills covered usage at nothing where Cost Explorer charges it and takes it back; without itemised discounts it
    /// shows usage after them.
    private func name(_ recordClass: RecordClass) -> String {
        guard export.format.isFOCUS else { return recordClass.rawValue }
        switch recordClass {
        case .savingsPlanNegation, .other: return RecordClass.usage.rawValue
        case _ where recordClass.isDiscount && export.discounts.isEmpty: return RecordClass.usage.rawValue
        default: return recordClass.rawValue
        }
    }

    private func subtracting(
        _ left: [String: ExactDecimal], _ right: [String: ExactDecimal]
    ) -> [String: ExactDecimal] {
        Set(left.keys).union(right.keys).reduce(into: [:]) {
            $0[$1] = (left[$1] ?? .zero) - (right[$1] ?? .zero)
        }
    }
}
