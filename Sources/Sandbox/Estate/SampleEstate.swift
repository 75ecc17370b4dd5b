public import FinOps

/// One organisation, one data set: everything the sandbox serves is derived from it, so that independent layers can really
/// agree and really disagree. Pure: the same seed, size and day give the same estate on every machine.
public struct SampleEstate: Sendable {
    public let seed: UInt64
    /// The estate's clock. Months before this day's are closed.
    public let today: CalendarDay
    /// Active accounts first (the payer is the first), then two suspended ones, then one that left the organisation.
    public let accounts: [EstateAccount]
    /// How many accounts are active, the payer included.
    public let activeAccounts: Int

    /// Total weight of all accounts; an account's usage is its share of `monthlyUsage`.
    let totalWeight: Int64
    let indexByAccountID: [String: Int]

    /// Months of history including the running one.
    public static let historyMonths = 26
    /// The day on which a month's figures stop being estimated.
    static let closingDay = 5

    public init(accounts activeAccounts: Int = 67, today: CalendarDay = SampleEstate.defaultToday, seed: UInt64 = 1) {
        precondition(activeAccounts >= 40, "the sample organisation needs at least 40 accounts to tell its story")
        self.seed = seed
        self.today = today
        self.activeAccounts = activeAccounts
        accounts = EstateRoster.accounts(activeCount: activeAccounts, seed: seed)
        totalWeight = accounts.reduce(0) { $0 + $1.weight }
        indexByAccountID = Dictionary(uniqueKeysWithValues: accounts.enumerated().map { ($1.id, $0) })
    }

    /// February 2026 is closed and settled on this day.
    public static let defaultToday = CalendarDay("2026-03-10")!

    public var payer: EstateAccount { accounts[0] }
    public var firstMonth: BillingMonth { today.billingMonth.adding(months: 1 - Self.historyMonths) }
    /// The month the planted truths are about: the one before the running month.
    public var focusMonth: BillingMonth { today.billingMonth.previous }

    public func account(_ id: String) -> EstateAccount? { indexByAccountID[id].map { accounts[$0] } }

    /// Whether Cost Explorer still calls a month's figures estimated.
    public func isEstimated(_ month: BillingMonth) -> Bool {
        if month >= today.billingMonth { return true }
        return month.next == today.billingMonth && today.day < Self.closingDay
    }

    /// What Organizations lists, in its own order.
    var listedAccounts: [EstateAccount] { accounts.filter { $0.membership != .departed } }
}
