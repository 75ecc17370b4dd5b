import FinOps

/// Savings are claimed only with the recommendation they come from. Facts of a claim share a prefix, `savings.<n>`: its
/// figures cite the answer they were read from, and `savings.<n>.recommendation` (its label is the provider's id of the
/// recommendation, its value how many it counts) says whose advice it is. `savings.open…` and `savings.total…` may only sum
/// up such claims.
struct SavingsReview {
    let facts: [Fact]

    static let prefix = "savings."
    static let sumNames: Set = ["open", "total"]
    static let recommendationName = "recommendation"

    var findings: [RoleFinding] {
        let claims = Dictionary(grouping: facts.filter { $0.id.hasPrefix(Self.prefix) }, by: claimName)
        let itemised = claims.keys.filter { Int($0) != nil }.sorted()
        var findings = itemised.flatMap { review($0, claims[$0] ?? []) }
        let sums = facts.filter {
            $0.id.hasPrefix(Self.prefix) && Self.sumNames.contains(claimName($0)) && $0.value?.isZero == false
        }
        if itemised.isEmpty, !sums.isEmpty {
            findings.append(
                RoleFinding(
                    id: "PO-10", severity: .problem, facts: sums.map(\.id),
                    text: "Savings are summed up without a single itemised claim."))
        }
        return findings
    }

    private func review(_ claim: String, _ facts: [Fact]) -> [RoleFinding] {
        let figures = facts.filter { $0.value != nil && lastName($0) != Self.recommendationName }
        guard !figures.isEmpty else { return [] }
        let recommendation = facts.first { lastName($0) == Self.recommendationName }
        let isNamed = recommendation.map { !$0.label.allSatisfy(\.isWhitespace) && !$0.sources.isEmpty } ?? false
        let unsourced = figures.filter(\.sources.isEmpty).map(\.id)
        return [
            isNamed
                ? nil
                : RoleFinding(
                    id: "PO-10", severity: .problem, facts: figures.map(\.id),
                    text: "Saving \(claim) names no recommendation: nobody can look up whose advice it is."),
            unsourced.isEmpty
                ? nil
                : RoleFinding(
                    id: "PO-11", severity: .problem, facts: unsourced,
                    text: "Saving \(claim) has figures that cite no answer."),
        ].compactMap { $0 }
    }

    private func claimName(_ fact: Fact) -> String {
        let names = fact.id.split(separator: ".")
        return names.count > 1 ? String(names[1]) : ""
    }

    private func lastName(_ fact: Fact) -> String { fact.id.split(separator: ".").last.map(String.init) ?? "" }
}
