import AWS
import Agents
import Evidence
import FinOps
import Foundation
import HTTP
import LanguageModels
import OpenSSL
import Pipeline
import Sandbox

/// Connects the engine to the real world: this machine's disk and clock, AWS over HTTPS (or the sandbox over loopback, through
/// the ordinary endpoint setting), the browser, the terminal and the keys.
struct Wiring {
    /// Whether a command wants a language model.
    enum ModelWish { case none, ifConfigured, demanded }

    let engine: RunEngine
    let layout: ArchiveLayout
    private let sandbox: SandboxServer?
    private let clients: [HTTPClient]
    private let today: CalendarDay
    private let global: GlobalOptions

    static func open(
        _ global: GlobalOptions, settings: Settings, isSample: Bool, profile: String?, approver: String?,
        model: ModelWish = .none, deliveryAnswer: Distribution.Answer? = nil
    ) async throws -> Wiring {
        let sandbox = isSample ? try await SandboxServer.start(SandboxOptions()) : nil
        let cloudEnvironment = sandbox.map(Self.environment(of:)) ?? global.environment
        let http = try HTTPClient(HTTPSettings(environment: cloudEnvironment))
        let layout = try settings.layout(root: global.rootDirectory)
        let clock = SystemClock()
        let processes = SubprocessRunner()
        let browser = ChromiumCapture.find(
            configured: settings[.browser]?.text, path: global.environment["PATH"] ?? "/usr/bin:/bin")
        let terminal = ControllingTerminal(
            noInput: global.noInput, format: global.format, environment: global.environment)
        let keys = global.signingKeys(settings, terminal: terminal)
        let runnerKey = RunnerKey(
            keys: keys,
            trust: TrustStore(folder: layout.trustFolder, fileSystem: LocalFileSystem()))
        let authorities = try settings.timestampAuthorities(environment: cloudEnvironment)
        let observer = global.observer
        let home = global.homeDirectory
        let rateLimits = try settings.rateLimits()
        let aids = SignInAids(processes: processes, askPerson: terminal?.askSecret)
        // The sample estate costs nothing and changes with the tool.
        let cache =
            isSample
            ? nil
            : AnswerCacheFolder(global) {
                observer.observe(.notice("\($0.summary); the answer is not kept for the next run"))
            }
        let distribution = try settings.distribution().map { list, mail in
            let messenger = try Messenger(global, settings: settings, runProfile: profile, http: http)
            return Distribution(
                post: MailedReports(list: list, mail: mail, messenger: messenger), answer: deliveryAnswer)
        }
        let programs = try settings.rolePrograms(path: global.environment["PATH"] ?? "").map {
            ProgramSession($0, processes: processes, hashing: SystemHashing())
        }
        let interpreter: ModelClient? =
            switch model {
            case .none: nil
            case .ifConfigured: try await global.model(settings, profile: profile)
            case .demanded: try await global.demandedModel(settings, profile: profile)
            }
        let environment = RunEnvironment(
            fileSystem: LocalFileSystem(), clock: clock, randomness: SystemRandomness(), hashing: SystemHashing(),
            layout: layout,
            connect: { memo in
                try await AWSServices.live(
                    profile: profile, environment: cloudEnvironment, homeDirectory: home, http: http, clock: clock,
                    randomness: SystemRandomness(), memo: memo, cache: cache, hashing: SystemHashing(),
                    rateLimits: rateLimits, aids: aids
                ).asCloudServices
            },
            smokeTester: BinarySmokeTester(
                toolVersion: FinOpsMonthly.toolVersion, root: global.rootDirectory, processes: processes,
                hashing: SystemHashing()),
            pageCapture: browser.map { ChromiumCapture(executable: $0, processes: processes) },
            approver: terminal.map {
                TerminalApprover(
                    terminal: $0, name: approver,
                    signing: DecisionSigning(
                        keys: keys, clock: clock,
                        stamping: DecisionStamping(
                            settings: settings, layout: layout, environment: cloudEnvironment,
                            tell: { observer.observe(.notice($0)) })),
                    weakerModes: settings.weakerModes(signingWith: approver, of: keys.store))
            },
            runnerKey: {
                let (key, isNew) = try await runnerKey.load()
                if isNew {
                    observer.observe(
                        .notice("made the key that seals: \(keys.store.folder)/\(RunnerKey.name).key; keep a copy"))
                }
                return key
            },
            authorities: authorities.all,
            tool: RunPredicate.Tool(version: FinOpsMonthly.toolVersion, digest: RunningBinary.digest),
            observer: observer, distribution: distribution, programs: programs, interpreter: interpreter,
            phaseDeadlineSeconds: try settings.phaseDeadlineSeconds())
        return Wiring(
            engine: RunEngine(environment: environment), layout: layout, sandbox: sandbox,
            clients: [http, authorities.http],
            today: sandbox == nil ? clock.now().day : SandboxOptions().today, global: global)
    }

    func order(
        _ options: RunOptions, settings: Settings, restates: Bool, skipsScreenshots: Bool,
        lineItems: ReadLineItems?
    ) throws -> RunOrder {
        try RunOrder(
            options, settings: settings, global: global, today: today, restates: restates,
            skipsScreenshots: skipsScreenshots, lineItems: lineItems)
    }

    /// Joins the transfer threads. The sandbox ends with the process; nobody waits for its idle connections.
    func close() {
        clients.forEach { $0.shutdown() }
    }

    /// What a user would export to point any AWS client at the sandbox; nothing else of the user's AWS setup is looked at.
    static func environment(of sandbox: SandboxServer) -> [String: String] {
        let key = SandboxOptions().credentials.payer
        return [
            "AWS_ENDPOINT_URL": sandbox.url.absoluteString, "AWS_ACCESS_KEY_ID": key.accessKeyID,
            "AWS_SECRET_ACCESS_KEY": key.secretAccessKey, "AWS_REGION": "us-east-1",
            "AWS_CONFIG_FILE": "/dev/null", "AWS_SHARED_CREDENTIALS_FILE": "/dev/null", "NO_PROXY": "127.0.0.1",
        ]
    }
}

extension GlobalOptions {
    var observer: any RunObserver {
        switch format {
        case .text: RunTextView(terminal: terminal, quiet: quiet, progress: progress)
        case .json: RunJSONView(terminal: terminal, emitsEvents: false)
        case .jsonl: RunJSONView(terminal: terminal, emitsEvents: true)
        }
    }
}

extension GlobalOptions {
    /// What may be deleted at any time.
    var cacheFolder: String {
        AnswerCacheFolder.defaultFolder(environment: environment, homeDirectory: homeDirectory)
    }
}

extension AnswerCacheFolder {
    init(_ global: GlobalOptions, onTrouble: @escaping @Sendable (any ExplainedError) -> Void = { _ in }) {
        self.init(
            folder: global.cacheFolder,
            fileSystem: LocalFileSystem(), hashing: SystemHashing(), randomness: SystemRandomness(),
            onTrouble: onTrouble)
    }
}

extension AWSServices {
    var asCloudServices: CloudServices {
        CloudServices(
            identity: identity, directory: accounts, costs: costs, forecasts: forecasts, budgets: budgets,
            invoices: invoices, billingViews: billingViews, memberCosts: memberCosts,
            insights: insights, meter: meter, clockSkewSeconds: clockSkewSeconds)
    }
}
