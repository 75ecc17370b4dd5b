/// Phase 1: is the tool sound, are we signed in, may we read costs?
public struct PreflightReport: Hashable, Codable, Sendable {
    public let smokeTest: SmokeTest
    /// One per profile the run uses.
    public let identities: [ProfileIdentity]
    public let costExplorer: Observation<CostExplorerProbe>
    /// This machine's clock against the provider's; nil when no answer said.
    public let clockSkew: ClockSkew?
    /// The export that makes signing in needless; nil when Cost Explorer is asked.
    public let origin: ExportOrigin?

    public init(
        smokeTest: SmokeTest, identities: [ProfileIdentity], costExplorer: Observation<CostExplorerProbe>,
        clockSkew: ClockSkew? = nil, origin: ExportOrigin? = nil
    ) {
        self.smokeTest = smokeTest
        self.identities = identities
        self.costExplorer = costExplorer
        self.clockSkew = clockSkew
        self.origin = origin
    }
}

/// G0: the running binary answered `--version`, and each wheel in `dist/` installs in a clean environment and answers too.
public struct SmokeTest: Hashable, Codable, Sendable {
    public struct Check: Hashable, Codable, Sendable {
        /// `running binary`, or the file name of a wheel.
        public let subject: String
        /// Of the very bytes that were tried.
        public let sha256: Digest?
        /// Nil when it could not be started or was killed.
        public let exitStatus: Int?
        /// The first line it printed.
        public let answer: String

        public init(subject: String, sha256: Digest?, exitStatus: Int?, answer: String) {
            self.subject = subject
            self.sha256 = sha256
            self.exitStatus = exitStatus
            self.answer = answer
        }
    }

    public let toolVersion: String
    public let checks: [Check]

    public init(toolVersion: String, checks: [Check]) {
        self.toolVersion = toolVersion
        self.checks = checks
    }
}

public struct ProfileIdentity: Hashable, Codable, Sendable {
    /// `default chain` when no profile was named.
    public let profile: String
    public let identity: Observation<CallerIdentity>

    public init(profile: String, identity: Observation<CallerIdentity>) {
        self.profile = profile
        self.identity = identity
    }
}

/// The costs by day and service that the month needs anyway, asked early: billed only when it succeeds, and never asked
/// twice, because phase 3 finds the answer among those already paid for.
public struct CostExplorerProbe: Hashable, Codable, Sendable {
    /// The question and its answer's pages; `rows` is zero when the answer held no line.
    public let record: QueryRecord
    /// Days that have a line.
    public let days: Int

    public init(record: QueryRecord, days: Int) {
        self.record = record
        self.days = days
    }

    public init(_ ledger: CostLedger) {
        self.init(record: ledger.record, days: Set(ledger.lines.map(\.day)).count)
    }
}
