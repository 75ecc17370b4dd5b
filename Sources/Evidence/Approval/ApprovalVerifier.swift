public import FinOps
public import Foundation
import OpenSSL

/// Why a decision does not count. Each has a word of its own, because each asks for another remedy.
public enum ApprovalRefusal: String, Hashable, Codable, Sendable, CaseIterable {
    case malformed
    /// No listed approver's key made the signature.
    case unknownKey = "unknown_key"
    /// A listed approver signed in another's name.
    case anotherName = "another_name"
    /// The approver's key counted for other months.
    case keyOutsideWindow = "key_outside_window"
    /// The runner's own key may not approve.
    case runnerKey = "runner_key"
    /// The policy names the approvers, and the signer is none of them.
    case notAnApprover = "not_an_approver"
    case requesterApproves = "requester_approves"
    /// The reports were rendered again, or others were read.
    case wrongDeliverables = "wrong_deliverables"
    case wrongFacts = "wrong_facts"
    /// A threshold was edited after the request.
    case policyDiffers = "policy_differs"
    case wrongPeriod = "wrong_period"
    case wrongSequence = "wrong_sequence"
    case wrongPrevious = "wrong_previous"
    case wrongLog = "wrong_log"
    case wrongRequest = "wrong_request"
    case wrongGate = "wrong_gate"
    /// Total, threshold, requester or dates are not those of the request.
    case wrongTerms = "wrong_terms"
    case beforeRequested = "before_requested"
    case expired
    /// Decided later than it was received: a clock is wrong.
    case afterReceived = "after_received"
    /// Names nothing that was looked at, or has no comment.
    case nothingReviewed = "nothing_reviewed"
    case delegationNotOffered = "delegation_not_offered"

    /// For people.
    public var sentence: String {
        switch self {
        case .malformed: "it is not a decision in a signed bundle"
        case .unknownKey: "no listed approver made the signature, or the decision was changed"
        case .anotherName: "it was signed in the name of another person"
        case .keyOutsideWindow: "it was signed with a key that is not trusted for this month"
        case .runnerKey: "it was signed with the runner's key"
        case .notAnApprover: "the policy does not name the signer as an approver"
        case .requesterApproves: "the approver requested the run"
        case .wrongDeliverables: "it is about other reports; they may have been rendered again"
        case .wrongFacts: "it is about other facts"
        case .policyDiffers: "the policy was changed after the request"
        case .wrongPeriod: "it is about another month"
        case .wrongSequence: "it is about another place in the chain"
        case .wrongPrevious: "it follows another seal"
        case .wrongLog: "it belongs to another chain of months"
        case .wrongRequest: "it answers another request"
        case .wrongGate: "it is about another gate"
        case .wrongTerms: "total, threshold, requester or dates are not those of the request"
        case .beforeRequested: "it was decided before it was requested"
        case .expired: "it came after the request expired"
        case .afterReceived: "it claims to be decided later than it was received"
        case .nothingReviewed: "it names nothing that was reviewed, or has no comment"
        case .delegationNotOffered: "decisions on behalf of others are not offered"
        }
    }
}

/// What a bundle turned out to be.
public enum ApprovalCheck: Hashable, Sendable {
    /// A listed approver's own, bound and timely word: approved or rejected.
    case valid(Decision)
    /// `bundle` is the SHA-256 of what was presented; refused attempts are evidence too.
    case refused(ApprovalRefusal, bundle: Digest)
}

/// Judges one signed decision. Trusts nothing in it before the signature holds.
public struct ApprovalVerifier: Sendable {
    let request: ApprovalRequest
    let trust: Trust
    private let rules: ApprovalRules

    public init(request: ApprovalRequest, trust: Trust) { self.init(request: request, trust: trust, rules: .standard) }

    package init(request: ApprovalRequest, trust: Trust, rules: ApprovalRules) {
        (self.request, self.trust, self.rules) = (request, trust, rules)
    }

    /// `receivedOn` is the moment the decision reached the engine: now, or for an archived one the time of its journal entry.
    /// Clocks of two machines may differ by `clockSkewSeconds`.
    public func verify(_ bundle: Data, receivedOn: Timestamp, clockSkewSeconds: Int = 300) -> ApprovalCheck {
        let digest = Digest(of: bundle)
        guard let envelope = try? SigstoreBundle(bundle) else { return .refused(.malformed, bundle: digest) }
        if rules.refuse(.runnerKey), !trust.runners.signers(of: envelope).isEmpty {
            return .refused(.runnerKey, bundle: digest)
        }
        let signers = trust.approvers.mapValues { $0.signers(of: envelope) }.filter { !$0.value.isEmpty }
        guard !signers.isEmpty else { return .refused(.unknownKey, bundle: digest) }
        guard let statement = try? Statement<ApprovalPredicate>(payload: envelope.payload) else {
            return .refused(.malformed, bundle: digest)
        }
        let predicate = statement.predicate
        guard let own = signers[predicate.approver] else { return .refused(.anotherName, bundle: digest) }
        guard let signer = own.first(where: { $0.window.contains(request.seq) }) else {
            return .refused(.keyOutsideWindow, bundle: digest)
        }
        if let refusal = refusal(of: statement, receivedOn: receivedOn, clockSkewSeconds: clockSkewSeconds) {
            return .refused(refusal, bundle: digest)
        }
        return .valid(
            Decision(
                approver: predicate.approver, approved: predicate.decision == .approved,
                decidedOn: predicate.decidedOn, comment: predicate.comment, reviewed: predicate.reviewed,
                keyHint: signer.key.hint, bundleSHA256: digest))
    }

    /// What is wrong with a decision whoever made the signature; for a machine that knows the request and not whom to trust.
    public static func refusalWithoutTrust(
        of bundle: SigstoreBundle, request: ApprovalRequest, receivedOn: Timestamp
    ) -> ApprovalRefusal? {
        guard let statement = try? Statement<ApprovalPredicate>(payload: bundle.payload) else { return .malformed }
        return ApprovalVerifier(request: request, trust: Trust(runners: [], approvers: [:]))
            .refusal(of: statement, receivedOn: receivedOn, clockSkewSeconds: 300)
    }

    private func refusal(
        of statement: Statement<ApprovalPredicate>, receivedOn: Timestamp, clockSkewSeconds: Int
    ) -> ApprovalRefusal? {
        let decidedOn = statement.predicate.decidedOn
        let faults =
            bindingFaults(statement) + personFaults(statement.predicate) + [
                (.beforeRequested, decidedOn < request.requestedOn),
                (.expired, decidedOn > request.expiresOn || receivedOn > request.expiresOn),
                (.afterReceived, decidedOn > receivedOn.adding(seconds: clockSkewSeconds)),
            ]
        return faults.first { $0.isThere && rules.refuse($0.reason) }?.reason
    }

    /// Everything that can be wrong, the more telling word first.
    private typealias Fault = (reason: ApprovalRefusal, isThere: Bool)

    private func bindingFaults(_ statement: Statement<ApprovalPredicate>) -> [Fault] {
        let predicate = statement.predicate
        let deliverables = NamedDigest(name: ApprovalStatement.subjectName, digest: request.deliverables)
        let terms = { (signed: ApprovalPredicate, asked: ApprovalRequest) in
            signed.total == asked.total && signed.policyThreshold == asked.policyThreshold
                && signed.requestedBy == asked.requestedBy && signed.requestedOn == asked.requestedOn
                && signed.expiresOn == asked.expiresOn
        }
        return [
            (.wrongLog, predicate.logId != request.logId),
            (.wrongPeriod, predicate.period != request.period),
            (.wrongGate, predicate.gate != request.gate),
            (.wrongSequence, predicate.seq != request.seq),
            (.wrongPrevious, predicate.previous != request.previous),
            (.wrongDeliverables, statement.subject != [deliverables]),
            (.wrongFacts, predicate.facts != request.facts),
            (.policyDiffers, predicate.policy != request.policy),
            (.wrongRequest, predicate.requestId != request.requestId),
            (.wrongTerms, !terms(predicate, request) || isAnother(predicate.request)),
        ]
    }

    /// Nil is not another: it was signed before decisions named the digest of the whole request.
    private func isAnother(_ named: Digest?) -> Bool {
        guard let named else { return false }
        return named != (try? request.digest())
    }

    private func personFaults(_ predicate: ApprovalPredicate) -> [Fault] {
        let isRequester = predicate.approver == request.requestedBy.lowercased()
        let isBlank = { (text: String) in text.allSatisfy(\.isWhitespace) }
        return [
            (.delegationNotOffered, predicate.decision == .delegated || predicate.onBehalfOf != nil),
            (.notAnApprover, !(request.approvers?.contains(predicate.approver) ?? true)),
            // A requester may always say no.
            (.requesterApproves, predicate.decision == .approved && !request.requesterMayApprove && isRequester),
            (
                .nothingReviewed,
                predicate.reviewed.isEmpty || predicate.reviewed.contains(where: isBlank) || isBlank(predicate.comment)
            ),
        ]
    }
}
