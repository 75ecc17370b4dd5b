/// What a role concluded. It binds nobody: no role approves, skips a gate or chooses a phase.
public struct RoleReview: Hashable, Codable, Sendable {
    public enum Verdict: String, Codable, Sendable, CaseIterable {
        case pass, advise, fail
        /// Had nothing to judge by.
        case abstain
    }

    /// `product-owner`, `cloud-architect`, `observability-engineer`, `qa-engineer`.
    public let role: String
    public let phase: PhaseID
    /// What it looked at, by digest.
    public let examined: [ExaminedItem]
    public let findings: [RoleFinding]
    public let verdict: Verdict
    /// Points out of a hundred where the role scores (phase 9), else nil.
    public let score: Int?
    /// The file name of the program that spoke; nil for the built-in role.
    public let program: String?

    public init(
        role: String, phase: PhaseID, examined: [ExaminedItem], findings: [RoleFinding], verdict: Verdict,
        score: Int? = nil, program: String? = nil
    ) {
        self.role = role
        self.phase = phase
        self.examined = examined
        self.findings = findings
        self.verdict = verdict
        self.score = score
        self.program = program
    }
}

public struct ExaminedItem: Hashable, Codable, Sendable {
    public let name: String
    public let sha256: Digest

    public init(name: String, sha256: Digest) {
        self.name = name
        self.sha256 = sha256
    }
}

public struct RoleFinding: Hashable, Codable, Sendable {
    public enum Severity: String, Codable, Sendable, CaseIterable { case note, advice, problem }

    /// Stable: `PO-01`.
    public let id: String
    public let severity: Severity
    /// Ids of the facts it speaks about; figures appear in the text only through them.
    public let facts: [String]
    public let text: String

    public init(id: String, severity: Severity, facts: [String] = [], text: String) {
        self.id = id
        self.severity = severity
        self.facts = facts
        self.text = text
    }
}
