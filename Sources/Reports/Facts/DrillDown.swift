import FinOps

/// The way from the organisation down to single resources: at each level the few that cost most, and the others together, so
/// that each level adds up to the one above.
struct DrillDown {
    private struct Level {
        let kind: CostNode.Kind
        let shown: Int
        /// Nil belongs to the others.
        let key: (ResourceCosts.Row) -> String?
        let name: (String) -> String
    }

    private let figures: ResourceFigures
    private let levels: [Level]

    init(_ figures: ResourceFigures, accounts: [Account]) {
        self.figures = figures
        let known = Dictionary(accounts.map { ($0.id, $0) }) { first, _ in first }
        let hasUnits = accounts.contains { $0.organizationalUnits != nil }
        func unit(_ row: ResourceCosts.Row) -> String? {
            known[row.account]?.organizationalUnits.map { path in
                path.isEmpty ? "Root" : path.prefix(2).joined(separator: UnitFacts.separator)
            }
        }
        let unitLevel = Level(kind: .unit, shown: 4, key: unit, name: { $0 })
        levels =
            (hasUnits ? [unitLevel] : []) + [
                Level(kind: .account, shown: 3, key: \.account, name: { known[$0]?.name ?? $0 }),
                Level(kind: .service, shown: 2, key: \.service, name: { $0 }),
                Level(kind: .resource, shown: 3, key: \.resource, name: { $0 }),
            ]
    }

    func write(_ rows: [ResourceCosts.Row], to ledger: inout FactLedger) -> CostNode {
        node("drill", .organization, "All accounts", rows, levels[...], to: &ledger)
    }

    private func node(
        _ prefix: String, _ kind: CostNode.Kind, _ name: String, _ rows: [ResourceCosts.Row],
        _ levels: ArraySlice<Level>, to ledger: inout FactLedger
    ) -> CostNode {
        figures.write(prefix, rows, "this part", to: &ledger)
        guard let level = levels.first else {
            return CostNode(factPrefix: prefix, kind: kind, name: name, children: [])
        }
        var groups = Dictionary(grouping: rows) { level.key($0) }
        var others = groups.removeValue(forKey: nil) ?? []
        let ordered = groups.map { (key: $0.key!, rows: $0.value, cost: $0.value.map(\.cost).sum()) }
            .sorted { ($1.cost, $0.key) < ($0.cost, $1.key) }
        var children = ordered.prefix(level.shown).enumerated().map { index, group in
            node(
                "\(prefix).\(index + 1)", level.kind, level.name(group.key), group.rows, levels.dropFirst(),
                to: &ledger)
        }
        others += ordered.dropFirst(level.shown).flatMap(\.rows)
        if !others.isEmpty, !children.isEmpty {
            children.append(
                node("\(prefix).others", .others, Self.others(level.kind), others, [], to: &ledger))
        }
        return CostNode(factPrefix: prefix, kind: kind, name: name, children: children)
    }

    private static func others(_ kind: CostNode.Kind) -> String {
        switch kind {
        case .unit: "Other units, and accounts of none"
        case .account: "Other accounts"
        case .service: "Other services"
        default: "Other resources, and what names none"
        }
    }
}
