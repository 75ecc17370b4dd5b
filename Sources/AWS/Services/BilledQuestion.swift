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

    public init(forecastFrom firstDay: CalendarDay, to endDay: CalendarDay) {
        operation = ReadOperation.getCostForecast.rawValue
        body = CostExplorerForecasts.body(from: firstDay, to: endDay).data
    }
}
