/// One thing AWS advises to do to save money: `cost-optimization-hub:ListRecommendations`, which gathers Compute Optimizer
/// and Cost Explorer over all regions and accounts and keeps one advice for a resource.
public struct SavingsRecommendation: Hashable, Codable, Sendable {
    public let id: String
    public let account: String?
    public let region: String?
    /// The resource's ARN, else its id; nil for advice to buy commitments.
    public let resource: String?
    /// AWS's words: `EbsVolume`, `Delete`, `VeryLow`, `ComputeOptimizer`.
    public let resourceType: String
    public let action: String
    public let effort: String?
    public let source: String?
    /// An estimate, normalised to 730 hours.
    public let monthlySavings: Money
    /// What the resource costs a month; nil where AWS did not say.
    public let monthlyCost: Money?

    public init(
        id: String, account: String?, region: String?, resource: String?, resourceType: String, action: String,
        effort: String?, source: String?, monthlySavings: Money, monthlyCost: Money?
    ) {
        self.id = id
        self.account = account
        self.region = region
        self.resource = resource
        self.resourceType = resourceType
        self.action = action
        self.effort = effort
        self.source = source
        self.monthlySavings = monthlySavings
        self.monthlyCost = monthlyCost
    }
}

/// Everything AWS advises, each resource once.
public struct RecommendationListing: Hashable, Codable, Sendable {
    /// The largest savings first, then by id.
    public let recommendations: [SavingsRecommendation]
    /// Left out because another advice for the same resource saves as much or more.
    public let duplicates: Int
    public let record: QueryRecord

    /// Keeps of several recommendations for one resource the one that saves most: only one of them can be followed.
    public init(_ all: [SavingsRecommendation], record: QueryRecord) {
        let ordered = all.sorted { left, right in
            left.monthlySavings.amount == right.monthlySavings.amount
                ? left.id < right.id : left.monthlySavings.amount > right.monthlySavings.amount
        }
        var seen: Set<[String]> = []
        recommendations = ordered.filter { advice in
            seen.insert(advice.resource.map { [advice.account ?? "", advice.region ?? "", $0] } ?? [advice.id]).inserted
        }
        duplicates = all.count - recommendations.count
        self.record = record
    }

    /// Without those of other accounts; everything where no account is named.
    public func belonging(to account: String?) -> RecommendationListing {
        guard let account else { return self }
        return RecommendationListing(recommendations.filter { $0.account == account }, record: record)
    }
}

/// How much of what could be saved is not saved: `cost-optimization-hub:ListEfficiencyMetrics`.
public struct CostEfficiency: Hashable, Codable, Sendable {
    /// As AWS sends it, whose scale it does not document; `percent` is computed.
    public let score: ExactDecimal?
    /// Estimated, a month, in dollars.
    public let savings: ExactDecimal?
    /// What can be optimised, in dollars.
    public let spend: ExactDecimal?
    public let record: QueryRecord

    public init(score: ExactDecimal?, savings: ExactDecimal?, spend: ExactDecimal?, record: QueryRecord) {
        self.score = score
        self.savings = savings
        self.spend = spend
        self.record = record
    }

    /// The share of the spend that could not be saved; nil when either is not known, or nothing can be optimised.
    public var percent: ExactDecimal? {
        guard let savings, let spend else { return nil }
        return (spend - savings).percent(of: spend, fractionDigits: 6)
    }
}
