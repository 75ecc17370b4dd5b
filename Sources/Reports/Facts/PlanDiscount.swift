import FinOps

/// What a savings plan takes off the on-demand price, in percent: as somebody set it, else as the month's own plans did, by the
/// bill or by the line items. Without either it is unknown.
struct PlanDiscount {
    /// What the bill says of the month's plans.
    struct Billed {
        let used: Figure
        let onDemand: Figure
    }

    let percent: Figure
    /// Where it comes from, in words.
    let origin: String

    init(_ material: FactMaterial, _ billed: Billed) {
        let items = material.collection.uncoveredCompute?.value.flatMap { compute in
            compute.underPlans.map { (cost: $0.cost, onDemand: $0.onDemand, [compute.record.parametersSHA256]) }
        }
        if let configured = material.analysis.commitmentDiscountPercent {
            self.init(Figure(configured, []), "as `commitment_discount` sets it")
        } else if let taken = Self.taken(billed.used.value, of: billed.onDemand.value) {
            self.init(Figure(taken, billed.used.sources), "what the month's savings plans took off, by the bill")
        } else if let items, let taken = Self.taken(items.cost, of: items.onDemand) {
            self.init(Figure(taken, items.2), "what the month's savings plans took off, by the line items")
        } else {
            self.init(
                Figure(
                    unknown: "no savings plan of the month shows what a plan takes off the on-demand price; "
                        + "set `commitment_discount`"), "not known")
        }
    }

    private init(_ percent: Figure, _ origin: String) {
        (self.percent, self.origin) = (percent, origin)
    }

    /// Nil when nothing was covered, or not by less than it costs on demand.
    private static func taken(_ cost: ExactDecimal?, of onDemand: ExactDecimal?) -> ExactDecimal? {
        guard let cost, let onDemand, cost > .zero, cost < onDemand else { return nil }
        return (onDemand - cost).percent(of: onDemand, fractionDigits: 6)
    }
}
