import FinOps

/// What changed, from rows with a before and an after.
extension DataTable {
    /// Columns `before` and `after`; every other column is a dimension.
    public func leaves() throws -> (dimensions: [String], leaves: [RippleSearch.Leaf]) {
        try require(["before", "after"])
        let dimensions = columns.filter { !["before", "after"].contains($0) }
        guard !dimensions.isEmpty else { throw refused("has no dimension beside `before` and `after`") }
        guard dimensions.count <= Self.mostDimensions else {
            throw refused("has \(dimensions.count) dimensions, and at most \(Self.mostDimensions) can be searched")
        }
        return (
            dimensions,
            try rows.map { row in
                RippleSearch.Leaf(
                    values: dimensions.map { row.cells[$0] ?? "" }, before: try amount("before", row),
                    after: try amount("after", row))
            }
        )
    }

    private static let mostDimensions = 10

    /// Column `item`, a pair `NAME_before` and `NAME_after` for each factor of its cost, and optionally `bar`, which names
    /// the bar of its own that the whole item goes to. A factor left empty on a row with a `bar` counts as one.
    public func bridgeItems() throws -> (factors: [String], items: [FactorBridge.Item]) {
        try require(["item"])
        let factors = columns.filter { $0.hasSuffix("_before") }.map { String($0.dropLast("_before".count)) }
        guard !factors.isEmpty else {
            throw refused("has no factor", hint: "a factor is a pair of columns such as usage_before, usage_after")
        }
        try require(factors.map { $0 + "_after" })
        let known = Set(factors.flatMap { [$0 + "_before", $0 + "_after"] } + ["item", "bar"])
        if let odd = columns.first(where: { !known.contains($0) }) {
            throw refused("has a column `\(odd)` that is neither `item`, `bar` nor half of a factor")
        }
        let items = try rows.map { row in
            let bar = row.cells["bar"].flatMap { $0.isEmpty ? nil : $0 }
            func values(_ suffix: String) throws -> [ExactDecimal] {
                try factors.map { factor in
                    let isOne = bar != nil && (row.cells[factor + suffix] ?? "").isEmpty
                    return isOne ? ExactDecimal(1) : try amount(factor + suffix, row)
                }
            }
            return FactorBridge.Item(
                name: row.cells["item"] ?? "", before: try values("_before"), after: try values("_after"), ownBar: bar)
        }
        return (factors, items)
    }
}
