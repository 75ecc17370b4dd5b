import Analysis
import FinOps

/// Why the net cost changed, in bars that add up to the change to the last digit: the number of days, usage, the rate of the
/// partner discount, and what is no product of them – new and gone, commitments, support, tax, discounts, credits, refunds.
/// Where another currency is reported the same stands in it, with a bar for what the exchange rate did.
enum WhyFacts {
    static func write(_ material: FactMaterial, to ledger: inout FactLedger) {
        let change = material.net(in: material.month) - material.net(in: material.month.previous)
        let byService = material.gross(in: material.month) - material.gross(in: material.month.previous)
        // Both layers must know both months; the sum carries whichever reason there is.
        let known = (change + byService).map { _ in .zero }
        let bars = known.value == nil ? [:] : WhyBars(material).amounts
        func figure(_ bar: String) -> Figure { known.map { _ in bars[bar] ?? .zero } }
        for bar in WhyBars.names { ledger.money("why.\(bar)", figure(bar), label(bar)) }
        let total = WhyBars.names.map(figure).reduce(known) { $0 + $1 }
        ledger.money("why.total", total, "change of the net cost, all bars together")
        ledger.money(
            "why.beyond_days", total - figure(WhyBars.days), "change of the net cost, all bars but that of the days")
        let unasked = "usage quantities are not asked for: list prices are part of the bar of usage"
        ledger.money("why.price", Figure(unknown: unasked), "change of list prices")
        writeConverted(material, known, to: &ledger)
    }

    /// Only where another currency was asked for; unknown without the rate of either month.
    private static func writeConverted(_ material: FactMaterial, _ known: Figure, to ledger: inout FactLedger) {
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
        var bars = all.value == nil ? [:] : WhyBars(material, rates: rates).amounts
        let (month, previous) = (material.month, material.month.previous)
        let total = material.net(in: month) * after - material.net(in: previous) * before
        // Converting a sum and summing what was converted differ in the last of many digits: the rate's bar takes it.
        bars[WhyBars.currency, default: .zero] += (total.value ?? .zero) - bars.values.sum()
        for bar in WhyBars.names + [WhyBars.currency] {
            ledger.money("why.\(bar)_display", all.map { _ in bars[bar] ?? .zero }, label(bar), in: wanted)
        }
        ledger.money(
            "why.total_display", all + total, "change of the converted net cost, all bars together", in: wanted)
    }

    private static func label(_ bar: String) -> String {
        switch bar {
        case WhyBars.days: "what the number of days changed"
        case WhyBars.usage: "what usage per day, and its list prices, changed"
        case WhyBars.discountRate: "what the rate of the partner discount changed"
        case FactorBridge.newBar: "services new to an account, after the partner discount"
        case FactorBridge.goneBar: "services gone from an account, after the partner discount"
        case WhyBars.commitments: "what commitments cost more or less per day, fees less what they covered"
        case WhyBars.currency: "what the exchange rate changed, each month at its own"
        default: "change of " + (BridgeStep(rawValue: bar)?.label ?? bar)
        }
    }
}
