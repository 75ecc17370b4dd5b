import FinOps
import Foundation
import HTTP
import Sandbox
import TestSupport

@testable import AWS

/// The sample estate behind a wire that misbehaves.
struct FaultedWire {
    let services: AWSServices
    let sandbox: SandboxServer
    let proxy: FaultProxy

    struct Setup {
        var rules: [FaultRule] = []
        /// Nil for the sandbox that all share: its meter counts everybody's requests.
        var sandbox: SandboxOptions?
        var attempts = 5
        var attemptSeconds = 60.0
        var clock: any FinOps.Clock = RealTimeClock()
        /// A profile that takes on a role instead of keys in the environment.
        var assumesRole = false
        /// TLS before the proxy; nil for none.
        var tls: TLSFront.Fault?
        /// So many connections suffer the fault of TLS.
        var tlsConnections = Int.max

        fileprivate func front(before proxy: FaultProxy) async throws -> TLSFront? {
            guard let tls else { return nil }
            return try await TLSFront(upstreamPort: Int(proxy.port), tls, connections: tlsConnections)
        }
    }

    static func with<Value>(
        _ shape: (inout Setup) -> Void = { _ in }, _ body: (FaultedWire) async throws -> Value
    ) async throws -> Value {
        var setup = Setup()
        shape(&setup)
        let own: SandboxServer? = if let options = setup.sandbox { try await .start(options) } else { nil }
        let sandbox = if let own { own } else { try await shared.value }
        let outcome: Result<Value, any Error>
        do {
            let proxy = try FaultProxy(upstreamPort: sandbox.url.port!, rules: setup.rules)
            defer { proxy.stop() }
            let front = try await setup.front(before: proxy)
            defer { front?.stop() }
            var settings = HTTPSettings()
            settings.caBundlePath = front?.bundlePath
            outcome = .success(
                try await withHTTP(settings) { http in
                    let services = try services(setup, sandbox, endpoint: front?.url ?? proxy.url, http)
                    return try await body(FaultedWire(services: services, sandbox: sandbox, proxy: proxy))
                })
        } catch { outcome = .failure(error) }
        await own?.stop()
        return try outcome.get()
    }

    static let smallest: SandboxOptions = {
        var options = SandboxOptions()
        options.accounts = 40
        return options
    }()

    /// Lives as long as the tests: making an estate anew for each row of a matrix takes longer than the row.
    private static let shared = Task { try await SandboxServer.start(smallest) }

    private static func services(
        _ setup: Setup, _ sandbox: SandboxServer, endpoint: String, _ http: HTTPClient
    ) throws -> AWSServices {
        let key = sandbox.credentials.payer
        var environment = ["AWS_ENDPOINT_URL": endpoint, "AWS_MAX_ATTEMPTS": String(setup.attempts)]
        var files: [String: String] = [:]
        if setup.assumesRole {
            files["/home/ann/.aws/config"] = """
                [profile finops]
                role_arn = arn:aws:iam::\(sandbox.estate.payer.id):role/FinOps
                source_profile = base
                """
            files["/home/ann/.aws/credentials"] = """
                [base]
                aws_access_key_id = \(key.accessKeyID)
                aws_secret_access_key = \(key.secretAccessKey)
                """
        } else {
            environment["AWS_ACCESS_KEY_ID"] = key.accessKeyID
            environment["AWS_SECRET_ACCESS_KEY"] = key.secretAccessKey
        }
        let settings = try ResolvedSettings(
            profile: setup.assumesRole ? "finops" : nil, region: nil, endpointURL: nil, environment: environment,
            homeDirectory: "/home/ann", files: .memory(files))
        return AWSServices(
            settings, http: http, clock: setup.clock, randomness: ConstantRandomness(), memo: MemoryMemo(),
            hashing: TestHashing(), attemptSeconds: setup.attemptSeconds)
    }
}

/// Everything a month is made of, without who said it when: what a calm run and a troubled run must have in common.
struct MonthFigures: Equatable {
    let identity: String
    let accounts: [Account]
    let ledgers: [Ledger]
    /// Mean, low and high.
    let forecast: [Money]
    let budgets: [Budget]
    let invoices: [Invoice]

    struct Ledger: Equatable {
        let currency: Currency
        let lines: [CostLine]
        let estimated: [CalendarDay]

        init(_ ledger: CostLedger) {
            currency = ledger.currency
            lines = ledger.lines
            estimated = ledger.estimatedPeriods
        }
    }

    static let february = BillingMonth("2026-02")!

    static func query(_ id: String, _ groupBy: [CostQuery.Dimension], months: Int = 1) -> CostQuery {
        CostQuery(
            id: id, firstDay: february.adding(months: -months).firstDay, endDay: february.firstDayAfter,
            granularity: id == "daily" ? .daily : .monthly, groupBy: groupBy,
            excludedRecordTypes: id == "L1" ? RecordClass.sppSpellings : [])
    }

    static let queries = [
        query("control", []), query("L1", [.account, .service]), query("L3", [.account, .recordType], months: 3),
        query("daily", [.service]),
    ]

    static func read(_ services: AWSServices) async throws -> MonthFigures {
        let identity = try await services.identity.callerIdentity()
        let accounts = try await services.accounts.accounts()
        if let trouble = accounts.treeTrouble { throw trouble }
        var ledgers: [Ledger] = []
        for query in queries { ledgers.append(Ledger(try await services.costs.ledger(for: query))) }
        let forecast = try await services.forecasts.forecast(
            from: SampleEstate.defaultToday, to: february.next.firstDayAfter)
        return MonthFigures(
            identity: identity.arn, accounts: accounts.accounts, ledgers: ledgers,
            forecast: [forecast.mean, forecast.low, forecast.high],
            budgets: try await services.budgets.budgets(of: identity.account).budgets,
            invoices: try await services.invoices.invoices(of: identity.account, in: february).invoices
                .map(withoutTime))
    }

    private static func withoutTime(_ invoice: Invoice) -> Invoice {
        Invoice(
            id: invoice.id, account: invoice.account, base: invoice.base, payment: invoice.payment,
            exchangeRate: invoice.exchangeRate?.withoutTime, type: invoice.type, roundedAmounts: invoice.roundedAmounts)
    }

    /// Read once, over a wire without faults.
    static let calm = Task { try await FaultedWire.with { try await read($0.services) } }
}

/// Time as it passes, and sleep as it lasts: for servers that count requests by the second.
struct PatientClock: FinOps.Clock {
    func now() -> Timestamp { RealTimeClock().now() }
    func uptimeNanoseconds() -> UInt64 { RealTimeClock().uptimeNanoseconds() }
    func sleep(nanoseconds: UInt64) async throws { try await Task.sleep(nanoseconds: nanoseconds) }
}

/// A machine whose clock is wrong.
struct SkewedClock: FinOps.Clock {
    let seconds: Int
    func now() -> Timestamp { RealTimeClock().now().adding(seconds: seconds) }
    func uptimeNanoseconds() -> UInt64 { RealTimeClock().uptimeNanoseconds() }
    func sleep(nanoseconds: UInt64) async throws { try Task.checkCancellation() }
}
