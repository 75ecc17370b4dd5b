import FinOps
import HTTP
import TestSupport
import Testing

@testable import AWS

@Suite struct DeadlineTests {
    @Test func `a phase that hangs ends at its deadline, and says what was asked last`() async throws {
        try await FaultedWire.with {
            $0.rules = [FaultRule(.hang, on: FaultRow.cost, count: FaultRule.always)]
        } _: { wire in
            let end = await PhaseDeadline.within(seconds: 4, of: RealTimeClock()) {
                await trouble { try await wire.services.costs.ledger(for: MonthFigures.queries[0]) }
            }
            #expect(end?.kind == .unreachable)
            #expect(end?.code == "deadline")
            #expect(end?.operation == FaultRow.cost)
            #expect(end?.message.contains("timeout") == true)
        }
    }

    @Test func `waiting that a throttle asks for is not begun when the phase ends before it`() async throws {
        let clock = ManualClock()
        let wire = ScriptedWire([.refusal("LimitExceededException", ["x-amz-retry-after": "11000"])])
        let services = try services(wire, clock: clock)
        let end = await PhaseDeadline.within(seconds: 10, of: clock) {
            await trouble { try await services.identity.callerIdentity() }
        }
        #expect(end?.code == "deadline")
        #expect(end?.kind == .throttled)
        #expect(wire.requests.count == 1)
        #expect(clock.sleptMilliseconds.isEmpty)
    }

    @Test func `nothing is sent when the phase is over`() async throws {
        let clock = ManualClock()
        let wire = ScriptedWire([.identity])
        let services = try services(wire, clock: clock)
        let end = await PhaseDeadline.within(seconds: 0, of: clock) {
            await trouble { try await services.identity.callerIdentity() }
        }
        #expect(end?.code == "deadline")
        #expect(wire.requests.isEmpty)
        #expect(services.meter.usage() == APIUsage())
    }

    @Test func `a phase within a phase ends no later`() async throws {
        let clock = ManualClock()
        await PhaseDeadline.within(seconds: 5, of: clock) {
            await PhaseDeadline.within(seconds: 50, of: clock) {
                #expect(PhaseDeadline.current?.uptimeNanoseconds == 5_000_000_000)
            }
        }
        #expect(PhaseDeadline.current == nil)
    }

    @Test func `an attempt that has others after it takes half of the time at most`() async throws {
        let clock = ManualClock()
        let wire = ScriptedWire([.failure(.timeout), .failure(.timeout), .identity])
        let services = try services(wire, clock: clock)
        _ = try await PhaseDeadline.within(seconds: 20, of: clock) { try await services.identity.callerIdentity() }
        #expect(wire.requests.count == 3)
        #expect(wire.requests[0].deadlineSeconds == 10)
        #expect(wire.requests[1].wantsNewConnection)
    }
}
