import FinOps
import Sandbox
import TestSupport
import Testing

@testable import AWS

@Suite struct PagingFaultTests {
    private static let query = MonthFigures.query("L1", [.account, .service])

    private func ledger(pageSize: Int = 100, _ rules: [FaultRule]) async throws -> CostLedger {
        try await FaultedWire.with {
            $0.sandbox = FaultedWire.smallest
            $0.sandbox?.pageSizeGroups = pageSize
            $0.rules = rules
        } _: {
            try await $0.services.costs.ledger(for: Self.query)
        }
    }

    private func rule(_ fault: Fault, skipping: Int = 0) -> FaultRule {
        FaultRule(fault, on: FaultRow.cost, skipping: skipping)
    }

    @Test func `one period split over pages is the period on one page`() async throws {
        let whole = try await ledger(pageSize: 20_000, [])
        let split = try await ledger([])
        #expect(whole.record.pages.count == 1)
        #expect(split.record.pages.count > 5)
        #expect(split.lines == whole.lines)
    }

    @Test(arguments: [Fault.duplicatePage, .emptyPage], [0, 2])
    func `a page that comes twice, or without content, changes nothing`(fault: Fault, skipping: Int) async throws {
        let calm = try await ledger([])
        let troubled = try await ledger([rule(fault, skipping: skipping)])
        #expect(troubled.lines == calm.lines)
        #expect(troubled.record.pages.count == calm.record.pages.count + 1)
    }

    @Test func `a null token before the last period leaves a period out and is refused`() async throws {
        let trouble = await trouble { try await ledger([rule(.nullToken)]) }
        #expect(trouble?.kind == .inconsistent)
        #expect(trouble?.code == "MissingPeriod")
    }

    @Test func `a token that comes again is refused instead of followed for ever`() async throws {
        let trouble = await trouble { try await ledger([rule(.repeatedToken, skipping: 1)]) }
        #expect(trouble?.kind == .inconsistent)
        #expect(trouble?.code == "RepeatedToken")
    }

    @Test func `a listing whose token was refused is begun anew, once`() async throws {
        let refusal = Fault.answer(status: 400, body: #"{"__type":"InvalidNextTokenException","message":"stale"}"#)
        let calm = try await ledger([])
        #expect(try await ledger([rule(refusal, skipping: 3)]).lines == calm.lines)
        let trouble = await trouble {
            try await ledger([FaultRule(refusal, on: FaultRow.cost, count: FaultRule.always, skipping: 3)])
        }
        #expect(trouble?.kind == .inconsistent)
        #expect(trouble?.code == "InvalidNextTokenException")
    }
}
