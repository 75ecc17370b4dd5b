import Evidence
import FinOps
import Foundation
import OpenSSL
import Testing

struct ApprovalVerifierTests {
    let decisions: Decisions
    let onTime = Timestamp("2026-03-02T00:00:05Z")!

    init() throws { decisions = try Decisions() }

    func refusal(_ bundle: Data, receivedOn: Timestamp? = nil) -> ApprovalRefusal? {
        let verifier = ApprovalVerifier(request: decisions.request, trust: decisions.trust)
        guard case .refused(let reason, let digest) = verifier.verify(bundle, receivedOn: receivedOn ?? onTime) else {
            return nil
        }
        #expect(digest == SystemHashing().sha256(bundle))
        return reason
    }

    @Test func `a listed approver's bound and timely word counts`() throws {
        let bundle = try decisions.sign()
        let check = ApprovalVerifier(request: decisions.request, trust: decisions.trust)
            .verify(bundle, receivedOn: onTime)
        #expect(
            check
                == .valid(
                    Decision(
                        approver: "alice", approved: true, decidedOn: Timestamp("2026-03-02T00:00:00Z")!,
                        comment: "as expected", reviewed: ["total tied to invoice"],
                        keyHint: try decisions.alice.publicKey.hint, bundleSHA256: SystemHashing().sha256(bundle))))
    }

    static let zero = String(repeating: "0", count: 64)

    @Test(arguments: [
        ("deliverables", zero, ApprovalRefusal.wrongDeliverables), ("facts", zero, .wrongFacts),
        ("policy", zero, .policyDiffers), ("period", "2026-03", .wrongPeriod), ("gate", "G6", .wrongGate),
        ("logId", "ffeeddccbbaa99887766554433221100", .wrongLog), ("requestId", "2026-02#2-00", .wrongRequest),
        ("total", "318841.26 USD", .wrongTerms), ("total", "318841.25 NZD", .wrongTerms),
        ("policyThreshold", "1000000.00 USD", .wrongTerms), ("requestedBy", "dave", .wrongTerms),
        ("expiresOn", "2027-03-15T00:00:00Z", .wrongTerms),
    ])
    func `a decision about another thing is refused by that thing's name`(
        field: String, value: String, reason: ApprovalRefusal
    ) throws {
        let other = try decisions.request.changing(field, to: value)
        #expect(refusal(try decisions.sign(about: other)) == reason)
    }

    @Test func `another place in the chain is refused`() throws {
        #expect(refusal(try decisions.sign(about: decisions.request.changing("seq", to: 3))) == .wrongSequence)
        let orphan = try decisions.request.changing("previous", to: NSNull())
        #expect(refusal(try decisions.sign(about: orphan)) == .wrongPrevious)
    }

    @Test func `the last second counts and the one after does not`() throws {
        let last = Timestamp("2026-03-15T00:00:00Z")!
        #expect(refusal(try decisions.sign(on: "2026-03-15T00:00:00Z"), receivedOn: last) == nil)
        #expect(
            refusal(try decisions.sign(on: "2026-03-15T00:00:01Z"), receivedOn: last.adding(seconds: 1)) == .expired)
        #expect(refusal(try decisions.sign(), receivedOn: last.adding(seconds: 1)) == .expired)
    }

    @Test func `before the request and after its receipt are refused`() throws {
        #expect(refusal(try decisions.sign(on: "2026-02-28T23:59:59Z")) == .beforeRequested)
        #expect(refusal(try decisions.sign(on: "2026-03-02T00:05:06Z")) == .afterReceived)
        #expect(refusal(try decisions.sign(on: "2026-03-02T00:05:05Z")) == nil)
    }

    @Test func `who may not sign does not count`() throws {
        #expect(refusal(try decisions.sign(with: .generate())) == .unknownKey)
        #expect(refusal(try decisions.sign(as: "bob")) == .anotherName)
        #expect(refusal(try decisions.sign(with: decisions.runner)) == .runnerKey)
    }

    @Test(arguments: [
        ("-1", ApprovalRefusal.keyOutsideWindow), ("3-", .keyOutsideWindow), ("-2", nil), ("2-2", nil),
    ])
    func `a key counts for the months of its window`(window: String, reason: ApprovalRefusal?) throws {
        let alice = TrustedKey(try decisions.alice.publicKey, window: try #require(KeyWindow(window)))
        let trust = Trust(runners: decisions.trust.runners, approvers: ["alice": [alice]])
        let bundle = try decisions.sign()
        switch ApprovalVerifier(request: decisions.request, trust: trust).verify(bundle, receivedOn: onTime) {
        case .valid: #expect(reason == nil)
        case .refused(let refusal, _): #expect(refusal == reason)
        }
    }

    @Test func `a key that follows another speaks for the same person`() throws {
        let new = try ECDSAPrivateKey.generate()
        let keys = [
            TrustedKey(try decisions.alice.publicKey, window: KeyWindow("-1")!),
            TrustedKey(try new.publicKey, window: .from(2)),
        ]
        let trust = Trust(runners: [], approvers: ["alice": keys])
        let verifier = ApprovalVerifier(request: decisions.request, trust: trust)
        guard case .valid = verifier.verify(try decisions.sign(with: new), receivedOn: onTime) else {
            Issue.record("the new key was refused")
            return
        }
        let old = try decisions.sign()
        #expect(
            verifier.verify(old, receivedOn: onTime)
                == .refused(.keyOutsideWindow, bundle: SystemHashing().sha256(old)))
    }

    @Test(arguments: ["alice", "Alice"])
    func `the requester may not approve, but may reject`(requester: String) throws {
        let own = try Decisions(requestedBy: requester)
        let verifier = ApprovalVerifier(request: own.request, trust: own.trust)
        let approval = try own.sign()
        #expect(
            verifier.verify(approval, receivedOn: onTime)
                == .refused(.requesterApproves, bundle: SystemHashing().sha256(approval)))
        guard case .valid(let rejection) = verifier.verify(try own.sign(.rejected), receivedOn: onTime) else {
            Issue.record("a rejection by the requester was refused")
            return
        }
        #expect(!rejection.approved)
    }

    @Test func `a policy may allow the requester to approve`() throws {
        let own = try Decisions(requesterMayApprove: true, requestedBy: "alice")
        let verifier = ApprovalVerifier(request: own.request, trust: own.trust)
        guard case .valid = verifier.verify(try own.sign(), receivedOn: onTime) else {
            Issue.record("refused although the policy allows it")
            return
        }
    }

    @Test func `a reflex is no review`() throws {
        #expect(refusal(try decisions.sign(reviewed: [])) == .nothingReviewed)
        #expect(refusal(try decisions.sign(reviewed: [" "])) == .nothingReviewed)
        #expect(refusal(try decisions.sign(comment: "\n")) == .nothingReviewed)
        #expect(refusal(try decisions.sign(.delegated)) == .delegationNotOffered)
    }

    @Test func `every byte changed in a bundle is refused`() throws {
        let bundle = try decisions.sign()
        for index in bundle.indices.dropLast() {
            var changed = bundle
            changed[index] ^= 1
            #expect(refusal(changed) != nil, "byte \(index)")
        }
        #expect(refusal(Data()) == .malformed)
        #expect(refusal(Data(repeating: 32, count: 2 << 20)) == .malformed)
    }
}

struct ApprovalTallyTests {
    @Test func `one person twice is one person`() throws {
        let decisions = try Decisions(quorum: 2)
        let twice = decisions.presented([try decisions.sign(), try decisions.sign(comment: "again")])
        #expect(ApprovalTally(twice, request: decisions.request, trust: decisions.trust).outcome == .waiting)
        let both = twice + decisions.presented([try decisions.sign(as: "bob", with: decisions.bob)])
        let tally = ApprovalTally(both, request: decisions.request, trust: decisions.trust)
        #expect(tally.outcome == .approved)
        #expect(tally.decisions.map(\.approver) == ["alice", "bob"])
    }

    @Test func `one rejection outweighs every approval in any order`() throws {
        let decisions = try Decisions()
        let bundles = [
            try decisions.sign(), try decisions.sign(as: "bob", with: decisions.bob),
            try decisions.sign(.rejected, as: "bob", with: decisions.bob),
        ]
        for order in [bundles, bundles.reversed()] {
            let tally = ApprovalTally(
                decisions.presented(order), request: decisions.request, trust: decisions.trust)
            #expect(tally.outcome == .rejected)
            #expect(tally.decisions.map(\.approved) == [true, false])
        }
    }

    @Test func `a stranger's rejection stops nothing and is kept as refused`() throws {
        let decisions = try Decisions()
        let bundles = [try decisions.sign(), try decisions.sign(.rejected, with: .generate())]
        let tally = ApprovalTally(decisions.presented(bundles), request: decisions.request, trust: decisions.trust)
        #expect(tally.outcome == .approved)
        #expect(tally.refused.map(\.reason) == [.unknownKey])
    }

    @Test func `nobody's silence approves, whatever the quorum says`() throws {
        let decisions = try Decisions(quorum: 0)
        #expect(ApprovalTally([], request: decisions.request, trust: decisions.trust).outcome == .waiting)
    }

    @Test func `a request survives its file and its id is never the same twice`() throws {
        let request = try Decisions().request
        #expect(try ApprovalRequest(request.encoded()) == request)
        #expect(try request.digest() == SystemHashing().sha256(request.encoded()))
        let month = BillingMonth("2026-02")!
        let ids = (1...50).map { _ in ApprovalRequest.makeID(month, number: 1, randomness: SystemRandomness()) }
        #expect(Set(ids).count == 50)
        #expect(ids.allSatisfy { $0.hasPrefix("2026-02#1-") && $0.count == 26 })
    }
}
