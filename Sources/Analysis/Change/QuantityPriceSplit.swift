public import FinOps
import Foundation

/// How much of a change came from quantities and how much from prices, of items that cost quantity × price: each item's
/// logarithmic change of either, weighed by the logarithmic mean of its two costs (LMDI-I).
///
/// What the number of days did is in neither: quantities count per day. Items that have no ratio – nothing on one side, or
/// less than nothing – are left out; whoever splits an exact amount keeps what these two do not explain as a rest.
public struct QuantityPriceSplit: Hashable, Sendable {
    public struct Item: Hashable, Sendable {
        public let costBefore: ExactDecimal
        public let costAfter: ExactDecimal
        /// In one unit.
        public let quantityBefore: ExactDecimal
        public let quantityAfter: ExactDecimal

        public init(
            costBefore: ExactDecimal, costAfter: ExactDecimal, quantityBefore: ExactDecimal,
            quantityAfter: ExactDecimal
        ) {
            (self.costBefore, self.costAfter) = (costBefore, costAfter)
            (self.quantityBefore, self.quantityAfter) = (quantityBefore, quantityAfter)
        }

        /// Whether the split can say anything of it.
        public var hasRatios: Bool {
            [costBefore, costAfter, quantityBefore, quantityAfter].allSatisfy { $0 > .zero }
        }
    }

    /// To the hundredth.
    public let quantity: ExactDecimal
    public let price: ExactDecimal

    /// - Parameter worth: What one unit of cost counts for before and after: what a discount leaves of it, an exchange rate.
    public init(items: [Item], days: (before: Int, after: Int), worth: (before: ExactDecimal, after: ExactDecimal)) {
        let daysRatio = Double(days.after) / Double(days.before)
        var (quantity, price) = (0.0, 0.0)
        for item in items where item.hasRatios {
            let weight = FactorBridge.logarithmicMean(
                (item.costAfter * worth.after).measured, (item.costBefore * worth.before).measured)
            let used = item.quantityAfter.measured / item.quantityBefore.measured
            quantity += weight * log(used / daysRatio)
            price += weight * log(item.costAfter.measured / item.costBefore.measured / used)
        }
        self.quantity = Self.hundredths(quantity)
        self.price = Self.hundredths(price)
    }

    private static func hundredths(_ amount: Double) -> ExactDecimal {
        ExactDecimal(units: Int128((amount * 100).rounded()) * 10_000_000_000)
    }
}
