import Evidence
import FinOps
import Foundation
import Pipeline
import TestSupport
import Testing

@Suite("A month that needs people")
struct ApprovalTests {
    private func waiting() async throws -> (Workshop, RunEnd) {
        let workshop = try Workshop()
        workshop.policy.approvalThreshold = Money("50000", .usd)
        return (workshop, try await workshop.start())
    }

    @Test func `a total over the threshold waits, and that is neither failure nor success`() async throws {
        let (_, end) = try await waiting()
        #expect(end.result.status == .awaitingDecision)
        #expect(end.result.exitStatus == 75)
        #expect(end.result.decision?.state == .waiting)
        #expect(end.result.totals?.net == "100000.00")
        #expect(end.result.archive == nil)
    }

    @Test func `a total that equals the threshold needs nobody`() async throws {
        let workshop = try Workshop()
        workshop.policy.approvalThreshold = Money("100000", .usd)
        let end = try await workshop.start()
        #expect(end.result.decision?.state == .notRequired)
        #expect(end.result.status == .complete)
    }

    @Test func `an approval by another person completes the month without paying again`() async throws {
        let (workshop, end) = try await waiting()
        let paid = workshop.cloud.paidRequests
        _ = try await workshop.decide(end.result.runID, as: "bob")
        let resumed = try await workshop.engine().resume(end.result.runID)
        #expect(resumed.result.status == .complete)
        #expect(resumed.result.decision?.state == .approved)
        #expect(workshop.cloud.paidRequests == paid)
        let approvals = try #require(try workshop.verify().months.first?.approvals)
        #expect(approvals.decisions.map(\.approver) == ["bob"])
    }

    @Test func `whoever requested the run cannot approve it`() async throws {
        let (workshop, end) = try await waiting()
        await #expect(throws: InputError.self) { try await workshop.decide(end.result.runID, as: "alice") }
        let resumed = try await workshop.engine().resume(end.result.runID)
        #expect(resumed.result.status == .awaitingDecision)
    }

    @Test func `a rejection ends the run with 17 and no total`() async throws {
        let (workshop, end) = try await waiting()
        _ = try await workshop.decide(end.result.runID, as: "bob", approved: false)
        let resumed = try await workshop.engine().resume(end.result.runID)
        #expect(resumed.result.status == .rejected)
        #expect(resumed.result.exitStatus == 17)
        #expect(resumed.result.totals == nil)
        #expect(try await workshop.engine().resume(end.result.runID).result.status == .rejected)
    }

    @Test func `a request that expired stops the run, and a resume asks afresh`() async throws {
        let (workshop, end) = try await waiting()
        workshop.clock.advance(days: 15)
        let expired = try await workshop.engine().resume(end.result.runID)
        #expect(expired.result.exitStatus == 17)
        #expect(expired.result.decision?.state == .expired)

        let asked = try await workshop.engine().resume(end.result.runID)
        #expect(asked.result.status == .awaitingDecision)
        _ = try await workshop.decide(end.result.runID, as: "bob")
        #expect(try await workshop.engine().resume(end.result.runID).result.status == .complete)
    }

    @Test func `a page that was changed while it waited cannot be approved`() async throws {
        let (workshop, end) = try await waiting()
        let page = "\(workshop.folder.path)/\(end.result.runFolder)/reports/cfo.md"
        try Data("edited".utf8).write(to: URL(fileURLWithPath: page))
        await #expect {
            try await workshop.decide(end.result.runID, as: "bob")
        } throws: { error in
            (error as? InputError)?.code == "deliverables_differ"
        }
    }

    @Test func `a quorum of two is two people, not two signatures`() async throws {
        let workshop = try Workshop()
        workshop.policy.approvalThreshold = Money("50000", .usd)
        workshop.policy.approvalQuorum = 2
        workshop.policy.requesterMayApprove = true
        let end = try await workshop.start()
        _ = try await workshop.decide(end.result.runID, as: "bob")
        _ = try await workshop.decide(end.result.runID, as: "bob")
        #expect(try await workshop.engine().resume(end.result.runID).result.status == .awaitingDecision)
        _ = try await workshop.decide(end.result.runID, as: "alice")
        #expect(try await workshop.engine().resume(end.result.runID).result.status == .complete)
    }
}
