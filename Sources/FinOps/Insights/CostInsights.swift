/// What AWS itself says of the month beyond the bill. Every part can be missing without stopping anything: unknown when it
/// was asked and not answered, nil when nobody asked.
public struct CostInsights: Hashable, Codable, Sendable {
    public let anomalies: Observation<AnomalyListing>?
    public let savingsPlans: Observation<SavingsPlanListing>?
    /// One for each family that was asked about.
    public let utilization: [CommitmentFamily: Observation<CommitmentUtilization>]
    public let coverage: [CommitmentFamily: Observation<CommitmentCoverage>]
    public let recommendations: Observation<RecommendationListing>?
    public let efficiency: Observation<CostEfficiency>?
    /// What was used, this month and the one before.
    public let usage: Observation<UsageListing>?
    /// What Compute Optimizer says itself, beside the Hub.
    public let rightsizing: Observation<RightsizingListing>?

    public init(
        anomalies: Observation<AnomalyListing>? = nil, savingsPlans: Observation<SavingsPlanListing>? = nil,
        utilization: [CommitmentFamily: Observation<CommitmentUtilization>] = [:],
        coverage: [CommitmentFamily: Observation<CommitmentCoverage>] = [:],
        recommendations: Observation<RecommendationListing>? = nil, efficiency: Observation<CostEfficiency>? = nil,
        usage: Observation<UsageListing>? = nil, rightsizing: Observation<RightsizingListing>? = nil
    ) {
        self.anomalies = anomalies
        self.savingsPlans = savingsPlans
        self.utilization = utilization
        self.coverage = coverage
        self.recommendations = recommendations
        self.efficiency = efficiency
        self.usage = usage
        self.rightsizing = rightsizing
    }

    public var records: [QueryRecord] {
        [anomalies?.value?.record, savingsPlans?.value?.record].compactMap { $0 }
            + CommitmentFamily.allCases.flatMap { family in
                [utilization[family]?.value?.record, coverage[family]?.value?.record].compactMap { $0 }
            }
            + [recommendations?.value?.record, efficiency?.value?.record, usage?.value?.record].compactMap { $0 }
            + (rightsizing?.value?.records ?? [])
    }

    public var troubles: [Trouble] {
        [anomalies?.trouble, savingsPlans?.trouble].compactMap { $0 }
            + CommitmentFamily.allCases.flatMap { family in
                [utilization[family]?.trouble, coverage[family]?.trouble].compactMap { $0 }
            } + [recommendations?.trouble, efficiency?.trouble, usage?.trouble, rightsizing?.trouble].compactMap { $0 }
    }
}

extension CommitmentFamily: CodingKeyRepresentable {}

/// Questions beyond the bill that Cost Explorer takes money for; each is asked only where it is wanted.
public enum ExtraQuestion: String, Hashable, Codable, Sendable, CaseIterable {
    /// What AWS found unusual.
    case anomalies
    /// Coverage and utilisation of savings plans.
    case savingsPlans = "savings-plans"
    /// The same of reserved instances, EC2 and RDS.
    case reservations
    /// How much was used, by service and usage type.
    case usage

    /// The families of commitments it asks about, each for utilisation and coverage.
    public var families: [CommitmentFamily] {
        switch self {
        case .anomalies, .usage: []
        case .savingsPlans: [.savingsPlans]
        case .reservations: [.computeReservations, .databaseReservations]
        }
    }

    /// Billed requests of one page each.
    public var requests: Int { families.isEmpty ? 1 : families.count * 2 }
}

/// Asks AWS for its own view of the month. Throws `Trouble`.
public protocol InsightSource: Sendable {
    /// Anomalies that ended within these days, both inclusive. Billed.
    func anomalies(from firstDay: CalendarDay, to lastDay: CalendarDay) async throws -> AnomalyListing
    func savingsPlans() async throws -> SavingsPlanListing
    /// Of days within one month, the end exclusive. Billed.
    func utilization(
        of family: CommitmentFamily, from firstDay: CalendarDay, to endDay: CalendarDay
    ) async throws -> CommitmentUtilization
    /// The same.
    func coverage(
        of family: CommitmentFamily, from firstDay: CalendarDay, to endDay: CalendarDay
    ) async throws -> CommitmentCoverage
    func recommendations() async throws -> RecommendationListing
    func efficiency(in month: BillingMonth) async throws -> CostEfficiency
    /// What Compute Optimizer advises for the caller's own account in the run's region.
    func rightsizing() async throws -> RightsizingListing
    /// What was used by a question grouped by service and usage type. Billed.
    func usage(for query: CostQuery) async throws -> UsageListing
}
