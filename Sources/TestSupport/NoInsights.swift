public import FinOps

/// A cloud that has nothing to say beyond the bill.
public struct NoInsights: InsightSource {
    public init() {}

    public func anomalies(from firstDay: CalendarDay, to lastDay: CalendarDay) async throws -> AnomalyListing {
        throw SampleCollection.notOffered
    }
    public func savingsPlans() async throws -> SavingsPlanListing { throw SampleCollection.notOffered }
    public func utilization(
        of family: CommitmentFamily, from firstDay: CalendarDay, to endDay: CalendarDay
    ) async throws -> CommitmentUtilization { throw SampleCollection.notOffered }
    public func coverage(
        of family: CommitmentFamily, from firstDay: CalendarDay, to endDay: CalendarDay
    ) async throws -> CommitmentCoverage { throw SampleCollection.notOffered }
    public func recommendations() async throws -> RecommendationListing { throw SampleCollection.notOffered }
    public func efficiency(in month: BillingMonth) async throws -> CostEfficiency { throw SampleCollection.notOffered }
    public func rightsizing() async throws -> RightsizingListing { throw SampleCollection.notOffered }
    public func usage(for query: CostQuery) async throws -> UsageListing { throw SampleCollection.notOffered }
}
