public import FinOps

/// Evidence that cannot be written, read or relied on. What a *check* finds is a verdict and is returned, never thrown.
public struct EvidenceError: ExplainedError, Hashable {
    /// Stable codes. Callers decide by these.
    public enum Code: String, Sendable, CaseIterable {
        /// Another process works on the same month or archive.
        case busy
        /// A whole line of the journal is not what was written. Never repaired.
        case journalDamaged = "journal_damaged"
        /// An entry is longer than a line may be; larger things belong into the object store.
        case journalLineTooLong = "journal_line_too_long"
        /// An earlier append failed, so nobody knows what the disk holds until the journal is opened again.
        case journalStopped = "journal_stopped"
        case objectMissing = "object_missing"
        case objectDamaged = "object_damaged"
        /// A bundle, statement or request that is not of the form it claims.
        case malformed
        /// The month is in the archive already; only a restatement may follow.
        case monthAlreadySealed = "month_already_sealed"
        /// Another month was sealed since this one was asked for, so its place in the chain is taken.
        case chainMoved = "chain_moved"
        /// What people decided does not count any more at the moment it is relied on.
        case approvalVoid = "approval_void"
        /// The archive that should be continued does not hold together.
        case chainBroken = "chain_broken"
        /// A path that an archive cannot carry.
        case invalidPath = "invalid_path"
        /// A name for a key or an approver that is not plain lower-case ASCII.
        case invalidName = "invalid_name"
        case keyMissing = "key_missing"
        case keyExists = "key_exists"
        /// The private key can be read by others.
        case keyTooOpen = "key_too_open"
        case keyUnusable = "key_unusable"
    }

    public let kind: Code
    public let summary: String
    public let cause: String?
    public let hint: String?

    public var code: String { kind.rawValue }

    public init(_ kind: Code, _ summary: String, cause: String? = nil, hint: String? = nil) {
        self.kind = kind
        self.summary = summary
        self.cause = cause
        self.hint = hint
    }
}
