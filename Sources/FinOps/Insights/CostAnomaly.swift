/// Spend that AWS itself found unusual: `ce:GetAnomalies`. Members are named as AWS names them, so that its anomalies and
/// ours stand in one table. Amounts are US dollars of net unblended cost; AWS sends them as numbers without a unit.
public struct CostAnomaly: Hashable, Codable, Sendable {
    public struct Impact: Hashable, Codable, Sendable {
        /// On the worst day.
        public let maxImpact: ExactDecimal
        /// Actual less expected.
        public let totalImpact: ExactDecimal
        /// Nil where AWS did not say.
        public let totalActualSpend: ExactDecimal?
        public let totalExpectedSpend: ExactDecimal?

        public init(
            maxImpact: ExactDecimal, totalImpact: ExactDecimal, totalActualSpend: ExactDecimal?,
            totalExpectedSpend: ExactDecimal?
        ) {
            self.maxImpact = maxImpact
            self.totalImpact = totalImpact
            self.totalActualSpend = totalActualSpend
            self.totalExpectedSpend = totalExpectedSpend
        }
    }

    /// Where the spend came from, as far as AWS could tell; each part nil where it could not.
    public struct RootCause: Hashable, Codable, Sendable {
        public let service: String?
        public let region: String?
        public let linkedAccount: String?
        public let usageType: String?
        /// Dollars of the impact that this cause accounts for.
        public let contribution: ExactDecimal?

        public init(
            service: String?, region: String?, linkedAccount: String?, usageType: String?, contribution: ExactDecimal?
        ) {
            self.service = service
            self.region = region
            self.linkedAccount = linkedAccount
            self.usageType = usageType
            self.contribution = contribution
        }
    }

    public let id: String
    public let firstDay: CalendarDay
    /// Inclusive; nil while it goes on.
    public let lastDay: CalendarDay?
    /// What the monitor watches: usually a service.
    public let dimensionValue: String?
    /// The largest contribution first.
    public let rootCauses: [RootCause]
    public let impact: Impact
    /// AWS's word for what people said of it: `YES`, `NO`, `PLANNED_ACTIVITY`; nil when nobody did.
    public let feedback: String?

    public init(
        id: String, firstDay: CalendarDay, lastDay: CalendarDay?, dimensionValue: String?, rootCauses: [RootCause],
        impact: Impact, feedback: String?
    ) {
        self.id = id
        self.firstDay = firstDay
        self.lastDay = lastDay
        self.dimensionValue = dimensionValue
        self.rootCauses = rootCauses
        self.impact = impact
        self.feedback = feedback
    }

    /// The service it is about: of the first root cause, else what the monitor watches.
    public var service: String? { rootCauses.lazy.compactMap(\.service).first ?? dimensionValue }
    public var account: String? { rootCauses.lazy.compactMap(\.linkedAccount).first }

    public func touches(_ month: BillingMonth) -> Bool {
        firstDay < month.firstDayAfter && month.firstDay <= lastDay ?? firstDay
    }
}

/// What AWS found on some days. None found is no proof that nothing happened: without a monitor AWS finds nothing.
public struct AnomalyListing: Hashable, Codable, Sendable {
    /// By first day, then id.
    public let anomalies: [CostAnomaly]
    public let record: QueryRecord

    public init(anomalies: [CostAnomaly], record: QueryRecord) {
        self.anomalies = anomalies
        self.record = record
    }

    /// Without those of other accounts; everything where no account is named.
    public func belonging(to account: String?) -> AnomalyListing {
        guard let account else { return self }
        return AnomalyListing(anomalies: anomalies.filter { $0.account == account }, record: record)
    }
}
