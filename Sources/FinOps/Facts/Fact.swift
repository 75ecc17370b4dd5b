/// A figure that may be printed: an exact value, its unit, and the digest of the answer it was computed from.
///
/// Reports, e-mail, charts and narratives print facts and nothing else, so that every number on every page can be traced.
public struct Fact: Hashable, Codable, Sendable {
    public enum Unit: String, Codable, Sendable, CaseIterable {
        /// An amount in `currency`.
        case money
        case percent
        case count
        case days
        /// An exchange rate.
        case rate
    }

    /// Dotted, stable: `total.net`, `account.111111111111.net`, `service.amazon-rds.change_pct`.
    public let id: String
    public let unit: Unit
    /// Nil when the figure could not be established; `reason` then says why.
    public let value: ExactDecimal?
    public let currency: Currency?
    /// What it is, in words, without the figure.
    public let label: String
    /// SHA-256 of the question (its parameters) whose answer this figure comes from; several when it is computed.
    public let sources: [Digest]
    /// Why the value is unknown.
    public let reason: String?

    public init(
        id: String, unit: Unit, value: ExactDecimal?, currency: Currency? = nil, label: String, sources: [Digest],
        reason: String? = nil
    ) {
        self.id = id
        self.unit = unit
        self.value = value
        self.currency = currency
        self.label = label
        self.sources = sources
        self.reason = reason
    }
}

/// Every figure of the month, and the words that surround them: `facts.json`. A function of the collected answers alone, so
/// two runs over the same answers give the same bytes.
public struct FactBook: Hashable, Codable, Sendable {
    public let schema: Int
    public let month: BillingMonth
    public let project: String
    public let scope: RunRequest.Scope
    public let metric: CostMetric
    public let currency: Currency
    /// Estimated by AWS, or before the 8th of the next month: every page then says preliminary.
    public let isPreliminary: Bool
    public let isSample: Bool
    public let exchangeRate: Observation<ExchangeRate>?
    /// Lists of entities in the order reports show them, each naming the prefix of its facts.
    public let accounts: [FactSubject]
    public let services: [FactSubject]
    /// Empty when the tree could not be read.
    public let organizationalUnits: [FactSubject]
    /// The questions whose digests the facts name as sources.
    public let questions: [FactQuestion]
    /// Sources that were not available, for the confidence strip of every page.
    public let unavailable: [Trouble]
    public let gates: [Verdict]
    public let facts: [Fact]
    /// Nil in a book written before there were statements.
    public let reconciliation: ReconciliationOutline?
    /// What the policy in force does without, in sentences; nil when nothing was weakened.
    public let weakerModes: [String]?
    /// Nil in a book written before there was any.
    public let analysis: AnalysisOutline?
    /// What AWS found unusual, when commitments end, what AWS advises, and the budgets people set, each naming the prefix of
    /// its facts. Nil in a book written before they were asked for.
    public let anomalies: [FactSubject]?
    public let commitments: [FactSubject]?
    public let recommendations: [FactSubject]?
    public let budgets: [FactSubject]?
    /// Nil without line items that name resources.
    public let resources: ResourceOutline?
    /// The export that every figure comes from; nil when Cost Explorer was asked.
    public let origin: ExportOrigin?

    public init(
        month: BillingMonth, project: String, scope: RunRequest.Scope, metric: CostMetric, currency: Currency,
        isPreliminary: Bool, isSample: Bool, exchangeRate: Observation<ExchangeRate>?, accounts: [FactSubject],
        services: [FactSubject], organizationalUnits: [FactSubject] = [], questions: [FactQuestion] = [],
        unavailable: [Trouble], gates: [Verdict], facts: [Fact], reconciliation: ReconciliationOutline? = nil,
        weakerModes: [String]? = nil,
        analysis: AnalysisOutline? = nil,
        anomalies: [FactSubject]? = nil, commitments: [FactSubject]? = nil, recommendations: [FactSubject]? = nil,
        budgets: [FactSubject]? = nil, resources: ResourceOutline? = nil, origin: ExportOrigin? = nil
    ) {
        schema = 1
        self.month = month
        self.project = project
        self.scope = scope
        self.metric = metric
        self.currency = currency
        self.isPreliminary = isPreliminary
        self.isSample = isSample
        self.exchangeRate = exchangeRate
        self.accounts = accounts
        self.services = services
        self.organizationalUnits = organizationalUnits
        self.questions = questions
        self.unavailable = unavailable
        self.gates = gates
        self.facts = facts
        self.reconciliation = reconciliation
        self.weakerModes = weakerModes
        self.analysis = analysis
        self.anomalies = anomalies
        self.commitments = commitments
        self.recommendations = recommendations
        self.budgets = budgets
        self.resources = resources
        self.origin = origin
    }
}

/// An account or a service that facts speak about.
public struct FactSubject: Hashable, Codable, Sendable {
    /// The prefix of its facts: `account.111111111111`.
    public let factPrefix: String
    /// Account id or AWS's service name.
    public let key: String
    /// Untrusted text, as people named it.
    public let name: String
    /// The organisational units from the root down; nil when unknown or meaningless.
    public let path: [String]?
    /// Of an account: whom its tag `Owner` names, untrusted text as well; nil where that is not known.
    public let owner: String?

    public init(factPrefix: String, key: String, name: String, path: [String]?, owner: String? = nil) {
        self.factPrefix = factPrefix
        self.key = key
        self.name = name
        self.path = path
        self.owner = owner
    }
}

/// A question that was answered, by the digest that facts name as their source. Request ids and times belong to the
/// query log: they differ between two runs, a book of facts must not.
public struct FactQuestion: Hashable, Codable, Sendable {
    /// `L1`, `L3`, `forecast`, …
    public let id: String
    public let operation: String
    public let parametersSHA256: Digest

    public init(id: String, operation: String, parametersSHA256: Digest) {
        self.id = id
        self.operation = operation
        self.parametersSHA256 = parametersSHA256
    }
}
