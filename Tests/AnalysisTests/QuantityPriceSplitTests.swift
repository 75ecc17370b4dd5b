import FinOps
import Testing

@testable import Analysis

@Suite struct `Quantities and prices` {
    private func split(
        _ items: [QuantityPriceSplit.Item], days: (before: Int, after: Int) = (30, 30),
        worth: (before: ExactDecimal, after: ExactDecimal) = ("1", "1")
    ) -> QuantityPriceSplit {
        QuantityPriceSplit(items: items, days: days, worth: worth)
    }

    private func item(
        _ costs: (ExactDecimal, ExactDecimal), _ quantities: (ExactDecimal, ExactDecimal)
    ) -> QuantityPriceSplit.Item {
        .init(costBefore: costs.0, costAfter: costs.1, quantityBefore: quantities.0, quantityAfter: quantities.1)
    }

    @Test func `a tenth more at a tenth more a unit is half and half`() {
        let split = split([item(("100", "121"), ("10", "11"))])
        #expect(split.quantity == "10.5" && split.price == "10.5")
    }

    @Test func `as much a day in a shorter month is no change of quantity`() {
        let split = split([item(("310", "280"), ("31", "28"))], days: (31, 28))
        #expect(split.quantity == .zero && split.price == .zero)
    }

    @Test func `they are the bridge's own factors, whatever a discount leaves and the currency is worth`() {
        let bridge = FactorBridge(
            factors: ["days", "usage", "price", "spp", "fx"],
            items: [
                .init(
                    name: "hours", before: ["28", "1200", "0.096", "0.94", "1.72"],
                    after: ["31", "1310", "0.099", "0.93", "1.68"])
            ])
        let split = split(
            [item(("3225.6", "4020.39"), ("33600", "40610"))], days: (28, 31), worth: ("1.6168", "1.5624"))
        #expect([split.quantity, split.price] == bridge.effects[1...2].map(\.amount))
    }

    @Test func `what has no ratio is left out`() {
        for bad in [
            item(("0", "5"), ("1", "1")), item(("5", "-5"), ("1", "1")), item(("5", "6"), ("0", "1")),
            item(("5", "6"), ("1", "-1")),
        ] {
            let split = split([bad])
            #expect(!bad.hasRatios && split.quantity == .zero && split.price == .zero)
        }
    }

    /// AWS counts requests by the quintillion.
    @Test func `quantities of any size are split`() {
        let split = split([item(("100", "121"), ("100000000000000000", "110000000000000000"))])
        #expect(split.quantity == "10.5")
    }
}
