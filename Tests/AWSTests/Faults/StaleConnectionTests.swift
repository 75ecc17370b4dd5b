import FinOps
import TestSupport
import Testing

@testable import AWS

@Suite struct StaleConnectionTests {
    @Test func `a paid question on a dead connection is repeated once, on a new one, and counted`() async throws {
        let calm = try await MonthFigures.calm.value
        try await FaultedWire.with {
            $0.rules = [FaultRule(.staleKeepAlive, on: FaultRow.cost)]
        } _: { wire in
            let figures = try await MonthFigures.read(wire.services)
            #expect(figures.ledgers == calm.ledgers)
            let asked = wire.proxy.sightings.filter { $0.operation == FaultRow.cost }
            #expect(asked.count { $0.wasSpoilt } == 1)
            #expect(asked.count == MonthFigures.queries.count + 1)
            #expect(wire.services.meter.usage().retries == 1)
            let lost = try #require(asked.firstIndex { $0.wasSpoilt })
            #expect(asked[lost + 1].invocation == asked[lost].invocation)
            #expect(asked[lost + 1].connection != asked[lost].connection)
        }
    }
}
