public import FinOps

/// How a sandbox is set up. The defaults serve the sample organisation of 67 accounts as it stood on 2026-03-10.
public struct SandboxOptions: Sendable {
    /// An amount that one layer shows and the others do not: what gate G4 must find.
    public struct Discrepancy: Hashable, Sendable {
        /// USD, added once to every whole month.
        public var amount: ExactDecimal
        /// nil means the largest account.
        public var account: String?

        public init(amount: ExactDecimal, account: String? = nil) {
            self.amount = amount
            self.account = account
        }
    }

    /// 0 takes a free port.
    public var port: UInt16 = 0
    /// The estate's clock; signatures are checked against the real one.
    public var today: CalendarDay = SampleEstate.defaultToday
    /// Active accounts, 40 to 10,000.
    public var accounts = 67
    public var seed: UInt64 = 1
    /// Groups on one page of a Cost Explorer answer; a period is split wherever a page ends.
    public var pageSizeGroups = 20_000
    /// Injected into answers grouped by SERVICE (layer L1) only.
    public var discrepancy: Discrepancy?
    public var troubles: [SandboxTrouble] = []
    /// The account that sets the prices Cost Explorer shows; nil shows what AWS bills.
    public var reseller: String?
    /// Added to every answer.
    public var latencyMilliseconds = 0
    public var credentials = SandboxCredentials()
    public var signIn = SandboxSignIn()
    /// Off only for clients that cannot sign.
    public var checksSignatures = true

    public init() {}
}
