import FinOps
import Gates
import TestSupport
import Testing

@Suite struct `G7 human approval` {
    static let expiry = Timestamp("2026-03-29T00:00:00Z")!

    private func state(
        _ state: ApprovalState.State, total: Money = Money("318841.25", .usd), threshold: Money = Money("50000", .usd),
        quorum: Int = 1, decisions: [Decision] = [], refused: [String] = []
    ) -> ApprovalState {
        ApprovalState(
            state: state, total: total, threshold: threshold, quorum: quorum, requestID: "q-1", expiresOn: Self.expiry,
            decisions: decisions, refused: refused)
    }

    private func decision(_ approver: String, approved: Bool = true, on day: String = "2026-03-16T09:00:00Z")
        -> Decision
    {
        Decision(
            approver: approver, approved: approved, decidedOn: Timestamp(day)!,
            comment: approved ? "" : "wrong account",
            bundleSHA256: SampleLedger.digest("7"))
    }

    private func judge(_ state: ApprovalState, threshold: ExactDecimal = "50000", quorum: Int = 1) -> Verdict {
        G7HumanApproval().judge(
            state, under: RunPolicy(approvalThreshold: Money(threshold, .usd), approvalQuorum: quorum))
    }

    @Test(arguments: ["49999.99", "50000", "0", "-5"])
    func `a total that does not exceed the threshold needs nobody, and both numbers are said`(total: String) {
        let verdict = judge(state(.notRequired, total: Money(ExactDecimal(total)!, .usd)))
        #expect(verdict.outcome == .passed)
        #expect(verdict.reasons[0].contains("does not exceed 50000.00 USD"))
    }

    @Test func `a total over the threshold that nobody was asked about fails when judged again`() {
        let verdict = judge(state(.notRequired, total: Money("50000.01", .usd)))
        #expect(verdict.outcome == .failed && verdict.action == .blockDistribution)
    }

    @Test func `a threshold in another currency settles nothing`() {
        let euro = Money("50000", Currency("EUR")!)
        let verdict = G7HumanApproval().judge(
            state(.notRequired, total: Money("1", .usd), threshold: euro), under: RunPolicy(approvalThreshold: euro))
        #expect(verdict.outcome == .failed)
    }

    @Test func `waiting is not no`() {
        let verdict = judge(state(.waiting, quorum: 2, decisions: [decision("alice")]), quorum: 2)
        #expect(verdict.outcome == .undetermined && verdict.action == .waitForHuman)
        #expect(verdict.reasons[0].hasPrefix("Waiting for 1 of 2 approvals"))
    }

    @Test func `a signature by the quorum passes and names the people`() {
        #expect(judge(state(.approved, decisions: [decision("bob")])).reasons == ["Approved by bob."])
        let both = judge(state(.approved, quorum: 2, decisions: [decision("carol"), decision("bob")]), quorum: 2)
        #expect(both.outcome == .passed && both.reasons == ["Approved by bob, carol."])
    }

    @Test func `one person signing twice is one person`() {
        let verdict = judge(state(.approved, quorum: 2, decisions: [decision("bob"), decision("bob")]), quorum: 2)
        #expect(verdict.outcome == .failed && verdict.action == .blockDistribution)
    }

    @Test func `the policy's quorum counts even when the request says less`() {
        #expect(judge(state(.approved, quorum: 1, decisions: [decision("bob")]), quorum: 2).outcome == .failed)
        #expect(judge(state(.approved, quorum: 0, decisions: []), quorum: 0).outcome == .failed)
    }

    @Test func `one rejection among approvals rejects`() {
        let decisions = [decision("bob"), decision("carol", approved: false)]
        #expect(judge(state(.approved, decisions: decisions)).outcome == .failed)
    }

    @Test func `rejected and expired block distribution and give no total`() {
        let rejected = judge(state(.rejected, decisions: [decision("carol", approved: false)]))
        #expect(rejected.outcome == .failed && rejected.action == .blockDistribution)
        #expect(rejected.reasons == ["Rejected by carol: wrong account."])
        let expired = judge(state(.expired))
        #expect(expired.outcome == .failed && expired.reasons[0].contains("2026-03-29T00:00:00Z"))
    }

    @Test func `an approval after the expiry is none`() {
        #expect(judge(state(.approved, decisions: [decision("bob", on: "2026-03-29T00:00:00Z")])).outcome == .passed)
        #expect(judge(state(.approved, decisions: [decision("bob", on: "2026-03-29T00:00:01Z")])).outcome == .failed)
    }

    @Test(arguments: [ApprovalState.State.notRequired, .waiting, .approved])
    func `a threshold edited after the request voids it`(kind: ApprovalState.State) {
        #expect(judge(state(kind, decisions: [decision("bob")]), threshold: "1000000").outcome == .failed)
    }

    @Test func `refused attempts stay visible`() {
        let verdict = judge(state(.approved, decisions: [decision("bob")], refused: ["mallory: unknown key"]))
        #expect(verdict.outcome == .passed && verdict.reasons.last == "A decision was refused: mallory: unknown key")
    }
}
