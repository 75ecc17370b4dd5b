/// What one kind of commitment is bought for. Cost Explorer answers for reservations one service at a time.
public enum CommitmentFamily: String, Hashable, Codable, Sendable, CaseIterable {
    case savingsPlans = "savings-plans"
    case computeReservations = "ec2-reservations"
    case databaseReservations = "rds-reservations"

    /// As Cost Explorer names it; nil for savings plans, which reach over services.
    public var service: String? {
        switch self {
        case .savingsPlans: nil
        case .computeReservations: "Amazon Elastic Compute Cloud - Compute"
        case .databaseReservations: "Amazon Relational Database Service"
        }
    }

    public var title: String {
        switch self {
        case .savingsPlans: "savings plans"
        case .computeReservations: "reserved EC2 instances"
        case .databaseReservations: "reserved RDS instances"
        }
    }
}

/// One savings plan or reservation, as far as its source tells of it.
public struct Commitment: Hashable, Codable, Sendable {
    /// The plan's ARN or the reservation's id.
    public let id: String
    /// AWS's words: `Compute`, `db.r6g.large`, …
    public let type: String
    /// Who owns it; nil where the source does not say.
    public let account: String?
    public let firstDay: CalendarDay?
    /// The day on which it no longer covers anything.
    public let endDay: CalendarDay?
    /// Committed an hour; nil for reservations.
    public let hourlyCommitment: Money?
    /// Paid for in the month, and the part of it that covered something; nil where nobody asked.
    public let committed: Money?
    public let used: Money?

    public init(
        id: String, type: String, account: String?, firstDay: CalendarDay?, endDay: CalendarDay?,
        hourlyCommitment: Money? = nil, committed: Money? = nil, used: Money? = nil
    ) {
        self.id = id
        self.type = type
        self.account = account
        self.firstDay = firstDay
        self.endDay = endDay
        self.hourlyCommitment = hourlyCommitment
        self.committed = committed
        self.used = used
    }
}

/// The savings plans that the caller's account owns, with their ends: `savingsplans:DescribeSavingsPlans`. Plans that
/// members bought are not among them.
public struct SavingsPlanListing: Hashable, Codable, Sendable {
    /// Active ones, by end and id.
    public let plans: [Commitment]
    public let record: QueryRecord

    public init(plans: [Commitment], record: QueryRecord) {
        self.plans = plans
        self.record = record
    }
}

/// What the commitments of one family were worth in a month, over the whole organisation.
public struct CommitmentUtilization: Hashable, Codable, Sendable {
    public let family: CommitmentFamily
    /// Fees spread over their term.
    public let committed: Money
    public let used: Money
    /// Paid for and not used: waste.
    public let unused: Money
    /// What the used part would have cost on demand.
    public let onDemandEquivalent: Money
    /// One by one, by end and id.
    public let commitments: [Commitment]
    public let record: QueryRecord

    public init(
        family: CommitmentFamily, committed: Money, used: Money, unused: Money, onDemandEquivalent: Money,
        commitments: [Commitment], record: QueryRecord
    ) {
        self.family = family
        self.committed = committed
        self.used = used
        self.unused = unused
        self.onDemandEquivalent = onDemandEquivalent
        self.commitments = commitments
        self.record = record
    }
}

/// How much of what commitments of one family could cover they did cover in a month.
public struct CommitmentCoverage: Hashable, Codable, Sendable {
    public let family: CommitmentFamily
    /// Covered and eligible, in dollars of on-demand cost for savings plans and in running hours for reservations: percent
    /// is their ratio, and AWS offers no other.
    public let covered: ExactDecimal
    public let eligible: ExactDecimal
    /// What stayed on demand cost.
    public let onDemandCost: Money
    public let record: QueryRecord

    public init(
        family: CommitmentFamily, covered: ExactDecimal, eligible: ExactDecimal, onDemandCost: Money,
        record: QueryRecord
    ) {
        self.family = family
        self.covered = covered
        self.eligible = eligible
        self.onDemandCost = onDemandCost
        self.record = record
    }
}
