public import FinOps

/// Looks facts up by id. A page that asks for a fact nobody wrote is a bug: it reads as unknown, with that as its reason.
public struct FactIndex: Sendable {
    private let facts: [String: Fact]

    public init(_ book: FactBook) { self.init(book.facts) }

    init(_ facts: [Fact]) {
        self.facts = Dictionary(facts.map { ($0.id, $0) }) { first, _ in first }
    }

    public subscript(id: String) -> Fact {
        facts[id]
            ?? Fact(
                id: id, unit: .count, value: nil, label: id, sources: [], reason: "no such figure in this month's facts"
            )
    }

    public func contains(_ id: String) -> Bool { facts[id] != nil }

    /// The exact value; nil when unknown.
    public func value(_ id: String) -> ExactDecimal? { facts[id]?.value }

    func isZero(_ id: String) -> Bool { facts[id]?.value?.isZero ?? true }
}
