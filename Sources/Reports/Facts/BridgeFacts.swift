import FinOps

/// From gross to net by what kind of charge a line is. The steps add up to the net total exactly, whatever AWS calls them.
enum BridgeFacts {
    static func write(_ material: FactMaterial, to ledger: inout FactLedger) {
        for step in BridgeStep.allCases {
            let now = amount(of: step, in: material.month, material)
            let before = amount(of: step, in: material.month.previous, material)
            let fixed = amount(of: step, in: material.month.previous, material, where: FixedCharge.includes)
            ledger.money("bridge.\(step.rawValue)", now, "\(step.label) in \(material.month.name)")
            ledger.money("bridge.\(step.rawValue).previous", before, "\(step.label) in \(material.month.previous.name)")
            ledger.money(
                "bridge.\(step.rawValue).underlying",
                Change(now, before, material.month, fixed: fixed).underlying,
                "change of \(step.label) beyond the number of days")
            ledger.money("bridge.\(step.rawValue).change", now - before, "change of \(step.label)")
        }
        let discount = amount(of: .partnerDiscount, in: material.month, material)
        let net = material.net(in: material.month)
        ledger.money("bridge.subtotal", net - discount, "net cost before the partner discount")
        ledger.percent(
            "bridge.partner_discount.share_pct", discount.percent(of: net - discount, otherwise: "no cost to discount"),
            "partner discount as a share of the cost before it")
    }

    static func amount(
        of step: BridgeStep, in month: BillingMonth, _ material: FactMaterial,
        where isWanted: (String) -> Bool = { _ in true }
    ) -> Figure {
        material.figure(material.collection.recordTypes, in: month) { ledger in
            ledger.totals(material.metric, in: month, by: .recordType)
                .filter { BridgeStep(RecordClass(recordType: $0.key)) == step && isWanted($0.key) }
                .map(\.value).sum()
        }
    }
}

/// The bars of the bridge from usage to net, in the order a bill is read.
enum BridgeStep: String, CaseIterable {
    case usage, commitments, support, tax, other, discounts, credits, refunds
    case partnerDiscount = "partner_discount"

    init(_ recordClass: RecordClass) {
        self =
            switch recordClass {
            case .usage: .usage
            case .commitmentFee, .savingsPlanNegation: .commitments
            case .support: .support
            case .tax: .tax
            case .other: .other
            case .enterpriseDiscount, .privateRateDiscount, .bundledDiscount, .otherDiscount: .discounts
            case .credit: .credits
            case .refund: .refunds
            case .spp: .partnerDiscount
            }
    }

    var label: String {
        switch self {
        case .usage: "usage"
        case .commitments: "commitment fees, net"
        case .support: "support"
        case .tax: "tax"
        case .other: "other charges"
        case .discounts: "negotiated discounts"
        case .credits: "credits"
        case .refunds: "refunds"
        case .partnerDiscount: "partner discount"
        }
    }
}
