public import FinOps
import Foundation

/// What a human signs about the deliverables.
public struct ApprovalPredicate: StatementPredicate {
    public static let predicateType = "https://finops-monthly.dev/approval/v1"

    public enum Decision: String, Codable, Sendable, CaseIterable { case approved, rejected, delegated }

    public let decision: Decision
    public let gate: String
    public let period: BillingMonth
    public let requestId: String
    /// SHA-256 of the whole request file; nil in decisions signed before there was one.
    public let request: Digest?
    public let logId: String
    public let seq: Int
    public let previous: NamedDigest?
    public let facts: Digest
    public let policy: Digest
    public let total: String
    public let policyThreshold: String
    public let requestedBy: String
    public let approver: String
    /// For delegation, which is not offered yet: always null.
    public let onBehalfOf: String?
    public let requestedOn: Timestamp
    public let expiresOn: Timestamp
    /// The approver's own clock. Whoever relies on it compares it with the moment the decision was received.
    public let decidedOn: Timestamp
    /// What was looked at, in the approver's words; at least one.
    public let reviewed: [String]
    public let comment: String

    public init(
        answering request: ApprovalRequest, decision: Decision, approver: String, decidedOn: Timestamp,
        reviewed: [String], comment: String
    ) throws {
        self.decision = decision
        gate = request.gate
        period = request.period
        requestId = request.requestId
        self.request = try request.digest()
        logId = request.logId
        seq = request.seq
        previous = request.previous
        facts = request.facts
        policy = request.policy
        total = request.total
        policyThreshold = request.policyThreshold
        requestedBy = request.requestedBy
        self.approver = approver
        onBehalfOf = nil
        requestedOn = request.requestedOn
        expiresOn = request.expiresOn
        self.decidedOn = decidedOn
        self.reviewed = reviewed
        self.comment = comment
    }

    public func encode(to encoder: any Encoder) throws {
        var fields = encoder.container(keyedBy: CodingKeys.self)
        try fields.encode(decision, forKey: .decision)
        try fields.encode(gate, forKey: .gate)
        try fields.encode(period, forKey: .period)
        try fields.encode(requestId, forKey: .requestId)
        try fields.encodeIfPresent(request, forKey: .request)
        try fields.encode(logId, forKey: .logId)
        try fields.encode(seq, forKey: .seq)
        try fields.encode(previous, forKey: .previous)
        try fields.encode(facts, forKey: .facts)
        try fields.encode(policy, forKey: .policy)
        try fields.encode(total, forKey: .total)
        try fields.encode(policyThreshold, forKey: .policyThreshold)
        try fields.encode(requestedBy, forKey: .requestedBy)
        try fields.encode(approver, forKey: .approver)
        try fields.encode(onBehalfOf, forKey: .onBehalfOf)
        try fields.encode(requestedOn, forKey: .requestedOn)
        try fields.encode(expiresOn, forKey: .expiresOn)
        try fields.encode(decidedOn, forKey: .decidedOn)
        try fields.encode(reviewed, forKey: .reviewed)
        try fields.encode(comment, forKey: .comment)
    }
}

/// A decision, ready to be signed.
public enum ApprovalStatement {
    public static let subjectName = "deliverables"

    /// Signs a decision about the deliverables the request names. Whoever calls this has compared the reports the approver
    /// read with that digest. Throws `invalid_name` or `key_unusable`.
    public static func sign(
        _ request: ApprovalRequest, decision: ApprovalPredicate.Decision, approver: String, decidedOn: Timestamp,
        reviewed: [String], comment: String, key: any SigningKey
    ) async throws -> SigstoreBundle {
        let payload = try payload(
            request, decision: decision, approver: approver, decidedOn: decidedOn, reviewed: reviewed, comment: comment)
        return try await SigstoreBundle.sign(payload, with: key)
    }

    /// What is signed.
    static func payload(
        _ request: ApprovalRequest, decision: ApprovalPredicate.Decision, approver: String, decidedOn: Timestamp,
        reviewed: [String], comment: String
    ) throws -> Data {
        try PersonName.check(approver)
        let predicate = try ApprovalPredicate(
            answering: request, decision: decision, approver: approver, decidedOn: decidedOn, reviewed: reviewed,
            comment: comment)
        let subject = NamedDigest(name: subjectName, digest: request.deliverables)
        return try Statement(subject: [subject], predicate: predicate).payload()
    }
}
