public import Agents
public import Evidence
public import FinOps

/// The world, as one value: disk, clock, chance, cloud, browser and people. There are no singletons and no globals, so the
/// whole engine runs unchanged against a simulated world.
public struct RunEnvironment: Sendable {
    public let fileSystem: any FileSystem
    public let clock: any Clock
    public let randomness: any Randomness
    public let hashing: any Hashing
    /// The one place that knows where things are written.
    public let layout: ArchiveLayout
    /// Connects to the cloud. The memo is the run's own, so that no paid answer is asked for twice.
    public let connect: @Sendable (_ memo: any AnswerMemo) async throws -> CloudServices
    public let smokeTester: any SmokeTester
    /// Nil when no browser was found.
    public let pageCapture: (any PageCapture)?
    /// Asks a person on the controlling terminal; nil where nobody can answer.
    public let approver: (any Approver)?
    /// Opens the key that seals; makes it at the first run.
    public let runnerKey: @Sendable () async throws -> any SigningKey
    /// Asked to stamp every seal; none means that months are sealed, unstamped.
    public let authorities: [any TimestampAuthority]
    /// Named in the seal.
    public let tool: RunPredicate.Tool
    public let observer: any RunObserver
    /// Sends approved reports to people before the month is sealed; nil sends nothing.
    public let distribution: Distribution?
    /// Programs that sit beside the built-in roles.
    public let programs: [ProgramSession]
    /// Asked for the words of pages by a run that wants them; nil asks nobody.
    public let interpreter: (any Interpreter)?
    /// All reads of one phase together; a source that has not answered by then is unknown. People are not hurried by it.
    public let phaseDeadlineSeconds: Int

    public static let defaultPhaseDeadlineSeconds = 120

    public init(
        fileSystem: any FileSystem, clock: any Clock, randomness: any Randomness, hashing: any Hashing,
        layout: ArchiveLayout, connect: @escaping @Sendable (any AnswerMemo) async throws -> CloudServices,
        smokeTester: any SmokeTester, pageCapture: (any PageCapture)?,
        approver: (any Approver)?, runnerKey: @escaping @Sendable () async throws -> any SigningKey,
        authorities: [any TimestampAuthority] = [], tool: RunPredicate.Tool, observer: any RunObserver,
        distribution: Distribution? = nil, programs: [ProgramSession] = [], interpreter: (any Interpreter)? = nil,
        phaseDeadlineSeconds: Int = RunEnvironment.defaultPhaseDeadlineSeconds
    ) {
        self.fileSystem = fileSystem
        self.clock = clock
        self.randomness = randomness
        self.hashing = hashing
        self.layout = layout
        self.connect = connect
        self.smokeTester = smokeTester
        self.pageCapture = pageCapture
        self.approver = approver
        self.runnerKey = runnerKey
        self.authorities = authorities
        self.tool = tool
        self.observer = observer
        self.distribution = distribution
        self.programs = programs
        self.interpreter = interpreter
        self.phaseDeadlineSeconds = phaseDeadlineSeconds
    }

    /// A month from an export alone connects to nothing.
    func services(for request: RunRequest, _ memo: any AnswerMemo) async throws -> CloudServices {
        if let export = request.monthExport { return .answered(by: export) }
        return try await connect(memo)
    }

    var stamper: SealStamper { SealStamper(layout: layout, authorities: authorities, fileSystem: fileSystem) }
    var chain: ArchiveChain { ArchiveChain(layout: layout, fileSystem: fileSystem) }
    var trust: TrustStore { TrustStore(folder: layout.trustFolder, fileSystem: fileSystem) }
}

/// Every port a run reads money and accounts through.
public struct CloudServices: Sendable {
    public let identity: any IdentityService
    public let directory: any AccountDirectory
    public let costs: any CostSource
    public let forecasts: any ForecastSource
    public let budgets: any BudgetSource
    public let invoices: any InvoiceSource
    public let billingViews: any BillingViewSource
    public let memberCosts: any MemberCostSource
    public let insights: any InsightSource
    public let meter: any APIMeter
    /// How far this machine's clock is ahead of the provider's, in seconds; nil before the first answer.
    public let clockSkewSeconds: @Sendable () -> Int?

    public init(
        identity: any IdentityService, directory: any AccountDirectory, costs: any CostSource,
        forecasts: any ForecastSource, budgets: any BudgetSource, invoices: any InvoiceSource,
        billingViews: any BillingViewSource, memberCosts: any MemberCostSource, insights: any InsightSource,
        meter: any APIMeter, clockSkewSeconds: @escaping @Sendable () -> Int?
    ) {
        self.identity = identity
        self.directory = directory
        self.costs = costs
        self.forecasts = forecasts
        self.budgets = budgets
        self.invoices = invoices
        self.billingViews = billingViews
        self.memberCosts = memberCosts
        self.insights = insights
        self.meter = meter
        self.clockSkewSeconds = clockSkewSeconds
    }
}

/// Proves that the tool that is running works, before it is trusted with a month (G0).
public protocol SmokeTester: Sendable {
    func smokeTest() async -> SmokeTest
}
