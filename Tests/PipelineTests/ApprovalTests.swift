import Evidence
import FinOps
import Foundation
import OpenSSL
import Pipeline
import Simulation
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

    @Test func `a total in another currency than the threshold is for a person to decide`() async throws {
        let workshop = try Workshop()
        workshop.policy.approvalThreshold = Money("1000000", Currency("NZD")!)
        let end = try await workshop.start()
        #expect(end.result.decision?.state == .waiting)
    }

    @Test func `only the people the policy names may approve`() async throws {
        let workshop = try Workshop()
        workshop.policy.approvalThreshold = Money("50000", .usd)
        workshop.policy.approvers = ["carol"]
        let end = try await workshop.start()
        let error = await #expect(throws: InputError.self) { try await workshop.decide(end.result.runID, as: "bob") }
        #expect(error?.summary.contains("does not name the signer") == true)
        let resumed = try await workshop.engine().resume(end.result.runID)
        #expect(resumed.result.status == .awaitingDecision)
    }

    @Test func `an approval whose key lost its trust before the month was sealed does not count`() async throws {
        let (workshop, end) = try await waiting()
        let runID = end.result.runID
        _ = try await workshop.decide(runID, as: "bob")
        try await die(in: workshop, run: runID) { $0.hasDecided && !$0.isFrozen }
        try LocalFileSystem().remove(workshop.layout.trustFolder + "/approvers/bob.pub")
        let resumed = try await workshop.engine().resume(runID)
        #expect(resumed.result.exitStatus == 18)
        #expect(try workshop.verify().months.isEmpty)
        #expect(resumed.stop?.reasons.contains { $0.contains("the approval does not hold any more") } == true)
        #expect(try await workshop.engine().resume(runID).result.status == .awaitingDecision)
    }

    @Test func `an approval that lost its trust after the journal was frozen is asked for anew, on the same pages`()
        async throws
    {
        let (workshop, end) = try await waiting()
        let runID = end.result.runID
        let carol = try workshop.keys.create("carol", passphrase: nil).publicKey
        try TrustStore(folder: workshop.layout.trustFolder, fileSystem: workshop.disk).trustApprover("carol", carol)
        _ = try await workshop.decide(runID, as: "bob")
        let first = try waitingRequest(of: runID, in: workshop)
        try await die(in: workshop, run: runID) { $0.isFrozen && !$0.isSealed }
        try LocalFileSystem().remove(workshop.layout.trustFolder + "/approvers/bob.pub")

        let stopped = try await workshop.engine().resume(runID)
        #expect(stopped.result.exitStatus == 18)
        #expect(stopped.stop?.reasons.contains { $0.contains("the approval does not hold any more") } == true)
        #expect(try workshop.verify().months.isEmpty)
        #expect(try await workshop.engine().resume(runID).result.status == .awaitingDecision)
        let second = try waitingRequest(of: runID, in: workshop)
        #expect(second.deliverables == first.deliverables)
        #expect(second.requestId != first.requestId)
        _ = try await workshop.decide(runID, as: "carol")
        #expect(try await workshop.engine().resume(runID).result.status == .complete)
        let report = try workshop.verify()
        #expect(report.failure == nil)
        #expect(report.months.first?.approvals?.decisions.map(\.approver) == ["carol"])
    }

    @Test func `trust that is lost after the seal does not unmake what is sealed, and is said`() async throws {
        let (workshop, end) = try await waiting()
        let runID = end.result.runID
        _ = try await workshop.decide(runID, as: "bob")
        try await die(in: workshop, run: runID) { $0.isSealed }
        try LocalFileSystem().remove(workshop.layout.trustFolder + "/approvers/bob.pub")
        for _ in 1...2 {
            let resumed = try await workshop.engine().resume(runID)
            #expect(resumed.result.exitStatus == 18)
            #expect(resumed.stop?.reasons.contains { $0.contains("approval") } == true)
        }
        #expect(try workshop.verify().months.count == 1)
    }

    /// How far a run has come, by what lies on its disk.
    private struct Reached {
        let hasDecided: Bool
        let isFrozen: Bool
        let isSealed: Bool

        init(_ runID: String, layout: ArchiveLayout, disk: any FileSystem) throws {
            let journal = String(decoding: try disk.read(layout.journal(runID)), as: UTF8.self)
            let lines = journal.split(separator: "\n")
            func has(_ type: String, _ phase: String) -> Bool {
                lines.contains { $0.contains("\"type\":\"\(type)\"") && $0.contains("\"phase\":\"\(phase)\"") }
            }
            hasDecided = has("phase.done", "7")
            isFrozen = has("archive.frozen", "8")
            isSealed = try !ArchiveChain(layout: layout, fileSystem: disk).links().isEmpty
        }
    }

    /// Resumes a run whose disk refuses everything as soon as it came to that point.
    private func die(
        in workshop: Workshop, run runID: String, until isThere: @escaping @Sendable (Reached) -> Bool
    ) async throws {
        let (layout, disk) = (workshop.layout, workshop.disk)
        let dying = TroubledDisk(disk) { _ in
            guard let reached = try? Reached(runID, layout: layout, disk: disk), isThere(reached) else { return nil }
            return .refused("EIO")
        }
        _ = try? await workshop.engine(on: dying).resume(runID)
        try #require(isThere(Reached(runID, layout: layout, disk: disk)))
    }

    private func waitingRequest(of runID: String, in workshop: Workshop) throws -> ApprovalRequest {
        try WaitingRun(runID: runID, layout: workshop.layout, clock: workshop.clock).briefing().request
    }

    @Test func `a refused attempt is kept in the journal, once`() async throws {
        let (workshop, end) = try await waiting()
        let runID = end.result.runID
        let stranger = try ECDSAPrivateKey.generate()
        let bundle = try await ApprovalStatement.sign(
            WaitingRun(runID: runID, layout: workshop.layout, clock: workshop.clock).briefing().request,
            decision: .approved, approver: "bob", decidedOn: workshop.clock.now(), reviewed: ["x"], comment: "y",
            key: stranger)
        for _ in 1...2 {
            await #expect(throws: InputError.self) {
                try await WaitingRun(runID: runID, layout: workshop.layout, clock: workshop.clock).receive(bundle)
            }
        }
        let journal = try String(contentsOfFile: workshop.layout.journal(runID), encoding: .utf8)
        #expect(journal.split(separator: "\n").count { $0.contains("unknown_key") } == 1)
        #expect(try await workshop.engine().resume(runID).result.status == .awaitingDecision)
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
