/// A source outside Cost Explorer that was held against the month's total. One source, whatever the number of its
/// comparisons: an export that agrees with its own cash and with its own amortised costs is still one witness.
public struct OutsideSource: Hashable, Sendable {
    public let id: String
    public let title: String
    /// None of its comparisons leaves a difference.
    public let confirms: Bool
}

extension CrossValidation {
    /// Those that could be held against L3 itself, in order. What was held against another source says nothing of the total.
    public var outsideSources: [OutsideSource] {
        let comparisons = (comparisons ?? []).filter {
            $0.weight.isOutsideCostExplorer && $0.reference == nil && $0.figures != nil
        }
        var seen: Set<String> = []
        return comparisons.filter { seen.insert($0.sourceID).inserted }.map { first in
            OutsideSource(
                id: first.sourceID, title: first.title,
                confirms: comparisons.allSatisfy { $0.sourceID != first.sourceID || $0.agreement != .unexplained })
        }
    }
}
