/// The words around the figures of the analysis: which account and service drove the change, what was unusual and when, by
/// which method the months ahead were forecast. The figures are facts.
public struct AnalysisOutline: Hashable, Codable, Sendable {
    /// Largest gain first; empty when nothing stands out.
    public let causes: [CauseOutline]
    /// By first day. Empty also when the days are unknown: `incidents.count` then has the reason.
    public let incidents: [IncidentOutline]
    public let outlook: OutlookOutline
    /// Of every budget: the month to come and the fiscal year.
    public let lights: [LightOutline]
    /// How earlier forecasts came out, by the month they were of; empty when none was sealed.
    public let pastForecasts: [PastForecastOutline]
    /// `facts.json` of earlier sealed months that figures were read from, by digest.
    public let sealedBooks: [FactQuestion]

    public init(
        causes: [CauseOutline], incidents: [IncidentOutline], outlook: OutlookOutline,
        lights: [LightOutline], pastForecasts: [PastForecastOutline], sealedBooks: [FactQuestion]
    ) {
        self.causes = causes
        self.incidents = incidents
        self.outlook = outlook
        self.lights = lights
        self.pastForecasts = pastForecasts
        self.sealedBooks = sealedBooks
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
    /// The usage types of the service that moved most, across the organisation: `<factPrefix>.before`, `….after` and
    /// `….change` of each. Nil where there is no service, or nobody asked for usage types.
    public let usageTypes: [FactSubject]?

    public init(
        factPrefix: String, account: FactSubject?, service: FactSubject?, usageTypes: [FactSubject]? = nil
    ) {
        self.factPrefix = factPrefix
        self.account = account
        self.service = service
        self.usageTypes = usageTypes
    }
}

/// Days on which something cost more, or less, than its own past lets expect: anomalies that overlap in time, as one. Its
/// facts are `<factPrefix>.expected`, `….actual`, `….impact`, `….impact_pct`, `….days` and `….services`.
public struct IncidentOutline: Hashable, Codable, Sendable {
    public enum DetectedBy: String, Hashable, Codable, Sendable, CaseIterable {
        case ours
        case aws = "AWS"
        case both
    }

    /// `incident.1`.
    public let factPrefix: String
    public let firstDay: CalendarDay
    /// Inclusive; of the last day known where it has not ended.
    public let lastDay: CalendarDay
    /// `spike`, `drop`, `shift` (a level that stayed), `drift` (too slow for any single day).
    public let kind: String
    /// `SPIKE`, `DROP`, `WATCH` or `NORMAL`, by the thresholds of the settings.
    public let severity: String
    /// Fewer than 35 days were known of it.
    public let hasLowConfidence: Bool
    public let detectedBy: DetectedBy
    /// What drove it, largest first; their facts are `<factPrefix>.expected`, `….actual` and `….impact`. The account is the
    /// one whose cost of the service moved most over the month: days are not known by account.
    public let causes: [CauseOutline]

    public init(
        factPrefix: String, firstDay: CalendarDay, lastDay: CalendarDay, kind: String, severity: String,
        hasLowConfidence: Bool, detectedBy: DetectedBy, causes: [CauseOutline]
    ) {
        self.factPrefix = factPrefix
        self.firstDay = firstDay
        self.lastDay = lastDay
        self.kind = kind
        self.severity = severity
        self.hasLowConfidence = hasLowConfidence
        self.detectedBy = detectedBy
        self.causes = causes
    }
}

/// The months ahead. The facts of a month are `outlook.<month>.value`, `….low80`, `….high80`, `….low95`, `….high95`.
public struct OutlookOutline: Hashable, Codable, Sendable {
    public let months: [BillingMonth]
    /// `theta-shrink-per-day`, or `smoothing-per-day` under a year of history; nil when nothing could be forecast.
    public let method: String?
    /// What a reader must know before believing it, in sentences: short history, a preliminary last month.
    public let cautions: [String]
    /// The days AWS's own forecast speaks of: `forecast.mean` beside `outlook.aws_days.value`. `end` is exclusive.
    public let awsFirstDay: CalendarDay?
    public let awsEndDay: CalendarDay?
    /// The fiscal year the month belongs to, by its first and last month; its facts are `fiscal.*`.
    public let fiscalYearFirst: BillingMonth
    public let fiscalYearLast: BillingMonth

    public init(
        months: [BillingMonth], method: String?, cautions: [String], awsFirstDay: CalendarDay?,
        awsEndDay: CalendarDay?, fiscalYearFirst: BillingMonth, fiscalYearLast: BillingMonth
    ) {
        self.months = months
        self.method = method
        self.cautions = cautions
        self.awsFirstDay = awsFirstDay
        self.awsEndDay = awsEndDay
        self.fiscalYearFirst = fiscalYearFirst
        self.fiscalYearLast = fiscalYearLast
    }

    /// A fiscal year is named after the calendar year it ends in: `FY2026`.
    public var fiscalYearName: String { "FY\(fiscalYearLast.year)" }
}

/// A month that an earlier sealed report forecast. Its facts are `<factPrefix>.forecast`, `….actual`, `….error`,
/// `….error_pct`, `….low80` and `….high80`.
public struct PastForecastOutline: Hashable, Codable, Sendable {
    /// `accuracy.2026-02.lag1`.
    public let factPrefix: String
    public let month: BillingMonth
    /// How many months before it was made.
    public let lag: Int

    public init(factPrefix: String, month: BillingMonth, lag: Int) {
        self.factPrefix = factPrefix
        self.month = month
        self.lag = lag
    }
}

/// How likely a budget is overrun in a period, as a word that goes with a shape, never a colour alone. Its facts are
/// `<factPrefix>.budget`, `….landing`, `….gap` (landing less budget: positive is over) and `….overrun_pct`.
public struct LightOutline: Hashable, Codable, Sendable {
    /// `light.organization.next`, `light.ou-workloads-prod.year`.
    public let factPrefix: String
    /// As the budget is written in settings: `organization`, `ou:Workloads/Prod`, `account:111122223333`.
    public let subject: String
    /// `2026-03`, `FY2026`.
    public let period: String
    /// `Green` under a chance of 20 %, `Amber` under 80 %, `Red` from there on or when already overspent; nil when unknown.
    public let word: String?

    public init(factPrefix: String, subject: String, period: String, word: String?) {
        self.factPrefix = factPrefix
        self.subject = subject
        self.period = period
        self.word = word
    }
}
