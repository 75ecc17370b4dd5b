/// The words around the figures of the analysis: which account and service drove the change, what was unusual and when, by
/// which method the months ahead were forecast. The figures are facts.
public struct AnalysisOutline: Hashable, Codable, Sendable {
    /// Largest gain first; empty when nothing stands out.
    public let causes: [CauseOutline]

    public init(causes: [CauseOutline]) {
        self.causes = causes
    }
}

/// One combination of an account and a service whose charges moved together. Its facts are `<factPrefix>.before`,
/// `….after`, `….change` and `….share_pct`; `before` is at the number of days of the month.
public struct CauseOutline: Hashable, Codable, Sendable {
    /// `cause.1`.
    public let factPrefix: String
    /// Nil when it holds for every account, or service.
    public let account: FactSubject?
    public let service: FactSubject?

    public init(factPrefix: String, account: FactSubject?, service: FactSubject?) {
        self.factPrefix = factPrefix
        self.account = account
        self.service = service
    }
}
