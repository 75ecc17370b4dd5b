public import FinOps
public import HTTP

/// AWS, as the rest of the program sees it: ports, a meter, and what the answers say about this machine's clock.
public struct AWSServices: Sendable {
    public let identity: any IdentityService
    public let accounts: any AccountDirectory
    public let costs: any CostSource
    public let forecasts: any ForecastSource
    public let budgets: any BudgetSource
    public let invoices: any InvoiceSource
    public let billingViews: any BillingViewSource
    public let memberCosts: any MemberCostSource
    public let insights: any InsightSource
    public let writeAccess: WriteAccess
    /// Keys that sign; a month asks for none unless a person keeps one there.
    public let keyManagement: KeyManagement
    /// Tells people; a month tells nobody unless a person asked for it.
    public let messaging: Messaging
    public let objects: ObjectStore
    /// Line items in a table; a month asks nothing of it unless a person named one.
    public let athena: Athena
    /// The keys themselves, for what is not AWS's own to read.
    public let signing: SigningAccess
    /// Calls, retries and dollars of this value's services.
    public let meter: any APIMeter
    /// How many seconds this machine's clock is ahead of AWS's by the latest answer; negative when behind, nil before the
    /// first answer.
    public let clockSkewSeconds: @Sendable () -> Int?
    public let settings: AWSSettings

    /// Reads AWS's own files and the environment, decides where keys come from, and connects. Nothing is sent before a port is
    /// asked. Throws `InputError` for whatever a person must correct (an unknown profile, half a key pair, a circle
    /// of roles); missing or refused keys are `Trouble` of the first question instead.
    ///
    /// - Parameters:
    ///   - profile: The profile a flag names; nil leaves it to the environment. A flag beats keys in the environment.
    ///   - memo: Asked before, and told after, every request that costs money.
    ///   - cache: What earlier runs paid for; nil when nothing may outlive the run.
    ///   - rateLimits: How fast each service may be asked.
    ///   - aids: How to run a profile's program and to ask a person for a one-time code.
    public static func live(
        profile: String?, region: String? = nil, endpointURL: String? = nil, environment: [String: String],
        homeDirectory: String, http: any HTTPSending, clock: any FinOps.Clock, randomness: any Randomness,
        memo: any AnswerMemo, cache: (any AnswerCache)? = nil, hashing: any Hashing,
        rateLimits: RateLimits = RateLimits(), aids: SignInAids = SignInAids()
    ) async throws -> AWSServices {
        let settings = try ResolvedSettings(
            profile: profile, region: region, endpointURL: endpointURL, environment: environment,
            homeDirectory: homeDirectory, files: .disk, rateLimits: rateLimits)
        return AWSServices(
            settings, http: http, clock: clock, randomness: randomness, memo: memo, cache: cache, hashing: hashing,
            aids: aids)
    }

    init(
        _ settings: ResolvedSettings, http: any HTTPSending, clock: any FinOps.Clock, randomness: any Randomness,
        memo: any AnswerMemo, cache: (any AnswerCache)? = nil, hashing: any Hashing,
        aids: SignInAids = SignInAids(), attemptSeconds: Double = 60
    ) {
        let meter = UsageMeter()
        let skew = ClockSkewMeter()
        let limits = AWSService.allCases.map { ($0, TokenBucket(settings.rateLimits[$0], clock: clock)) }
        let connection = ServiceConnection(
            http: http, requests: RequestBuilder(endpoints: settings.endpoints, attemptSeconds: attemptSeconds),
            policy: settings.retries, budget: RetryBudget(), limits: Dictionary(uniqueKeysWithValues: limits),
            meter: meter, skew: skew,
            interpreter: FailureInterpreter(plan: settings.plan, endpoints: settings.endpoints), clock: clock,
            randomness: randomness)
        let keys = settings.plan.store(
            CredentialContext(
                environment: settings.environment, homeDirectory: settings.homeDirectory,
                profile: settings.selection.name, region: settings.region.name, files: settings.files,
                load: settings.load, aids: aids,
                connection: connection))
        let caller = AWSClient(connection: connection, credentials: keys)
        let identity = SecurityTokenIdentity(caller: caller)
        let own = CallerAccount(identity: identity)
        let reader = { @Sendable (caller: any AWSCaller, account: CallerAccount) in
            PaidReader(
                caller: caller, memo: memo, cache: cache, endpoint: settings.endpoints[.costExplorer].url,
                account: account, hashing: hashing, clock: clock,
                today: { clock.now().adding(seconds: -(skew.reading ?? 0)).day })
        }
        let paid = reader(caller, own)
        self.identity = identity
        accounts = OrganizationsDirectory(caller: caller)
        costs = CostExplorerCosts(reader: paid, hashing: hashing)
        forecasts = CostExplorerForecasts(reader: paid, hashing: hashing)
        budgets = BudgetsService(caller: caller, hashing: hashing)
        invoices = InvoicingService(caller: caller, hashing: hashing)
        billingViews = BillingViewsService(caller: caller, hashing: hashing)
        memberCosts = MemberCosts(connection: connection, keys: keys, own: own, hashing: hashing, reader: reader)
        insights = CostInsightServices(paid: paid, caller: caller, hashing: hashing)
        writeAccess = WriteAccess(caller: caller)
        keyManagement = KeyManagement(connection: connection, credentials: keys)
        messaging = Messaging(connection: connection, credentials: keys)
        objects = ObjectStore(caller: caller, endpoints: settings.endpoints)
        athena = Athena(connection: connection, credentials: keys, hashing: hashing)
        signing = SigningAccess(region: settings.region.name, store: keys)
        self.meter = meter
        clockSkewSeconds = { skew.reading }
        self.settings = settings.description
    }
}
