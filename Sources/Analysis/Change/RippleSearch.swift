public import FinOps

/// Localises a change in a cube of costs: which few combinations of dimension values moved, each by one ratio of its own,
/// and so explain the whole ("account A × service S × usage U drove it").
///
/// A combination explains when all its leaves moved alike. Its gain is the share of the total distance between actual and
/// forecast that it removes, times the root of its purity, discounted for every further dimension. The best is taken, its
/// leaves are brought to their actual ratio, and the search goes on until the best gain is under 8 % or the rest under 15 %.
/// Beforehand every leaf is scaled by the median ratio, so that growth of everything is no cause.
public struct RippleSearch: Sendable {
    public struct Leaf: Hashable, Sendable {
        /// One value for each dimension, in the order of `dimensions`.
        public let values: [String]
        public let before: ExactDecimal
        public let after: ExactDecimal

        public init(values: [String], before: ExactDecimal, after: ExactDecimal) {
            self.values = values
            self.before = before
            self.after = after
        }
    }

    public struct Cause: Hashable, Sendable {
        /// Dimension and value, in the order of the search's dimensions; the others are open.
        public let dimensions: [Pair]
        /// Of the leaves that no earlier cause holds, so that causes never count anything twice.
        public let before: ExactDecimal
        public let after: ExactDecimal
        public var delta: ExactDecimal { after - before }
    }

    public struct Pair: Hashable, Sendable {
        public let dimension: String
        public let value: String
    }

    /// Most dimensions in one cause.
    public static let mostDimensions = 3
    static let leastGain = 0.08
    static let explainedRest = 0.15
    static let dimensionDiscount = 0.97
    static let mostCauses = 8

    public let dimensions: [String]

    public init(dimensions: [String]) { self.dimensions = dimensions }

    /// Largest gain first. Empty when nothing changed, or when everything changed alike.
    public func causes(of leaves: [Leaf]) -> [Cause] {
        let actual = leaves.map(\.after.measured)
        let organic = Self.organicRatio(leaves)
        var expected = leaves.map { $0.before.measured * organic }
        let total = distance(actual, expected)
        // Less than a millionth of everything is the noise of binary floats.
        guard total > 1e-6 * actual.reduce(0, { $0 + abs($1) }) else { return [] }
        let cells = cells(of: leaves)
        var causes: [Cause] = []
        var explained: Set<Int> = []
        while causes.count < Self.mostCauses, distance(actual, expected) > Self.explainedRest * total {
            let best = cells.map { ($0, gain($0, actual, expected, total)) }.max { left, right in
                left.1 == right.1 ? left.0.order > right.0.order : left.1 < right.1
            }
            guard let (cell, gain) = best, gain >= Self.leastGain else { break }
            let ratio = Self.ratio(cell.leaves, actual, expected)
            for leaf in cell.leaves { expected[leaf] = ratio.map { expected[leaf] * $0 } ?? actual[leaf] }
            let own = cell.leaves.filter { !explained.contains($0) }
            guard !own.isEmpty else { break }
            explained.formUnion(own)
            causes.append(
                Cause(
                    dimensions: cell.pairs, before: own.map { leaves[$0].before }.sum(),
                    after: own.map { leaves[$0].after }.sum()))
        }
        return causes
    }

    /// By how much the median leaf that cost something before and after grew.
    static func organicRatio(_ leaves: [Leaf]) -> Double {
        let ratios = leaves.filter { $0.before > .zero && $0.after > .zero }.map {
            $0.after.measured / $0.before.measured
        }
        return ratios.isEmpty ? 1 : Statistics.median(ratios)
    }

    private struct Cell {
        let pairs: [Pair]
        var leaves: [Int]
        /// Among equal gains the cell with fewer dimensions, then the one found first, is taken.
        let order: Int
    }

    /// Every combination of up to three dimensions' values that occurs, with its leaves.
    private func cells(of leaves: [Leaf]) -> [Cell] {
        var cells: [Cell] = []
        for subset in Self.subsets(dimensions.count) {
            var places: [[String]: Int] = [:]
            for (index, leaf) in leaves.enumerated() {
                let values = subset.map { leaf.values[$0] }
                if let place = places[values] {
                    cells[place].leaves.append(index)
                } else {
                    places[values] = cells.count
                    let pairs = zip(subset, values).map { Pair(dimension: dimensions[$0], value: $1) }
                    cells.append(Cell(pairs: pairs, leaves: [index], order: cells.count))
                }
            }
        }
        return cells
    }

    /// Sets of one, two and three dimensions, smallest first.
    private static func subsets(_ count: Int) -> [[Int]] {
        (1..<(1 << count)).map { bits in (0..<count).filter { bits >> $0 & 1 == 1 } }
            .filter { $0.count <= mostDimensions }.sorted { ($0.count, $0.description) < ($1.count, $1.description) }
    }

    private func gain(_ cell: Cell, _ actual: [Double], _ expected: [Double], _ total: Double) -> Double {
        let ratio = Self.ratio(cell.leaves, actual, expected)
        var (removed, own, signed) = (0.0, 0.0, 0.0)
        for leaf in cell.leaves {
            let difference = actual[leaf] - expected[leaf]
            let remaining = actual[leaf] - (ratio.map { expected[leaf] * $0 } ?? actual[leaf])
            removed += abs(difference) - abs(remaining)
            own += abs(difference)
            signed += difference
        }
        guard own > 0 else { return 0 }
        let purity = max(0, removed / own)
        return removed / total * purity.squareRoot()
            * [1, Self.dimensionDiscount, Self.dimensionDiscount * Self.dimensionDiscount][cell.pairs.count - 1]
    }

    /// The one ratio the cell's leaves moved by; nil when they were nothing before: then each is new on its own.
    private static func ratio(_ leaves: [Int], _ actual: [Double], _ expected: [Double]) -> Double? {
        let base = leaves.reduce(0) { $0 + expected[$1] }
        return base == 0 ? nil : leaves.reduce(0) { $0 + actual[$1] } / base
    }

    private func distance(_ actual: [Double], _ expected: [Double]) -> Double {
        zip(actual, expected).reduce(0) { $0 + abs($1.0 - $1.1) }
    }
}
