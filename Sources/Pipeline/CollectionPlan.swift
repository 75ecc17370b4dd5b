public import FinOps

/// The three cost questions a month needs, whatever the number of accounts, and what else somebody wants to pay for: `plan`
/// prints and prices this very list and phase 3 asks it.
public struct CollectionPlan: Hashable, Sendable {
    /// Service × day, unfiltered; this month and the two before, because a pattern takes weeks to show. Asked in preflight,
    /// because it proves the permission (G2) and is needed anyway: to find what broke the pattern, and as the witness of L3.
    public let daily: CostQuery
    /// L1: account × service, without the partner discount; this month and the one before.
    public let services: CostQuery
    /// L3: account × record type, unfiltered, back to the same month a year before.
    public let recordTypes: CostQuery
    /// Service × usage type with quantities, at list prices; this month and the one before. Asked where somebody wants it.
    public let usage: CostQuery
    /// How many members are asked for their own view of the month (L1d); none unless somebody wants it.
    public let memberAccounts: Int
    /// Billed questions beyond the bill, in the order of their definition.
    public let extraQuestions: [ExtraQuestion]
    public let month: BillingMonth
    public let today: CalendarDay
    /// An export answers, of whatever month it has, and nobody is paid.
    public let isFree: Bool

    /// Cost Explorer keeps thirteen months before the running one; asking further back is refused by AWS.
    static let monthsBack = 12
    /// Whole months of days before the reported one: with it 89 to 92 days.
    static let monthsOfDaysBack = 2

    public init(
        month: BillingMonth, today: CalendarDay, onlyAccount: String?, memberAccounts: Int = 0,
        extraQuestions: [ExtraQuestion] = [], isFree: Bool = false
    ) {
        self.memberAccounts = memberAccounts
        self.isFree = isFree
        self.extraQuestions = ExtraQuestion.allCases.filter(extraQuestions.contains)
            .filter { onlyAccount == nil || $0.families.isEmpty }
        (self.month, self.today) = (month, today)
        let oldest =
            isFree
            ? month.adding(months: -Self.monthsBack) : min(today.billingMonth.adding(months: -13), month.previous)
        func first(monthsBack: Int) -> CalendarDay { max(month.adding(months: -monthsBack), oldest).firstDay }
        let previous = month.previous.firstDay
        let end = month.firstDayAfter
        services = CostQuery(
            id: "L1", firstDay: previous, endDay: end, granularity: .monthly, groupBy: [.account, .service],
            excludedRecordTypes: RecordClass.sppSpellings, onlyAccount: onlyAccount)
        recordTypes = CostQuery(
            id: "L3", firstDay: first(monthsBack: Self.monthsBack), endDay: end, granularity: .monthly,
            groupBy: [.account, .recordType],
            onlyAccount: onlyAccount)
        daily = CostQuery(
            id: "daily", firstDay: first(monthsBack: Self.monthsOfDaysBack), endDay: end, granularity: .daily,
            groupBy: [.service], onlyAccount: onlyAccount)
        usage = CostQuery(
            id: "usage", firstDay: previous, endDay: end, granularity: .monthly, groupBy: [.service, .usageType],
            onlyRecordTypes: RecordClass.listPricedSpellings, onlyAccount: onlyAccount)
    }

    /// Before anybody has signed in: the account of a single-account request is not known yet.
    public init(_ request: RunRequest) {
        self.init(
            month: request.month, today: request.today, onlyAccount: nil,
            memberAccounts: request.scope == .organization ? request.memberReread?.accounts ?? 0 : 0,
            extraQuestions: (request.extraQuestions ?? []).filter {
                request.scope == .organization || $0.families.isEmpty
            }, isFree: request.monthExport != nil)
    }

    /// L1d: what one member sees of itself in the month.
    public static func member(_ account: String, in month: BillingMonth) -> CostQuery {
        CostQuery(
            id: "L1d.\(account)", firstDay: month.firstDay, endDay: month.firstDayAfter, granularity: .monthly,
            groupBy: [.recordType], onlyAccount: account)
    }

    public var queries: [CostQuery] { [daily, services, recordTypes] }

    /// The days whose anomalies are asked for, both inclusive: an anomaly is found by its last day, which may lie after the
    /// month. Nil when the month is longer ago than AWS keeps them.
    public var anomalyDays: (first: CalendarDay, last: CalendarDay)? {
        if isFree { return (month.firstDay, today) }
        let oldest = today.adding(days: -Self.daysAnomaliesAreKept)
        return oldest < month.firstDayAfter ? (max(month.firstDay, oldest), today) : nil
    }

    static let daysAnomaliesAreKept = 90

    /// The days whose commitments are asked about, the end exclusive: AWS refuses an end in the future. Nil on the first
    /// day of the month itself.
    public var commitmentDays: (first: CalendarDay, end: CalendarDay)? {
        let end = min(month.firstDayAfter, today)
        return month.firstDay < end ? (month.firstDay, end) : nil
    }

    /// One page each, and the forecast: Cost Explorer bills every page, and does not document how large a page is.
    public var plannedRequests: Int {
        isFree ? 0 : queries.count + 1 + memberAccounts + extraQuestions.filter(canBeAsked).map(\.requests).reduce(0, +)
    }

    private func canBeAsked(_ question: ExtraQuestion) -> Bool {
        switch question {
        case .anomalies: anomalyDays != nil
        case .savingsPlans, .reservations: commitmentDays != nil
        case .usage: true
        }
    }

    public var plannedCostUSD: ExactDecimal { ExactDecimal(plannedRequests) * Self.priceOfRequestUSD }

    /// https://aws.amazon.com/aws-cost-management/aws-cost-explorer/pricing/
    public static let priceOfRequestUSD: ExactDecimal = "0.01"
}
