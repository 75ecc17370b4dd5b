public import FinOps

/// What a role leaves behind: one file per review, never overwritten, copied into the month's archive.
public struct CoordinationLog: Hashable, Codable, Sendable {
    /// Changes when a log would be read differently: docs/schemas/coordination-log.schema.json.
    public static let schemaVersion = 1

    public let schema: Int
    public let role: String
    public let project: String
    public let month: BillingMonth
    public let phase: PhaseID
    public let runID: String
    public let writtenAt: Timestamp
    public let examined: [ExaminedItem]
    public let findings: [RoleFinding]
    public let verdict: RoleReview.Verdict
    public let score: Int?
    /// Nil when the built-in role spoke.
    public let program: ProgramTrace?

    public init(
        review: RoleReview, program: ProgramTrace? = nil, project: String, month: BillingMonth, runID: String,
        writtenAt: Timestamp
    ) {
        schema = Self.schemaVersion
        role = review.role
        self.project = project
        self.month = month
        phase = review.phase
        self.runID = runID
        self.writtenAt = writtenAt
        examined = review.examined
        findings = review.findings
        verdict = review.verdict
        score = review.score
        self.program = program
    }

    /// `qa-engineer-2026-03-01.json`; the second of a role on one day is `qa-engineer-2026-03-01.2.json`.
    public static func fileName(role: String, day: CalendarDay, ordinal: Int = 1) -> String {
        "\(role)-\(day)\(ordinal > 1 ? ".\(ordinal)" : "").json"
    }
}
