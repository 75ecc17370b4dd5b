import FinOps
import TestSupport
import Testing

@testable import Analysis

@Suite struct `The bridge from one month to the next` {
    private let factors = ["days", "usage", "price", "commitment", "spp", "fx"]

    private var reference: [FactorBridge.Item] {
        let before: [[ExactDecimal]] = [
            ["28", "1200", "0.096", "0.78", "0.94", "1.72"], ["28", "500", "0.023", "1", "0.94", "1.72"],
            ["28", "90", "0.4", "0.9", "0.94", "1.72"],
        ]
        let after: [[ExactDecimal]] = [
            ["31", "1310", "0.096", "0.7", "0.93", "1.68"], ["31", "530", "0.023", "1", "0.93", "1.68"],
            ["31", "70", "0.42", "0.92", "0.93", "1.68"],
        ]
        return zip(before, after).enumerated().map { FactorBridge.Item(name: "\($0)", before: $1.0, after: $1.1) }
    }

    private func amounts(_ bridge: FactorBridge) -> [String: ExactDecimal] {
        Dictionary(uniqueKeysWithValues: bridge.effects.map { ($0.factor, $0.amount) })
    }

    /// The last is -143.6947: rounded alone it would be -143.69, and the six would miss the change of 109.06 by a hundredth.
    @Test func `the reference's six effects come out to the hundredth and leave nothing over`() {
        let bridge = FactorBridge(factors: factors, items: reference)
        #expect(bridge.effects.map(\.factor) == factors)
        #expect(bridge.effects.map(\.amount) == ["621.56", "49.07", "67.67", "-420.23", "-65.31", "-143.70"])
        #expect(bridge.residual == .zero)
    }

    @Test func `the way back is the same way, with the other sign`() {
        let back = reference.map { FactorBridge.Item(name: $0.name, before: $0.after, after: $0.before) }
        let (there, home) = (
            FactorBridge(factors: factors, items: reference), FactorBridge(factors: factors, items: back)
        )
        #expect(there.effects.map(\.amount) == home.effects.map { -$0.amount })
    }

    @Test func `new, gone and own bars stand for themselves`() {
        let bridge = FactorBridge(
            factors: ["usage", "price"],
            items: [
                .init(name: "a", before: ["10", "2"], after: ["12", "2"]),
                .init(name: "b", before: ["0", "2"], after: ["3", "2"]),
                .init(name: "c", before: ["1", "7.5"], after: ["1", "0"]),
                .init(name: "d", before: ["1", "100"], after: ["1", "115"], ownBar: "tax"),
            ])
        #expect(amounts(bridge) == ["usage": "4", "price": "0", "new": "6", "gone": "-7.5", "tax": "15"])
        #expect(bridge.residual == .zero)
    }

    @Test func `an item without logarithms is shown whole`() {
        let bridge = FactorBridge(
            factors: ["usage", "price"], items: [.init(name: "refund", before: ["2", "5"], after: ["2", "-5"])])
        #expect(amounts(bridge)["refund"] == "-20")
        #expect(bridge.residual == .zero)
    }

    @Test func `any bridge adds up to the hundredth`() {
        var random = SeededRandom(state: 7)
        for _ in 0..<300 {
            let items = (0..<Int.random(in: 1...12, using: &random)).map { index in
                func factor() -> ExactDecimal {
                    ExactDecimal(units: Int128(Int.random(in: 0...9_000_000, using: &random)) * 1_000_000)
                }
                return FactorBridge.Item(
                    name: "\(index)", before: [factor(), factor(), factor()], after: [factor(), factor(), factor()])
            }
            let bridge = FactorBridge(factors: ["a", "b", "c"], items: items)
            #expect(bridge.residual == .zero)
        }
    }

    @Test func `apportioning gives rounding's remainder to whom it hurt most`() {
        #expect(
            Apportionment.parts(of: "1.00", estimates: [1.0 / 3, 1.0 / 3, 1.0 / 3]) == ["0.34", "0.33", "0.33"])
        #expect(Apportionment.parts(of: "-0.01", estimates: [-0.004, -0.006]) == ["0", "-0.01"])
        #expect(Apportionment.parts(of: "0.02", estimates: [0, 0]) == ["0.01", "0.01"])
        #expect(Apportionment.parts(of: "0", estimates: []).isEmpty)
        #expect(Apportionment.parts(of: "1.005", estimates: [0.3, 0.7]) == ["0.3", "0.705"])
    }
}

@Suite struct `What drove a change` {
    private let dimensions = ["account", "service", "usage"]

    /// Four accounts, five services, three usage types; `ratio` is what each leaf moved by.
    private func leaves(_ ratio: (String, String, String) -> ExactDecimal) -> [RippleSearch.Leaf] {
        (1...4).flatMap { account in
            (1...5).flatMap { service in
                (1...3).map { usage in
                    let values = ["a\(account)", "s\(service)", "u\(usage)"]
                    let before = ExactDecimal(100 + 37 * account + 11 * service * usage)
                    return RippleSearch.Leaf(
                        values: values, before: before, after: before * ratio(values[0], values[1], values[2]))
                }
            }
        }
    }

    private func causes(_ ratio: (String, String, String) -> ExactDecimal) -> [[String]] {
        RippleSearch(dimensions: dimensions).causes(of: leaves(ratio)).map { $0.dimensions.map(\.value) }
    }

    @Test func `one account is named as one cause, not as its fifteen parts`() {
        #expect(causes { account, _, _ in account == "a2" ? "1.5" : "1" } == [["a2"]])
    }

    @Test func `a combination is named with as many dimensions as it needs`() {
        #expect(causes { account, service, _ in account == "a1" && service == "s3" ? "2" : "1" } == [["a1", "s3"]])
        #expect(causes { $0 == "a4" && $1 == "s1" && $2 == "u2" ? "9" : "1" } == [["a4", "s1", "u2"]])
    }

    @Test func `two causes with ratios of their own are told apart`() {
        let found = causes { account, service, _ in service == "s2" ? "0.4" : account == "a3" ? "1.6" : "1" }
        #expect(Set(found) == [["s2"], ["a3"]])
    }

    @Test func `growth of everything is no cause`() {
        #expect(causes { _, _, _ in "1.08" }.isEmpty)
        #expect(causes { account, _, _ in account == "a1" ? "1.9" : "1.08" } == [["a1"]])
    }

    @Test func `what is new has no ratio and is found all the same`() {
        let known = leaves { _, _, _ in "1" }
        let new = (1...3).map {
            RippleSearch.Leaf(values: ["a9", "s\($0)", "u1"], before: .zero, after: ExactDecimal(400 * $0))
        }
        let causes = RippleSearch(dimensions: dimensions).causes(of: known + new)
        #expect(causes.map { $0.dimensions.map(\.value) } == [["a9"]])
        #expect(causes[0].delta == "2400")
    }

    @Test func `nothing changed means no cause`() {
        #expect(causes { _, _, _ in "1" }.isEmpty)
        #expect(RippleSearch(dimensions: dimensions).causes(of: []).isEmpty)
    }
}
