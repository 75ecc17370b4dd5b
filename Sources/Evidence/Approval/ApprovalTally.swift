public import FinOps
public import Foundation

/// All decisions on one request, counted. Distinct people count, never files; one rejection by a listed approver outweighs
/// every approval.
public struct ApprovalTally: Hashable, Sendable {
    /// A decision as it was presented.
    public struct Presented: Hashable, Sendable {
        public let bundle: Data
        /// The moment it reached the engine.
        public let receivedOn: Timestamp

        public init(bundle: Data, receivedOn: Timestamp) {
            self.bundle = bundle
            self.receivedOn = receivedOn
        }
    }

    public enum Outcome: String, Hashable, Codable, Sendable { case waiting, approved, rejected }

    public let outcome: Outcome
    /// One per distinct person, by name: a rejection if the person signed one, else the first approval.
    public let decisions: [Decision]
    public let refused: [Refusal]

    /// A bundle that does not count, and why.
    public struct Refusal: Hashable, Sendable {
        public let bundle: Digest
        public let reason: ApprovalRefusal
    }

    /// A quorum below one is taken as one: nobody's silence approves.
    public init(_ presented: [Presented], request: ApprovalRequest, trust: Trust) {
        self.init(presented, request: request, trust: trust, rules: .standard)
    }

    package init(_ presented: [Presented], request: ApprovalRequest, trust: Trust, rules: ApprovalRules) {
        let verifier = ApprovalVerifier(request: request, trust: trust, rules: rules)
        var byPerson: [String: Decision] = [:]
        var refused: [Refusal] = []
        for item in presented {
            switch verifier.verify(item.bundle, receivedOn: item.receivedOn) {
            case .refused(let reason, let bundle): refused.append(Refusal(bundle: bundle, reason: reason))
            case .valid(let decision):
                let person = rules.person(decision)
                if byPerson[person]?.approved != false, byPerson[person] == nil || !decision.approved {
                    byPerson[person] = decision
                }
            }
        }
        decisions = byPerson.values.sorted { $0.approver < $1.approver }
        self.refused = refused
        let approvals = decisions.filter(\.approved)
        if rules.rejectionOutweighs, approvals.count < decisions.count {
            outcome = .rejected
        } else {
            outcome = approvals.count >= max(1, request.quorum) ? .approved : .waiting
        }
    }
}
