import Analysis
import FinOps

/// Why the net cost changed, in bars that add up to the change to the last digit: the number of days, usage, list prices, the
/// rate of the partner discount, and what is no product of them – new and gone, commitments, support, tax, discounts,
/// credits, refunds. Where another currency is reported the same stands in it, with a bar for what the exchange rate did.
enum WhyFacts {
    static func write(_ material: FactMaterial, to ledger: inout FactLedger) {
        let change = material.net(in: material.month) - material.net(in: material.month.previous)
        let byService = material.gross(in: material.month) - material.gross(in: material.month.previous)
        // Both layers must know both months; the sum carries whichever reason there is.
        let known = (change + byService).map { _ in .zero }
        let usage = material.usage.map { ComparableUsage($0, material) }
        let bars = known.value == nil ? [:] : WhyBars(material, usage).amounts
        for bar in WhyBars.names { ledger.money("why.\(bar)", figure(bar, bars, known, material), label(bar)) }
        let total = known.map { _ in bars.values.sum() }
        ledger.money("why.total", total, "change of the net cost, all bars together")
        // A month three days shorter is not a saving.
        ledger.money(
            "total.underlying", total - figure(WhyBars.days, bars, known, material),
            "change of net cost beyond the number of days: all bars but that of the days")
        writeCoverage(material, usage, to: &ledger)
        writeConverted(material, known, usage, to: &ledger)
    }

    private static func figure(
        _ bar: String, _ bars: [String: ExactDecimal], _ known: Figure, _ material: FactMaterial
    ) -> Figure {
        let needsQuantities = bar == WhyBars.usage || bar == WhyBars.price
        return (needsQuantities ? known + material.usageQuestion : known).map { _ in bars[bar] ?? .zero }
    }

    /// How much of the month's usage could be told apart.
    private static func writeCoverage(
        _ material: FactMaterial, _ usage: ComparableUsage?, to ledger: inout FactLedger
    ) {
        let all = BridgeFacts.amount(of: .usage, in: material.month, material)
        ledger.count(
            "why.comparable.count", material.usageQuestion.map { _ in ExactDecimal(usage?.items.count ?? 0) },
            "usage types charged in both months and counted in one unit")
        ledger.percent(
            "why.comparable.share_pct",
            material.usageQuestion.map { _ in usage?.cost ?? .zero }.percent(of: all, otherwise: "nothing was used"),
            "their share of the month's usage")
    }

    /// Only where another currency was asked for; unknown without the rate of either month.
    private static func writeConverted(
        _ material: FactMaterial, _ known: Figure, _ usage: ComparableUsage?, to ledger: inout FactLedger
    ) {
        guard let display = material.displayRate, let wanted = material.policy.displayCurrency else { return }
        let after: Figure =
            switch display {
            case .known(let rate): material.displayFactor(rate)
            case .unknown(let trouble): Figure(trouble)
            }
        let before = material.previousDisplayFactor
        let rates = before.value.flatMap { before in
            after.value.map { WhyBars.Rates(before: before, after: $0) }
        }
        let all = known + (after + before).map { _ in .zero }
        var bars = all.value == nil ? [:] : WhyBars(material, usage, rates: rates).amounts
        let (month, previous) = (material.month, material.month.previous)
        let total = material.net(in: month) * after - material.net(in: previous) * before
        // Converting a sum and summing what was converted differ in the last of many digits: the rate's bar takes it.
        bars[WhyBars.currency, default: .zero] += (total.value ?? .zero) - bars.values.sum()
        for bar in WhyBars.names + [WhyBars.currency] {
            ledger.money("why.\(bar)_display", figure(bar, bars, all, material), label(bar), in: wanted)
        }
        ledger.money(
            "why.total_display", all + total, "change of the converted net cost, all bars together", in: wanted)
    }

    private static func label(_ bar: String) -> String {
        switch bar {
        case WhyBars.days: "what the number of days changed"
        case WhyBars.usage: "what quantities per day changed"
        case WhyBars.price: "what list prices of a unit changed"
        case WhyBars.usageAndPrice: "what usage per day and its list prices changed together, not told apart"
        case WhyBars.discountRate: "what the rate of the partner discount changed"
        case FactorBridge.newBar: "services new to an account, after the partner discount"
        case FactorBridge.goneBar: "services gone from an account, after the partner discount"
        case WhyBars.commitments: "what commitments cost more or less per day, fees less what they covered"
        case WhyBars.currency: "what the exchange rate changed, each month at its own"
        default: "change of " + (BridgeStep(rawValue: bar)?.label ?? bar)
        }
    }
}
