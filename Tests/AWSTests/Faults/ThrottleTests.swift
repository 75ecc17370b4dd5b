import FinOps
import Sandbox
import TestSupport
import Testing

@testable import AWS

@Suite struct ThrottleTests {
    @Test func `many questions at once under five a second all end with their figures`() async throws {
        let months = (1...12).map { MonthFigures.february.adding(months: -$0) }
        func ledgers(_ wire: FaultedWire) async throws -> [BillingMonth: MonthFigures.Ledger] {
            let costs = wire.services.costs
            return try await withThrowingTaskGroup(of: (BillingMonth, MonthFigures.Ledger).self) { group in
                for month in months {
                    let query = CostQuery(
                        id: "\(month)", firstDay: month.firstDay, endDay: month.firstDayAfter, granularity: .monthly,
                        groupBy: [.account, .recordType])
                    group.addTask { (month, MonthFigures.Ledger(try await costs.ledger(for: query))) }
                }
                return try await group.reduce(into: [:]) { $0[$1.0] = $1.1 }
            }
        }
        let calm = try await FaultedWire.with { try await ledgers($0) }
        try await FaultedWire.with {
            $0.clock = PatientClock()
            $0.attempts = 10
            $0.sandbox = FaultedWire.smallest
            $0.sandbox?.troubles = [SandboxTrouble(.throttle, service: "ce", number: 5)]
        } _: { wire in
            let throttled = try await ledgers(wire)
            #expect(throttled == calm)
            let asked = await wire.sandbox.meter.requests[FaultRow.cost] ?? 0
            let billed = await wire.sandbox.meter.billedCostExplorerRequests
            #expect(billed == months.count)
            #expect(wire.services.meter.usage().retries == asked - billed)
            #expect(wire.services.meter.usage().costUSD == ExactDecimal(billed) * "0.01")
        }
    }
}
