import Analysis
import FinOps

/// Why the net cost changed, in bars that add up to the change to the last digit: the number of days, usage, the rate of the
/// partner discount, and what is no product of them – new and gone, commitments, support, tax, discounts, credits, refunds.
///
/// Usage is days × cost a day × what the partner discount leaves of it, account by account, split by the logarithmic mean
/// (LMDI). How much was used at which price would need quantities per usage type, which are not asked for: usage and list
/// price are one bar, and the bar of prices says so.
enum WhyFacts {
    static let days = "days"
    static let usage = "usage"
    static let discountRate = "partner_discount"
    static let commitments = "commitments"
    /// In the order they are drawn.
    static let bars =
        [days, usage, discountRate, FactorBridge.newBar, FactorBridge.goneBar, commitments] + ownBars.map(\.rawValue)
    /// Changes that are what they are.
    private static let ownBars: [BridgeStep] = [.support, .tax, .other, .discounts, .credits, .refunds]

    static func write(_ material: FactMaterial, to ledger: inout FactLedger) {
        let change = material.net(in: material.month) - material.net(in: material.month.previous)
        let byService = material.gross(in: material.month) - material.gross(in: material.month.previous)
        // Both layers must know both months; the sum carries whichever reason there is.
        let known = (change + byService).map { _ in .zero }
        let amounts = known.value == nil ? [:] : Self.amounts(material)
        func figure(_ bar: String) -> Figure { known.map { _ in amounts[bar] ?? .zero } }
        for bar in bars { ledger.money("why.\(bar)", figure(bar), label(bar)) }
        ledger.money(
            "why.total", bars.map(figure).reduce(known) { $0 + $1 }, "change of the net cost, all bars together")
        let unasked = "usage quantities are not asked for: list prices are part of the bar of usage"
        ledger.money("why.price", Figure(unknown: unasked), "change of list prices")
    }

    private static func amounts(_ material: FactMaterial) -> [String: ExactDecimal] {
        let (month, previous) = (material.month, material.month.previous)
        let before = UsageCharges(material, in: previous)
        let after = UsageCharges(material, in: month)
        var amounts: [String: ExactDecimal] = [:]
        func add(_ bridge: FactorBridge) {
            for effect in bridge.effects { amounts[effect.factor, default: .zero] += effect.amount }
        }
        let split = UsageSplit(before: before, after: after, isInBoth: CellPresence(material))
        add(FactorBridge(factors: [days, usage, discountRate], items: split.items, fractionDigits: 12))
        amounts[FactorBridge.newBar, default: .zero] += split.new
        amounts[FactorBridge.goneBar, default: .zero] -= split.gone
        add(FactorBridge(factors: [days, commitments], items: commitmentItems(before, after), fractionDigits: 12))
        for step in ownBars {
            amounts[step.rawValue] = (after.steps[step] ?? .zero) - (before.steps[step] ?? .zero)
        }
        return amounts
    }

    /// Fees by the hour follow the days; one-off fees, and fees that begin or end, do not.
    private static func commitmentItems(_ before: UsageCharges, _ after: UsageCharges) -> [FactorBridge.Item] {
        Set(before.commitments.keys).union(after.commitments.keys).sorted { $0.order < $1.order }.map { key in
            let (old, new) = (before.commitments[key] ?? .zero, after.commitments[key] ?? .zero)
            let follows = !FixedCharge.includes(recordType: key.recordType) && !old.isZero && !new.isZero
            return FactorBridge.Item(
                name: commitments, before: before.daily(old), after: after.daily(new),
                ownBar: follows ? nil : commitments, exactBefore: old, exactAfter: new)
        }
    }

    private static func label(_ bar: String) -> String {
        switch bar {
        case days: "what the number of days changed"
        case usage: "what usage per day, and its list prices, changed"
        case discountRate: "what the rate of the partner discount changed"
        case FactorBridge.newBar: "services new to an account, after the partner discount"
        case FactorBridge.goneBar: "services gone from an account, after the partner discount"
        case commitments: "what commitments cost more or less per day, fees less what they covered"
        default: "change of " + (BridgeStep(rawValue: bar)?.label ?? bar)
        }
    }
}
