import FinOps

/// How far the figures can be relied on: the two layers held against one another, and the gates judged so far.
enum AssuranceFacts {
    static func write(_ material: FactMaterial, verdicts: [Verdict], to ledger: inout FactLedger) {
        let validation = material.crossValidation
        let sources = validation.layers.map(\.record.parametersSHA256)
        let reason = validation.missing.first.map(Reason.of) ?? "the layers could not be compared"
        func figure(_ value: ExactDecimal?) -> Figure {
            value.map { Figure($0, sources) } ?? Figure(unknown: reason, sources)
        }
        for layer in validation.layers {
            let source = [layer.record.parametersSHA256]
            ledger.money("layer.\(layer.id).total", Figure(layer.total, source), layer.title)
            ledger.count("layer.\(layer.id).accounts", layer.accountCount, "accounts in it", sources: source)
            ledger.count("layer.\(layer.id).lines", layer.lineCount, "lines in it", sources: source)
        }
        for item in validation.items {
            let prefix = "reconciliation.\(item.recordClass.rawValue)"
            ledger.money(
                "\(prefix).amount", figure(item.amount), "\(BridgeStep(item.recordClass).label), in one layer only")
            ledger.percent("\(prefix).share_pct", figure(item.sharePercent), "share of the difference it explains")
        }
        ledger.money("reconciliation.raw", figure(validation.rawDifference), "difference between the layers")
        ledger.percent("reconciliation.raw_pct", figure(validation.rawVariancePercent), "the same in percent of L3")
        ledger.money("reconciliation.residual", figure(validation.residual), "difference that nothing explains")
        ledger.percent(
            "reconciliation.adjusted_pct", figure(validation.adjustedVariancePercent), "the same in percent of L3")
        ledger.money(
            "reconciliation.by_account", figure(validation.residualByAccountAbsolute),
            "differences per account added up without their signs")
        ledger.percent("policy.variance_limit", Figure(material.policy.varianceLimitPercent, []), "limit of gate G4")
        ledger.money(
            "policy.approval_threshold", Figure(material.policy.approvalThreshold.amount, []),
            "total from which a person must approve", in: material.policy.approvalThreshold.currency)
        ledger.count("policy.approval_quorum", material.policy.approvalQuorum, "people who must approve")
        ledger.count("gates.judged", verdicts.count, "gates judged before the reports were written")
        ledger.count("gates.held", verdicts.count(where: \.holds), "of them passed or advised")
        ledger.count(
            "sources.unavailable", (material.inventory.troubles + material.collection.troubles).count,
            "sources that were not available")
        for record in material.collection.records {
            ledger.count(
                "query.\(record.id).rows", record.rows, "rows answered", sources: [record.parametersSHA256])
            ledger.count(
                "query.\(record.id).pages", record.pages.count, "pages answered", sources: [record.parametersSHA256])
        }
    }
}
