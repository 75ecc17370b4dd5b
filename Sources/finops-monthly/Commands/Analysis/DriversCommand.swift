import Analysis
import ArgumentParser
import FinOps

struct DriversCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "drivers",
        abstract: "Find what drove a change in your own costs: CSV or JSON with dimensions, before and after.",
        discussion: """
            Every column beside before and after is a dimension. A cause is a combination of up to three dimensions' values \
            whose rows moved alike; growth of everything is no cause. What no cause holds is `unexplained`. Contacts nobody.
            """)

    @OptionGroup var table: TableOptions

    @OptionGroup(title: "Everywhere")
    var global: GlobalOptions

    func run() async throws {
        try await global.guarded {
            let (dimensions, leaves) = try table.read().leaves()
            let causes = RippleSearch(dimensions: dimensions).causes(of: leaves)
            let total = leaves.map(\.after).sum() - leaves.map(\.before).sum()
            let unexplained = total - causes.map(\.delta).sum()
            let items = causes.map { Item($0, total: total) }
            try table.show(
                Self.table(items, unexplained), json: Report(causes: items, unexplained: unexplained.description),
                nothing: "no cause stands out", global)
            return .complete
        }
    }

    private struct Item: Encodable {
        let dimensions: [String: String]
        let before: String
        let after: String
        let delta: String
        /// Of the whole change; nil when the whole did not change.
        let sharePct: String?
        let name: String

        private enum CodingKeys: String, CodingKey { case dimensions, before, after, delta, sharePct }

        init(_ cause: RippleSearch.Cause, total: ExactDecimal) {
            dimensions = Dictionary(uniqueKeysWithValues: cause.dimensions.map { ($0.dimension, $0.value) })
            (before, after, delta) = (cause.before.description, cause.after.description, cause.delta.description)
            sharePct = cause.delta.percent(of: total)?.text(fractionDigits: 2)
            name = cause.dimensions.map { "\($0.dimension) \($0.value)" }.joined(separator: " × ")
        }
    }

    private static func table(_ items: [Item], _ unexplained: ExactDecimal) -> AnswerTable {
        AnswerTable(
            columns: [
                .init(name: "cause"), .init(name: "before", isFigure: true), .init(name: "after", isFigure: true),
                .init(name: "delta", isFigure: true), .init(name: "share_pct", isFigure: true),
            ],
            rows: items.map { [$0.name, $0.before, $0.after, $0.delta, $0.sharePct ?? "unknown"] }
                + (unexplained.isZero ? [] : [["unexplained", "", "", unexplained.description, ""]]))
    }

    private struct Report: Encodable {
        let schema = 1
        let causes: [Item]
        let unexplained: String
    }
}
