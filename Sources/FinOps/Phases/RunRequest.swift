/// What a person asked for: one month of one organisation or account.
public struct RunRequest: Hashable, Codable, Sendable {
    public enum Scope: String, Codable, Sendable {
        /// Every account the credentials' organisation names.
        case organization
        /// Only the account of the profile.
        case singleAccount = "single-account"
    }

    public let month: BillingMonth
    public let project: String
    public let scope: Scope
    /// The AWS profile as given; nil means the default chain of credentials.
    public let profile: String?
    public let personas: [Persona]
    /// Who started the run, as named in the approval request. A person, so that separation of duties can be judged.
    public let requestedBy: String
    /// Facts come from the embedded sample estate; every page says so.
    public let isSample: Bool
    /// The day by which months count as closed: the provider's today.
    public let today: CalendarDay
    /// A report of the same month that a person downloaded from the console.
    public let consoleExport: ConsoleExport?
    /// Which members' own views are read too; nil for none.
    public let memberReread: MemberReread?
    /// Tags that every account should carry; nil or empty asks for no tags.
    public let requiredAccountTags: [String]?
    /// Billed questions beyond the bill that somebody wants asked; nil or empty asks none.
    public let extraQuestions: [ExtraQuestion]?
    /// What people did about AWS's advice, by a list they keep; nil when they keep none.
    public let savingsRegister: SavingsRegister?
    /// Rates a person configured, for a month whose invoices carry none.
    public let exchangeRates: ExchangeRateTable?
    /// The month's own line items, read from an export; nil when nobody named one.
    public let lineItems: LineItemExport?
    /// The whole month, read from an export instead of Cost Explorer; nil when AWS is asked.
    public let monthExport: MonthExport?

    public init(
        month: BillingMonth, project: String, scope: Scope, profile: String?, personas: [Persona], requestedBy: String,
        isSample: Bool, today: CalendarDay, consoleExport: ConsoleExport? = nil,
        memberReread: MemberReread? = nil, requiredAccountTags: [String]? = nil,
        extraQuestions: [ExtraQuestion]? = nil, savingsRegister: SavingsRegister? = nil,
        exchangeRates: ExchangeRateTable? = nil, lineItems: LineItemExport? = nil, monthExport: MonthExport? = nil
    ) {
        self.month = month
        self.project = project
        self.scope = scope
        self.profile = profile
        self.personas = personas
        self.requestedBy = requestedBy
        self.isSample = isSample
        self.today = today
        self.consoleExport = consoleExport
        self.memberReread = memberReread
        self.requiredAccountTags = requiredAccountTags
        self.extraQuestions = extraQuestions
        self.savingsRegister = savingsRegister
        self.exchangeRates = exchangeRates
        self.lineItems = lineItems
        self.monthExport = monthExport
    }
}

/// The seven readers, each with a question of their own.
public enum Persona: String, Hashable, Codable, Sendable, CaseIterable {
    case executive, ceo, cfo, cto, architect, sre, technical
}
