/// What Compute Optimizer itself advises: `compute-optimizer:Get…Recommendations`. It answers for one account and one region
/// at a time; the Hub gathers all of them, where somebody enrolled in it.
public struct RightsizingListing: Hashable, Codable, Sendable {
    /// Those that save something, the largest savings first.
    public let recommendations: [SavingsRecommendation]
    /// One for each kind of resource.
    public let records: [QueryRecord]

    public init(_ all: [SavingsRecommendation], records: [QueryRecord]) {
        recommendations = all.sorted { left, right in
            left.monthlySavings.amount == right.monthlySavings.amount
                ? left.id < right.id : left.monthlySavings.amount > right.monthlySavings.amount
        }
        self.records = records
    }

    /// Without the resources that `hub` advises about already: its advice weighs all that could be done with a resource, and
    /// carries an id that people can refer to.
    public func beyond(_ hub: RecommendationListing?) -> [SavingsRecommendation] {
        let known = Set((hub?.recommendations ?? []).compactMap(Self.resource))
        return recommendations.filter { advice in Self.resource(advice).map { !known.contains($0) } ?? true }
    }

    /// The Hub names a resource by its ARN or by its bare id: the account and what stands behind the last separator.
    private static func resource(_ advice: SavingsRecommendation) -> [String]? {
        guard let name = advice.resource?.split(whereSeparator: { $0 == ":" || $0 == "/" }).last else { return nil }
        return [advice.account ?? "", String(name)]
    }
}
