/// A difference taken apart along one dimension: every part is named or counted among the rest, and the parts add up to it
/// exactly.
struct Differences {
    let kind: RootCause.Kind
    /// By name; those that are zero say nothing.
    let amounts: [String: ExactDecimal]
    let total: ExactDecimal

    static let named = 5
    static let rest = "all others"

    /// The largest first, and what the others add up to.
    var causes: [RootCause] {
        let sorted = amounts.filter { !$0.value.isZero }
            .sorted { ($1.value.magnitude, $0.key) < ($0.value.magnitude, $1.key) }
        let others = sorted.dropFirst(Self.named).map(\.value).sum()
        return (sorted.prefix(Self.named).map { ($0.key, $0.value) } + (others.isZero ? [] : [(Self.rest, others)]))
            .map { name, amount in
                RootCause(
                    kind: kind, name: name, amount: amount,
                    sharePercent: amount.magnitude.percent(of: total.magnitude))
            }
    }
}
