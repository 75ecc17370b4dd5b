import FinOps
import Sandbox
import TestSupport
import Testing

@testable import AWS

/// Keys that expire and clocks that are wrong, against a server that checks both.
@Suite struct SigningFaultTests {
    private static let expired = Fault.answer(
        status: 400, body: #"{"__type":"ExpiredTokenException","message":"The security token has expired"}"#)

    @Test func `a token that expires in mid-run is renewed once and the request replayed`() async throws {
        let calm = try await MonthFigures.calm.value
        try await FaultedWire.with {
            $0.sandbox = FaultedWire.smallest
            $0.assumesRole = true
            $0.rules = [FaultRule(Self.expired, on: FaultRow.cost, skipping: 1)]
        } _: { wire in
            let figures = try await MonthFigures.read(wire.services)
            #expect(figures.ledgers == calm.ledgers)
            #expect(await wire.sandbox.meter.requests["sts:AssumeRole"] == 2)
            #expect(wire.services.meter.usage().retries == 1)
        }
    }

    @Test func `a token that stays expired is trouble after one renewal`() async throws {
        try await FaultedWire.with {
            $0.sandbox = FaultedWire.smallest
            $0.assumesRole = true
            $0.rules = [FaultRule(Self.expired, on: FaultRow.cost, count: FaultRule.always)]
        } _: { wire in
            let trouble = await trouble { try await MonthFigures.read(wire.services) }
            #expect(trouble?.kind == .notSignedIn)
            #expect(trouble?.code == "ExpiredTokenException")
            #expect(await wire.sandbox.meter.requests["sts:AssumeRole"] == 2)
        }
    }

    @Test(arguments: [3_600, -86_400])
    func `a wrong clock is corrected from the Date header, for requests refused together too`(
        seconds: Int
    ) async throws {
        let calm = try await MonthFigures.calm.value
        try await FaultedWire.with {
            $0.sandbox = FaultedWire.smallest
            $0.clock = SkewedClock(seconds: seconds)
        } _: { wire in
            let costs = wire.services.costs
            async let identity = wire.services.identity.callerIdentity()
            let ledgers = try await withThrowingTaskGroup(of: (Int, MonthFigures.Ledger).self) { group in
                for (index, query) in MonthFigures.queries.enumerated() {
                    group.addTask { (index, MonthFigures.Ledger(try await costs.ledger(for: query))) }
                }
                return try await group.reduce(into: [Int: MonthFigures.Ledger]()) { $0[$1.0] = $1.1 }
            }
            #expect(try await identity.arn == calm.identity)
            #expect(calm.ledgers.indices.map { ledgers[$0] } == calm.ledgers)
            #expect(abs((wire.services.clockSkewSeconds() ?? 0) - seconds) < 120)
            #expect(await wire.sandbox.meter.refusedSignatures >= 1)
        }
    }

    @Test func `without a Date to go by, a wrong clock is trouble`() async throws {
        try await FaultedWire.with {
            $0.clock = SkewedClock(seconds: 3_600)
            $0.rules = [FaultRule(.date("yesterday"), count: FaultRule.always)]
        } _: { wire in
            let trouble = await trouble { try await wire.services.identity.callerIdentity() }
            #expect(trouble?.kind == .notSignedIn)
            #expect(trouble?.code == "RequestTimeTooSkewed")
        }
    }
}
