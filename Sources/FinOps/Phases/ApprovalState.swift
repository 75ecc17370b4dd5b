/// Phase 7: whether a human is needed, and what the human said. Produced from verified signatures only.
public struct ApprovalState: Hashable, Codable, Sendable {
    public enum State: String, Codable, Sendable {
        case notRequired = "not_required"
        case waiting
        case approved
        case rejected
        case expired
    }

    public let state: State
    public let total: Money
    public let threshold: Money
    public let quorum: Int
    /// Names the request that decisions answer; nil when none was needed.
    public let requestID: String?
    public let expiresOn: Timestamp?
    /// Valid decisions, one per distinct person.
    public let decisions: [Decision]
    /// Decisions that were presented and refused, each with its reason; kept because attempts are evidence.
    public let refused: [String]

    public init(
        state: State, total: Money, threshold: Money, quorum: Int, requestID: String?, expiresOn: Timestamp?,
        decisions: [Decision], refused: [String]
    ) {
        self.state = state
        self.total = total
        self.threshold = threshold
        self.quorum = quorum
        self.requestID = requestID
        self.expiresOn = expiresOn
        self.decisions = decisions
        self.refused = refused
    }
}

/// One person's signed word on one request.
public struct Decision: Hashable, Codable, Sendable {
    public let approver: String
    public let approved: Bool
    public let decidedOn: Timestamp
    public let comment: String
    /// What was looked at, in the person's words; nil in months of before it was noted.
    public let reviewed: [String]?
    /// Base64 of SHA-256 of the public key (SPKI) that verified the signature; nil in months of before it was noted.
    public let keyHint: String?
    /// The signed bundle this was read from.
    public let bundleSHA256: Digest

    public init(
        approver: String, approved: Bool, decidedOn: Timestamp, comment: String, reviewed: [String]? = nil,
        keyHint: String? = nil, bundleSHA256: Digest
    ) {
        self.approver = approver
        self.approved = approved
        self.decidedOn = decidedOn
        self.comment = comment
        self.reviewed = reviewed
        self.keyHint = keyHint
        self.bundleSHA256 = bundleSHA256
    }
}
