public import FinOps
public import Foundation

/// A question as Cost Explorer would be sent it: what a plan needs to look for an answer that was paid for before.
public struct BilledQuestion: Hashable, Sendable {
    public let operation: String
    public let body: Data

    public init(_ query: CostQuery) {
        operation = ReadOperation.getCostAndUsage.rawValue
        body = CostExplorerCosts.body(query).data
    }

    /// The same with quantities.
    public init(usage query: CostQuery) {
        operation = ReadOperation.getCostAndUsage.rawValue
        body = CostExplorerCosts.body(query, metrics: UsageReader.metrics).data
    }

    /// Both days inclusive.
    public init(anomaliesFrom firstDay: CalendarDay, to lastDay: CalendarDay) {
        operation = ReadOperation.getAnomalies.rawValue
        body = AnomalyReader.body(from: firstDay, to: lastDay).data
    }

    /// How well commitments of a family were used, and how much they covered.
    public static func commitments(
        _ family: CommitmentFamily, from firstDay: CalendarDay, to endDay: CalendarDay
    ) -> [BilledQuestion] {
        func question(_ operation: ReadOperation, _ body: RequestJSON) -> BilledQuestion {
            BilledQuestion(operation: operation.rawValue, body: body.data)
        }
        guard family != .savingsPlans else {
            return [
                question(
                    .getSavingsPlansUtilizationDetails,
                    SavingsPlanUsageReader.utilizationBody(from: firstDay, to: endDay)),
                question(.getSavingsPlansCoverage, SavingsPlanUsageReader.coverageBody(from: firstDay, to: endDay)),
            ]
        }
        return [
            question(
                .getReservationUtilization,
                ReservationUsageReader.utilizationBody(family, from: firstDay, to: endDay)),
            question(
                .getReservationCoverage, ReservationUsageReader.coverageBody(family, from: firstDay, to: endDay)),
        ]
    }

    private init(operation: String, body: Data) {
        self.operation = operation
        self.body = body
    }

    public init(forecastFrom firstDay: CalendarDay, to endDay: CalendarDay) {
        operation = ReadOperation.getCostForecast.rawValue
        body = CostExplorerForecasts.body(from: firstDay, to: endDay).data
    }
}
