public import FinOps
import Foundation

/// Why a cost that is a product of factors (days × usage × price × …) changed: one amount for each factor, without a rest.
///
/// The logarithmic mean Divisia index (LMDI-I) weighs each factor's logarithmic change by the logarithmic mean of the item's
/// two costs. It is exact for any number of factors and gives the same answer in either direction of time. The weights are
/// `Double`; the amounts are apportioned so that they add up to the exact change to the hundredth.
public struct FactorBridge: Hashable, Sendable {
    public struct Item: Hashable, Sendable {
        public let name: String
        /// In the order of the bridge's factors.
        public let before: [ExactDecimal]
        public let after: [ExactDecimal]
        /// Names the bar of its own that all of this item's change goes to: tax, support, credits and what else is not a
        /// product of usage and price.
        public let ownBar: String?
        /// What the item cost, where it is known better than by multiplying factors that were themselves divided.
        public let exactBefore: ExactDecimal?
        public let exactAfter: ExactDecimal?

        public init(
            name: String, before: [ExactDecimal], after: [ExactDecimal], ownBar: String? = nil,
            exactBefore: ExactDecimal? = nil, exactAfter: ExactDecimal? = nil
        ) {
            self.name = name
            self.before = before
            self.after = after
            self.ownBar = ownBar
            self.exactBefore = exactBefore
            self.exactAfter = exactAfter
        }
    }

    public struct Effect: Hashable, Sendable {
        /// A factor's name, an item's own bar, `new` or `gone`.
        public let factor: String
        public let amount: ExactDecimal
    }

    /// What costs now and did not before, and the other way round.
    public static let newBar = "new"
    public static let goneBar = "gone"

    /// Factors first, in their order; then new and gone; then own bars in the order they first appear.
    public let effects: [Effect]
    public let before: ExactDecimal
    public let after: ExactDecimal
    /// Zero, by construction; computed anew so that a reader need not believe it.
    public var residual: ExactDecimal { after - before - effects.map(\.amount).sum() }

    /// - Parameter fractionDigits: To which `before` and `after` are rounded; products of factors have digits that no bill
    ///   has. The effects add up to the rounded change.
    public init(factors: [String], items: [Item], fractionDigits: Int = 2) {
        var estimates = [Double](repeating: 0, count: factors.count)
        var bars: [(name: String, amount: ExactDecimal)] = [(Self.newBar, .zero), (Self.goneBar, .zero)]
        func add(_ amount: ExactDecimal, to bar: String) {
            if let place = bars.firstIndex(where: { $0.name == bar }) {
                bars[place].amount += amount
            } else {
                bars.append((bar, amount))
            }
        }
        var (before, after) = (ExactDecimal.zero, ExactDecimal.zero)
        for item in items {
            let old = item.exactBefore ?? Self.product(item.before)
            let new = item.exactAfter ?? Self.product(item.after)
            before += old
            after += new
            if let bar = item.ownBar {
                add(new - old, to: bar)
            } else if old.isZero {
                add(new, to: Self.newBar)
            } else if new.isZero {
                add(-old, to: Self.goneBar)
            } else if !Self.hasLogarithms(item) {
                add(new - old, to: item.name)
            } else {
                let weight = Self.logarithmicMean(new.measured, old.measured)
                for factor in factors.indices {
                    estimates[factor] += weight * log(item.after[factor].measured / item.before[factor].measured)
                }
            }
        }
        self.before = before.rounded(toFractionDigits: fractionDigits)
        self.after = after.rounded(toFractionDigits: fractionDigits)
        let named = factors + bars.map(\.name)
        let amounts = Apportionment.parts(
            of: self.after - self.before, estimates: estimates + bars.map { $0.amount.measured })
        effects = zip(named, amounts).filter { name, amount in
            !amount.isZero || factors.contains(name)
        }.map(Effect.init)
    }

    private static func product(_ factors: [ExactDecimal]) -> ExactDecimal { factors.dropFirst().reduce(factors[0], *) }

    /// A factor that changes its sign, or is zero on one side only, has no ratio: the item is shown whole instead.
    private static func hasLogarithms(_ item: Item) -> Bool {
        zip(item.before, item.after).allSatisfy { !$0.isZero && !$1.isZero && $0.isNegative == $1.isNegative }
    }

    static func logarithmicMean(_ first: Double, _ second: Double) -> Double {
        let ratio = first / second
        // Near one the quotient loses its digits; the series of (r − 1) / ln r does not.
        guard abs(ratio - 1) > 1e-6 else { return second * (1 + (ratio - 1) / 2) }
        return (first - second) / log(ratio)
    }
}
