import FinOps

/// Rows in the order asked for: the largest one by one, the others together, and what a filter leaves out beside them, so
/// that every breakdown adds up to its total.
struct Breakdown {
    let shown: [CostRow]
    /// Beyond the limit or under the threshold; nil when there are none.
    let others: CostRow?
    /// Left out by a filter on amounts; nil when there are none.
    let excluded: CostRow?
    let total: CostRow
    /// Without cost in both months, and not shown.
    let hiddenCount: Int

    init(
        _ rows: [CostRow], _ query: DashboardQuery, profile: PersonaProfile, noun: String, total: CostRow
    ) {
        let filters = query.filters.filter { !$0.field.picksLines }
        let visible = rows.filter { query.showsZeroCost || !$0.isZero }
        let (kept, left) = visible.split { row in
            filters.allSatisfy { filter in
                switch filter.field {
                case .previous: filter.admits(row.previous.value)
                case .change: filter.admits(row.change.value)
                default: filter.admits(row.now.value)
                }
            }
        }
        let (large, small) = kept.split { row in
            query.threshold.map { ($0) <= (row.now.value?.magnitude ?? $0) } ?? true
        }
        let ordered = large.sorted(by: query.order ?? profile.order)
        let limit = query.rowLimit ?? profile.rowLimit ?? ordered.count
        let rest = Array(ordered.dropFirst(limit)) + small
        let whole = total.now.value
        shown = Array(ordered.prefix(limit))
        others =
            rest.isEmpty ? nil : CostRow(sumOf: rest, name: Counted.text(rest.count, noun, "other "), whole: whole)
        excluded =
            left.isEmpty
            ? nil
            : CostRow(
                sumOf: left, name: Counted.text(left.count, noun) + " left out by --filter", whole: whole)
        self.total = total
        hiddenCount = rows.count - visible.count
    }
}

extension [CostRow] {
    /// By size, whatever the sign of a change; what is unknown last; ties by name.
    func sorted(by order: DashboardQuery.Order) -> [CostRow] {
        func rank(_ row: CostRow) -> ExactDecimal {
            switch order {
            case .current: row.now.value ?? .smallest
            case .previous: row.previous.value ?? .smallest
            case .change: row.change.value?.magnitude ?? .smallest
            }
        }
        return sorted { (rank($1), $0.name, $0.key) < (rank($0), $1.name, $1.key) }
    }

    fileprivate func split(_ isIn: (CostRow) -> Bool) -> (kept: [CostRow], left: [CostRow]) {
        (filter(isIn), filter { !isIn($0) })
    }
}

extension ExactDecimal {
    fileprivate static let smallest: ExactDecimal = "-1000000000000000000"
}

/// `1 account`, `3 accounts`.
enum Counted {
    static func text(_ count: Int, _ plural: String, _ adjective: String = "") -> String {
        guard count == 1 else { return "\(count) \(adjective)\(plural)" }
        let one = plural.hasSuffix("ies") ? plural.dropLast(3) + "y" : plural.dropLast()
        return "1 \(adjective)\(one)"
    }
}
