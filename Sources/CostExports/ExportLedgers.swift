import FinOps

/// Line items as the ledgers Cost Explorer would have answered with: a discount that the export itemises becomes a line of its
/// own, and the charge it was taken off stands before it; by the net metrics it is folded in.
struct ExportLedgers {
    let export: LineItemExport

    /// L3: account by record class.
    var recordTypes: [CostLine] {
        var sums: [[String]: ChargeSums] = [:]
        for charge in export.charges {
            sums[[charge.account, charge.recordType ?? charge.recordClass.recordType], default: ChargeSums()]
                .add(charge.billed, effective: charge.effective)
        }
        for discount in export.discounts {
            let charged = discount.recordType ?? discount.charged.recordType
            sums[[discount.account, charged], default: ChargeSums()].unblended -= discount.amount
            sums[[discount.account, discount.kind.recordType], default: ChargeSums()].unblended += discount.amount
        }
        return lines(sums)
    }

    /// L1: account by service, without the partner discount wherever the export lets it be told apart.
    var services: [CostLine] {
        var sums: [[String]: ChargeSums] = [:]
        for charge in export.charges where charge.recordClass != .spp {
            sums[[charge.account, charge.service], default: ChargeSums()]
                .add(charge.billed, effective: charge.effective)
        }
        for discount in export.discounts where discount.kind == .spp {
            sums[[discount.account, discount.service ?? ""], default: ChargeSums()].unblended -= discount.amount
        }
        return lines(sums)
    }

    private func lines(_ sums: [[String]: ChargeSums]) -> [CostLine] {
        sums.map { keys, sum in
            CostLine(day: export.month.firstDay, keys: keys, amounts: sum.amounts(export.effectiveMetric))
        }
        .inOrder
    }
}

/// What some line items come to by each way of counting that they speak of.
struct ChargeSums {
    /// Before discounts that stand apart.
    var unblended = ExactDecimal.zero
    private(set) var billed = ExactDecimal.zero
    private(set) var effective = ExactDecimal.zero

    mutating func add(_ billed: ExactDecimal, effective: ExactDecimal?) {
        unblended += billed
        self.billed += billed
        self.effective += effective ?? .zero
    }

    /// `effectiveMetric` is nil where the export does not say what commitments cover.
    func amounts(_ effectiveMetric: CostMetric?) -> CostAmounts {
        var amounts: CostAmounts = [.unblended: unblended, .netUnblended: billed]
        if let effectiveMetric { amounts[effectiveMetric] = effective }
        return amounts
    }
}

extension [CostLine] {
    /// By day and keys, so that the same files give the same bytes.
    var inOrder: [CostLine] {
        sorted { $0.day != $1.day ? $0.day < $1.day : $0.keys.lexicographicallyPrecedes($1.keys) }
    }
}
