public import FinOps
public import Foundation

/// What a human is asked to sign: `approval-request.json`. Everything a decision is bound to, so that an approver can work on
/// another machine with this file and the reports alone.
public struct ApprovalRequest: Hashable, Sendable, Codable {
    /// `2026-02#1-3f9c1a2b…`: the month, the number of the request, and a nonce, so that no decision fits a second time.
    public let requestId: String
    public let run: String
    public let gate: String
    public let period: BillingMonth
    /// SHA-256 of the manifest lines of the reports.
    public let deliverables: Digest
    public let facts: Digest
    public let policy: Digest
    /// Place in the chain that the month will take.
    public let seq: Int
    /// The seal it will follow; nil for the first.
    public let previous: NamedDigest?
    public let logId: String
    /// `318841.25 USD`.
    public let total: String
    public let policyThreshold: String
    /// How many distinct people must approve.
    public let quorum: Int
    /// By policy whoever requests may not approve; true is the weaker mode.
    public let requesterMayApprove: Bool
    /// Who may approve, by name; nil is everybody whose key is trusted.
    public let approvers: [String]?
    /// Gates that were advised or did not hold when it was asked, so that they are shown on every machine.
    public let concerns: [Verdict]?
    public let requestedBy: String
    public let requestedOn: Timestamp
    /// The last second at which a decision counts.
    public let expiresOn: Timestamp

    public init(
        requestId: String, run: String, gate: String = "G7", period: BillingMonth, deliverables: Digest, facts: Digest,
        policy: Digest, seq: Int, previous: NamedDigest?, logId: String, total: Money, policyThreshold: Money,
        quorum: Int, requesterMayApprove: Bool, approvers: [String]? = nil, concerns: [Verdict]? = nil,
        requestedBy: String, requestedOn: Timestamp, expiresOn: Timestamp
    ) {
        self.requestId = requestId
        self.run = run
        self.gate = gate
        self.period = period
        self.deliverables = deliverables
        self.facts = facts
        self.policy = policy
        self.seq = seq
        self.previous = previous
        self.logId = logId
        self.total = total.text
        self.policyThreshold = policyThreshold.text
        self.quorum = quorum
        self.requesterMayApprove = requesterMayApprove
        self.approvers = approvers
        self.concerns = concerns
        self.requestedBy = requestedBy
        self.requestedOn = requestedOn
        self.expiresOn = expiresOn
    }

    /// Reads a request file. Throws `malformed`.
    public init(_ bytes: Data) throws {
        guard bytes.count <= SigstoreBundle.limitBytes else {
            throw EvidenceError(.malformed, "the approval request has \(bytes.count) bytes, more than any of ours")
        }
        self = try EvidenceJSON.decode(Self.self, from: bytes, named: "the approval request")
    }

    /// The file: one line of JSON with sorted keys, so its digest is a function of the value.
    public func encoded() throws -> Data { try EvidenceJSON.line(self) + Data("\n".utf8) }

    /// SHA-256 of the file.
    public func digest() throws -> Digest { Digest(of: try encoded()) }

    /// Names the n-th request of a month.
    public static func makeID(_ month: BillingMonth, number: Int, randomness: any Randomness) -> String {
        "\(month)#\(number)-\(RandomName.hex(randomness, bytes: 8))"
    }
}

/// Random hexadecimal names.
public enum RandomName {
    /// The id of a new chain: 128 bits.
    public static func logID(_ randomness: any Randomness) -> String { hex(randomness, bytes: 16) }

    /// Twice as many characters as bytes.
    public static func hex(_ randomness: any Randomness, bytes: Int) -> String {
        let digits = Array("0123456789abcdef")
        return String(randomness.bytes(bytes).flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] })
    }
}
