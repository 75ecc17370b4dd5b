import Analysis
import FinOps

/// Each bar's part of the change between two months. Converted, every amount counts at its own month's rate, and what the
/// rates alone did is a bar of its own.
///
/// Usage is days × cost a day × what the partner discount leaves of it, account by account, split by the logarithmic mean
/// (LMDI); a rate is one factor more. Where quantities were asked for, how much was used and what a unit cost are bars of
/// their own, usage type by usage type across the organisation; what cannot be told apart stays a third.
struct WhyBars {
    static let days = "days"
    static let usage = "usage"
    static let price = "price"
    static let usageAndPrice = "usage_and_price"
    static let discountRate = "partner_discount"
    static let commitments = "commitments"
    static let currency = "currency"
    /// Changes that are what they are.
    static let fixedSteps: [BridgeStep] = [.support, .tax, .other, .discounts, .credits, .refunds]
    /// In the order they are drawn; the currency's, where there is one, comes last.
    static let names =
        [days, usage, price, usageAndPrice, discountRate, FactorBridge.newBar, FactorBridge.goneBar, commitments]
        + fixedSteps.map(\.rawValue)

    /// What one unit of the billing currency was worth.
    struct Rates {
        let before: ExactDecimal
        let after: ExactDecimal
    }

    private(set) var amounts: [String: ExactDecimal] = [:]
    private let rates: Rates?

    /// - Parameter usage: Nil where quantities are unknown; there are no bars for usage and price apart then.
    init(_ material: FactMaterial, _ usage: ComparableUsage?, rates: Rates? = nil) {
        self.rates = rates
        let before = UsageCharges(material, in: material.month.previous)
        let after = UsageCharges(material, in: material.month)
        let split = UsageSplit(before: before, after: after, isInBoth: CellPresence(material))
        add(split.items, factors: [Self.days, Self.usageAndPrice, Self.discountRate])
        if let usage { tellApart(usage, before, after) }
        amounts[FactorBridge.newBar, default: .zero] += split.new * (rates?.after ?? "1")
        amounts[FactorBridge.goneBar, default: .zero] -= split.gone * (rates?.before ?? "1")
        addCommitments(before, after)
        for step in Self.fixedSteps {
            addFixed(step.rawValue, before.steps[step] ?? .zero, after.steps[step] ?? .zero)
        }
    }

    private mutating func tellApart(_ usage: ComparableUsage, _ before: UsageCharges, _ after: UsageCharges) {
        let apart = QuantityPriceSplit(
            items: usage.items, days: (before.days, after.days),
            worth: (before.discountLeaves * (rates?.before ?? "1"), after.discountLeaves * (rates?.after ?? "1")))
        amounts[Self.usage] = apart.quantity
        amounts[Self.price] = apart.price
        amounts[Self.usageAndPrice, default: .zero] -= apart.quantity + apart.price
    }

    /// Fees by the hour follow the days; one-off fees, and fees that begin or end, do not.
    private mutating func addCommitments(_ before: UsageCharges, _ after: UsageCharges) {
        var hourly: [FactorBridge.Item] = []
        var isFixed = KeptAnswers { FixedCharge.includes(recordType: $0) }
        for key in Set(before.commitments.keys).union(after.commitments.keys).sorted(by: { $0.order < $1.order }) {
            let (old, new) = (before.commitments[key] ?? .zero, after.commitments[key] ?? .zero)
            guard !isFixed(key.recordType), !old.isZero, !new.isZero else {
                addFixed(Self.commitments, old, new)
                continue
            }
            hourly.append(
                FactorBridge.Item(
                    name: Self.commitments, before: before.daily(old), after: after.daily(new), exactBefore: old,
                    exactAfter: new))
        }
        add(hourly, factors: [Self.days, Self.commitments])
    }

    /// An amount that is no product of anything but the currency's rate.
    private mutating func addFixed(_ bar: String, _ old: ExactDecimal, _ new: ExactDecimal) {
        guard rates != nil, !old.isZero, !new.isZero else {
            amounts[bar, default: .zero] += new * (rates?.after ?? "1") - old * (rates?.before ?? "1")
            return
        }
        add(
            [FactorBridge.Item(name: bar, before: [old], after: [new], exactBefore: old, exactAfter: new)],
            factors: [bar])
    }

    private mutating func add(_ items: [FactorBridge.Item], factors: [String]) {
        let bridge = FactorBridge(
            factors: factors + (rates == nil ? [] : [Self.currency]), items: items.map(converted), fractionDigits: 12)
        for effect in bridge.effects { amounts[effect.factor, default: .zero] += effect.amount }
    }

    private func converted(_ item: FactorBridge.Item) -> FactorBridge.Item {
        guard let rates else { return item }
        return FactorBridge.Item(
            name: item.name, before: item.before + [rates.before], after: item.after + [rates.after],
            ownBar: item.ownBar, exactBefore: item.exactBefore.map { $0 * rates.before },
            exactAfter: item.exactAfter.map { $0 * rates.after })
    }
}
