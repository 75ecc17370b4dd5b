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
        let verifier = ApprovalVerifier(request: request, trust: trust)
        var byPerson: [String: Decision] = [:]
        var refused: [Refusal] = []
        for item in presented {
            switch verifier.verify(item.bundle, receivedOn: item.receivedOn) {
            case .refused(let reason, let bundle): refused.append(Refusal(bundle: bundle, reason: reason))
            case .valid(let decision):
                if byPerson[decision.approver]?.approved != false,
                    byPerson[decision.approver] == nil || !decision.approved
                {
                    byPerson[decision.approver] = decision
                }
            }
        }
        decisions = byPerson.values.sorted { $0.approver < $1.approver }
        self.refused = refused
        if decisions.contains(where: { !$0.approved }) {
            outcome = .rejected
        } else {
            outcome = decisions.count >= max(1, request.quorum) ? .approved : .waiting
        }
    }
}
