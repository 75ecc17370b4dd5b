import FinOps
import TestSupport
import Testing

@testable import AWS

/// Whatever the wire does, a month ends in one of two ways: the figures of the calm run, or trouble that names what is
/// missing. Never in smaller figures.
@Suite struct FaultMatrixTests {
    static let rows = FaultRow.throttles + FaultRow.answers + FaultRow.connections

    @Test(arguments: rows)
    func `a fault that passes leaves the figures of the calm run`(row: FaultRow) async throws {
        let calm = try await MonthFigures.calm.value
        try await FaultedWire.with {
            $0.rules = [FaultRule(row.fault, on: row.operation, count: row.harmless)]
        } _: { wire in
            let figures = try await MonthFigures.read(wire.services)
            #expect(figures == calm)
            #expect(wire.services.meter.usage().retries >= row.harmless)
            // A retry is the same question under the same id; only what was answered is billed.
            let spoilt = wire.proxy.sightings.filter(\.wasSpoilt)
            #expect(Set(spoilt.map(\.invocation)).count <= 1)
            let paid = wire.services.meter.usage().costUSD
            #expect(paid == ExactDecimal(MonthFigures.queries.count + 1) * "0.01")
        }
    }

    @Test(arguments: rows)
    func `a fault that stays is trouble by name`(row: FaultRow) async throws {
        try await FaultedWire.with {
            $0.rules = [FaultRule(row.fault, on: row.operation, count: FaultRule.always)]
        } _: { wire in
            let trouble = await trouble { try await MonthFigures.read(wire.services) }
            #expect(trouble?.kind == row.kind, "\(String(describing: trouble))")
            #expect([row.code, row.earlierCode].contains(trouble?.code), "\(String(describing: trouble))")
            #expect(row.operation == nil || trouble?.operation == row.operation)
        }
    }

    @Test(arguments: FaultRow.oddities)
    func `an answer that looks unusual is an answer`(row: FaultRow) async throws {
        let calm = try await MonthFigures.calm.value
        try await FaultedWire.with {
            $0.rules = [FaultRule(row.fault, count: FaultRule.always)]
        } _: { wire in
            let figures = try await MonthFigures.read(wire.services)
            #expect(figures == calm)
            #expect(wire.proxy.sightings.allSatisfy { $0.wasSpoilt })
            #expect(wire.services.meter.usage().costUSD == ExactDecimal(MonthFigures.queries.count + 1) * "0.01")
        }
    }

    @Test(arguments: FaultRow.slow)
    func `an answer that does not come is asked for again`(row: FaultRow) async throws {
        let calm = try await MonthFigures.calm.value
        try await FaultedWire.with {
            $0.attemptSeconds = 5
            $0.rules = [FaultRule(row.fault, on: row.operation, count: row.harmless)]
        } _: { wire in
            let ledger = try await wire.services.costs.ledger(for: MonthFigures.queries[0])
            #expect(MonthFigures.Ledger(ledger) == calm.ledgers[0])
            #expect(wire.services.meter.usage().retries >= row.harmless)
        }
    }

    @Test(arguments: FaultRow.slow)
    func `an answer that never comes is given up at the deadline of the attempt`(row: FaultRow) async throws {
        try await FaultedWire.with {
            $0.attemptSeconds = 2
            $0.attempts = 2
            $0.rules = [FaultRule(row.fault, on: row.operation, count: FaultRule.always)]
        } _: { wire in
            let trouble = await trouble { try await wire.services.costs.ledger(for: MonthFigures.queries[0]) }
            #expect(trouble?.kind == row.kind)
            #expect(trouble?.code == row.code)
        }
    }
}
