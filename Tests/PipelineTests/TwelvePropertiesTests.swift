import Evidence
import FinOps
import Foundation
import OpenSSL
import Pipeline
import TestSupport
import Testing

/// What an approval promises, each property tried on a whole month.
@Suite("The twelve properties of an approval")
struct TwelvePropertiesTests {
    let workshop: Workshop
    let runID: String

    init() async throws {
        workshop = try Workshop()
        workshop.policy.approvalThreshold = Money("50000", .usd)
        runID = try await workshop.start().result.runID
    }

    private var waiting: WaitingRun { WaitingRun(runID: runID, layout: workshop.layout, clock: workshop.clock) }
    private func resume() async throws -> RunEnd { try await workshop.engine().resume(runID) }
    private func refusal(_ bundle: SigstoreBundle) async -> String? {
        do {
            _ = try await waiting.receive(bundle)
            return nil
        } catch {
            return (error as? InputError)?.summary
        }
    }

    private func sign(
        _ request: ApprovalRequest? = nil, as person: String = "bob", with key: String = "bob",
        decision: ApprovalPredicate.Decision = .approved, reviewed: [String] = ["the total"], comment: String = "fine"
    ) async throws -> SigstoreBundle {
        try await ApprovalStatement.sign(
            request ?? waiting.briefing().request, decision: decision, approver: person,
            decidedOn: workshop.clock.now(), reviewed: reviewed, comment: comment,
            key: workshop.keys.load(key, passphrase: Passphrase([])))
    }

    private func changed(_ field: String, _ value: Any) throws -> ApprovalRequest {
        let bytes = try waiting.briefing().request.encoded()
        var json = try JSONSerialization.jsonObject(with: bytes) as? [String: Any] ?? [:]
        json[field] = value
        return try ApprovalRequest(try JSONSerialization.data(withJSONObject: json))
    }

    @Test(arguments: ["deliverables", "facts", "policy"])
    func `content-bound`(digest: String) async throws {
        let other = try changed(digest, String(repeating: "0", count: 64))
        #expect(await refusal(try await sign(other)) != nil)
        #expect(try await resume().result.status == .awaitingDecision)
    }

    @Test(arguments: [
        ("period", "2026-03"), ("logId", "ffeeddccbbaa99887766554433221100"),
        ("requestId", "2026-02#1-0000000000000000"),
        ("requestedOn", "2026-03-14T00:00:00Z"), ("total", "1.00 USD"), ("gate", "G6"),
    ])
    func `context-bound`(field: String, value: String) async throws {
        #expect(await refusal(try await sign(try changed(field, value))) != nil)
        #expect(try await resume().result.status == .awaitingDecision)
    }

    @Test func `final revision only`() async throws {
        let early = try await sign()
        let page = "\(workshop.layout.runFolder(runID))/reports/cfo.html"
        try Data("rendered again".utf8).write(to: URL(fileURLWithPath: page))
        #expect(await refusal(early)?.contains("not the ones the request names") == true)
    }

    @Test func `informed`() async throws {
        let briefing = try waiting.briefing()
        #expect(briefing.total == "100000")
        #expect(briefing.previousTotal != nil)
        #expect(briefing.change == briefing.total.flatMap { now in briefing.previousTotal.map { now - $0 } })
        #expect(briefing.threshold == "50000")
        // No browser was there: whoever decides is told that nobody looked at the pages.
        #expect(briefing.concerns.map(\.gate).contains(.g6))
        let facts = try Data(
            contentsOf: URL(fileURLWithPath: "\(workshop.layout.runFolder(runID))/facts.json"))
        #expect(SystemHashing().sha256(facts) == briefing.request.facts)
    }

    @Test func `expiring`() async throws {
        let bundle = try await sign()
        workshop.clock.advance(days: 15)
        #expect(await refusal(bundle)?.contains("after the request expired") == true)
        #expect(try await resume().result.decision?.state == .expired)
    }

    @Test func `quorum of distinct people`() async throws {
        let two = try Workshop()
        two.policy.approvalThreshold = Money("50000", .usd)
        two.policy.approvalQuorum = 2
        two.policy.requesterMayApprove = true
        let id = try await two.start().result.runID
        for _ in 1...3 { _ = try await two.decide(id, as: "bob") }
        #expect(try await two.engine().resume(id).result.status == .awaitingDecision)
        _ = try await two.decide(id, as: "alice")
        #expect(try await two.engine().resume(id).result.status == .complete)
    }

    @Test(arguments: [("alice", "alice", "the approver requested the run"), ("bob", "runner", "the runner's key")])
    func `separation`(person: String, key: String, reason: String) async throws {
        #expect(await refusal(try await sign(as: person, with: key))?.contains(reason) == true)
        #expect(try await resume().result.status == .awaitingDecision)
    }

    @Test func `single use`() async throws {
        let bundle = try await sign()
        workshop.clock.advance(days: 15)
        #expect(try await resume().result.decision?.state == .expired)
        #expect(try await resume().result.status == .awaitingDecision)
        // The fresh request is another, though it is about the same bytes; the first month even has a fresh chain.
        #expect(await refusal(bundle)?.contains("it belongs to another chain of months") == true)
        let fresh = try await sign()
        let (first, second) = (try await waiting.receive(fresh), try await waiting.receive(fresh))
        #expect(first.sequence == second.sequence)
        #expect(try await resume().result.status == .complete)
        #expect(await refusal(fresh)?.contains("does not wait") == true)
    }

    @Test func `authenticated`() async throws {
        let stranger = try await ApprovalStatement.sign(
            waiting.briefing().request, decision: .approved, approver: "bob", decidedOn: workshop.clock.now(),
            reviewed: ["x"], comment: "y", key: ECDSAPrivateKey.generate())
        #expect(await refusal(stranger)?.contains("no listed approver made the signature") == true)
        #expect(await refusal(try await sign(as: "bob", with: "alice"))?.contains("another person") == true)
    }

    /// Nobody can be asked here; what a real terminal does is tried with the built tool.
    @Test func `safe without a terminal`() async throws {
        for _ in 1...2 { #expect(try await resume().result.exitStatus == 75) }
    }

    @Test func `rejections and expiries are kept`() async throws {
        workshop.clock.advance(days: 15)
        _ = try await resume()
        _ = try await resume()
        _ = try await workshop.decide(runID, as: "bob", approved: false)
        #expect(try await resume().result.exitStatus == 17)
        let journal = try String(contentsOfFile: workshop.layout.journal(runID), encoding: .utf8)
        for type in ["approval.requested", "approval.expired", "decision.recorded", "run.closed"] {
            #expect(journal.contains("\"type\":\"\(type)\""), "\(type)")
        }
        // An approval that comes later changes nothing any more.
        await #expect(throws: InputError.self) { try await workshop.decide(runID, as: "bob") }
    }

    @Test func `checked again at the moment of use`() async throws {
        _ = try await workshop.decide(runID, as: "bob")
        try LocalFileSystem().remove(workshop.layout.trustFolder + "/approvers/bob.pub")
        #expect(try await resume().result.status == .awaitingDecision)
    }
}
