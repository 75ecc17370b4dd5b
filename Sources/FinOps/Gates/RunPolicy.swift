/// The thresholds in force for a run. Sealed with the month, named by digest in every approval: whoever edits a threshold
/// after the request voids the approval.
public struct RunPolicy: Hashable, Codable, Sendable {
    /// G4: the unexplained difference between the layers must stay below this share of L3.
    public var varianceLimitPercent: ExactDecimal
    /// G7: a month whose total exceeds this needs a human. Zero, the default, means every month does.
    public var approvalThreshold: Money
    /// G7: how many distinct people must approve.
    public var approvalQuorum: Int
    /// G7: who may approve, by name; nil is everybody whose key is trusted.
    public var approvers: [String]?
    /// G7: how long a request stays valid.
    public var approvalValiditySeconds: Int
    /// G7: whoever requests may not approve. The weaker mode is printed in every report.
    public var requesterMayApprove: Bool
    /// G6: a screenshot below this size shows nothing.
    public var screenshotMinimumBytes: Int
    /// Which way of counting every figure and both layers use.
    public var metric: CostMetric
    /// The monthly budget a person set for the organisation; nil means that no budget is known from here.
    public var budget: Money?
    /// A currency to show beside the billing currency; nil means none.
    public var displayCurrency: Currency?
    /// What is unusual enough to be said; nil is the default, and what a record made before it could be set has.
    public var analysis: AnalysisPolicy?
    /// Monthly budgets of parts of the organisation; nil or empty means that none is known from here.
    public var budgets: [BudgetTarget]?
    /// The month a fiscal year begins in, from 1 to 12; nil is January.
    public var fiscalYearStartMonth: Int?

    public init(
        varianceLimitPercent: ExactDecimal = "5", approvalThreshold: Money = Money(.zero, .usd),
        approvalQuorum: Int = 1, approvers: [String]? = nil, approvalValiditySeconds: Int = 14 * 86_400,
        requesterMayApprove: Bool = false,
        screenshotMinimumBytes: Int = 10 * 1024, metric: CostMetric = .unblended, budget: Money? = nil,
        displayCurrency: Currency? = nil, analysis: AnalysisPolicy? = nil, budgets: [BudgetTarget]? = nil,
        fiscalYearStartMonth: Int? = nil
    ) {
        self.varianceLimitPercent = varianceLimitPercent
        self.approvalThreshold = approvalThreshold
        self.approvalQuorum = approvalQuorum
        self.approvers = approvers
        self.approvalValiditySeconds = approvalValiditySeconds
        self.requesterMayApprove = requesterMayApprove
        self.screenshotMinimumBytes = screenshotMinimumBytes
        self.metric = metric
        self.budget = budget
        self.displayCurrency = displayCurrency
        self.analysis = analysis
        self.budgets = budgets
        self.fiscalYearStartMonth = fiscalYearStartMonth
    }
}

extension RunPolicy {
    /// What the policy does without, a sentence each, for every page and whoever decides; empty when nothing was weakened.
    public var weakerModes: [String] {
        guard requesterMayApprove else { return [] }
        return [
            approvalQuorum == 1
                ? "Whoever requests a month may approve it; nobody else has to look."
                : "Whoever requests a month may be among those who approve it."
        ]
    }
}
