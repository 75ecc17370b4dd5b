import Analysis
import ArgumentParser
import FinOps

struct BridgeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "bridge",
        abstract:
            "Split a change in your own costs into its factors: CSV or JSON with item and NAME_before, NAME_after.",
        discussion: """
            Every pair of columns NAME_before and NAME_after is a factor, and an item's cost is the product of its factors, \
            for example days, usage, price, commitment, spp and fx. Items that are new or gone, and rows with a name in the \
            column bar (tax, support, credits), stand as bars of their own. The parts add up to the cent. Contacts nobody.
            """)

    @OptionGroup var table: TableOptions

    @OptionGroup(title: "Everywhere")
    var global: GlobalOptions

    func run() async throws {
        try await global.guarded {
            let (factors, items) = try table.read().bridgeItems()
            let bridge = FactorBridge(factors: factors, items: items)
            try table.show(Self.table(bridge), json: Report(bridge), nothing: "nothing changed", global)
            return .complete
        }
    }

    private static func table(_ bridge: FactorBridge) -> AnswerTable {
        AnswerTable(
            columns: [.init(name: "factor"), .init(name: "amount", isFigure: true)],
            rows: [["before", bridge.before.text(fractionDigits: 2)]]
                + bridge.effects.map { [$0.factor, $0.amount.text(fractionDigits: 2)] }
                + [["after", bridge.after.text(fractionDigits: 2)]])
    }

    private struct Report: Encodable {
        struct Effect: Encodable {
            let factor: String
            let amount: String
        }
        let schema = 1
        let effects: [Effect]
        let before: String
        let after: String
        let residual: String

        init(_ bridge: FactorBridge) {
            effects = bridge.effects.map { Effect(factor: $0.factor, amount: $0.amount.text(fractionDigits: 2)) }
            before = bridge.before.text(fractionDigits: 2)
            after = bridge.after.text(fractionDigits: 2)
            residual = bridge.residual.text(fractionDigits: 2)
        }
    }
}
