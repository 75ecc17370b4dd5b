public import FinOps

/// What the seal of a month says.
public struct RunPredicate: StatementPredicate {
    public static let predicateType = "https://finops-monthly.dev/run/v1"

    public enum Outcome: String, Codable, Sendable, CaseIterable {
        case passed
        /// A human said no, and that is kept.
        case rejected
        /// A run of the month was not finished when a later one took its place: a gate stopped it, or nobody resumed it.
        case failed
        /// No run of the month was found; silence is signed too.
        case skipped
    }

    public let period: BillingMonth
    /// Place in the chain, from 1 without gaps.
    public let seq: Int
    /// The folder and payload digest of the seal before; nil for the first.
    public let previous: NamedDigest?
    /// For a restatement: the seal that no longer stands for the month.
    public let supersedes: NamedDigest?
    public let outcome: Outcome
    /// `G4` → `passed`.
    public let gates: [String: String]
    /// SHA-256 of the manifest lines of `data/reports/`; nil where nothing was written.
    public let deliverables: Digest?
    public let facts: Digest?
    public let policy: Digest?
    public let journalHead: Digest
    /// How many lines the archived journal has.
    public let events: Int
    /// 128 random bits as 32 hexadecimal characters, fixed at the first run: tells two chains apart that both begin with
    /// nothing.
    public let logId: String
    public let tool: Tool

    /// The program that sealed.
    public struct Tool: Hashable, Codable, Sendable {
        public let name: String
        public let version: String
        /// SHA-256 of the executable; nil when it could not be read.
        public let digest: Digest?

        public init(name: String = "finops-monthly", version: String, digest: Digest?) {
            self.name = name
            self.version = version
            self.digest = digest
        }
    }

    public func encode(to encoder: any Encoder) throws {
        var fields = encoder.container(keyedBy: CodingKeys.self)
        try fields.encode(period, forKey: .period)
        try fields.encode(seq, forKey: .seq)
        // `null` is said, not left out: the first month claims that nothing came before.
        try fields.encode(previous, forKey: .previous)
        try fields.encodeIfPresent(supersedes, forKey: .supersedes)
        try fields.encode(outcome, forKey: .outcome)
        try fields.encode(gates, forKey: .gates)
        try fields.encode(deliverables, forKey: .deliverables)
        try fields.encode(facts, forKey: .facts)
        try fields.encode(policy, forKey: .policy)
        try fields.encode(journalHead, forKey: .journalHead)
        try fields.encode(events, forKey: .events)
        try fields.encode(logId, forKey: .logId)
        try fields.encode(tool, forKey: .tool)
    }
}
