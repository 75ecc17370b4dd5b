import Evidence
public import FinOps
import Gates
import Reports

/// Phases 1 to 4 for whoever wants to look at a month: the run's own phases, gates and facts, without a journal. Nothing is
/// written, approved or sealed.
public struct MonthLook: Sendable {
    private let environment: RunEnvironment

    init(environment: RunEnvironment) {
        self.environment = environment
    }

    /// Asks AWS. Answers that earlier runs paid for are used unless the order refreshes. Throws `GateStop` where a run would
    /// be stopped before the layers are compared.
    public func ask(_ order: RunOrder) async throws -> FoundMonth {
        let memo = LookMemo(recallsEarlierRuns: !order.refreshes)
        let services = try await environment.services(for: order.request, memo)
        let (request, policy) = (order.request, order.policy)
        let preflight = try await within {
            try await PreflightPhase(
                request: request, services: services, smokeTester: environment.smokeTester, clock: environment.clock
            ).work()
        }
        var verdicts = try judged(preflight, GateCatalog.standard.preflight, policy)
        let caller = try preflight.caller
        let discovery = DiscoveryPhase(request: request, caller: caller, services: services)
        var inventory = try await within { try await discovery.work() }
        let discovered = GateCatalog.standard.discovery.map { $0.judge(inventory, under: policy) }
        if inventory.scope == .organization, discovered.contains(where: { $0.action == .fallBackToSingleAccount }) {
            inventory = try await within { try await discovery.singleAccount(troubles: inventory.troubles) }
        }
        verdicts += try judged(inventory, GateCatalog.standard.discovery, policy)
        let plan = CollectionPlan(
            month: request.month, today: request.today,
            onlyAccount: inventory.scope == .singleAccount ? caller.account : nil)
        let validator = CrossValidator(month: request.month, metric: policy.metric, today: request.today)
        let found = inventory
        let collection = try await within {
            try await RefreshedCollection(validator: validator, memo: memo, observer: environment.observer).work {
                try await CollectionPhase(
                    request: request, metric: policy.metric, caller: caller, inventory: found, plan: plan,
                    services: services
                ).work()
            }
        }
        return FoundMonth(
            request: request, policy: policy, inventory: inventory, verdicts: verdicts, collection: collection,
            origin: .asked(services.meter.usage()))
    }

    private func within<Value>(_ work: () async throws -> Value) async rethrows -> Value {
        try await PhaseDeadline.within(seconds: environment.phaseDeadlineSeconds, of: environment.clock, work)
    }

    private func judged<Product>(
        _ product: Product, _ gates: [any Gate<Product>], _ policy: RunPolicy
    ) throws -> [Verdict] {
        let verdicts = gates.map { $0.judge(product, under: policy) }
        if let stop = verdicts.first(where: { !$0.holds }) { throw GateStop(verdict: stop) }
        return verdicts
    }
}

extension RunEngine {
    public var look: MonthLook { MonthLook(environment: environment) }
}

/// A gate that would stop a run stops a look too: nothing may be shown of what it guards.
public struct GateStop: ExplainedError {
    public let verdict: Verdict

    public init(verdict: Verdict) {
        self.verdict = verdict
    }

    public var code: String { "gate_stopped" }
    public var summary: String {
        "\(verdict.gate.rawValue) stopped the dashboard: \(verdict.reasons.first ?? verdict.outcome.rawValue)"
    }
    public var cause: String? {
        let lines =
            verdict.reasons.dropFirst() + (verdict.trouble.map { ["\($0.message) (\($0.attribution))"] } ?? [])
        return lines.isEmpty ? nil : lines.joined(separator: "\n  ")
    }
    public var hint: String? {
        (verdict.trouble?.hint.map { "\($0); " } ?? "")
            + "`finops-monthly explain \(verdict.gate.rawValue)` says what the gate asks"
    }
}

/// Remembers answers for as long as somebody looks.
private actor LookMemo: RepeatableMemo {
    private let mayRecall: Bool
    private var round = 0
    private var answers: [Digest: RememberedAnswer] = [:]

    init(recallsEarlierRuns: Bool) {
        mayRecall = recallsEarlierRuns
    }

    var recallsEarlierRuns: Bool { mayRecall && round == 0 }
    func answer(to key: Digest) -> RememberedAnswer? { answers[key] }
    func begin(_ key: Digest, operation: String) {}
    func remember(_ answer: RememberedAnswer, for key: Digest) { answers[key] = answer }

    func beginAnew() {
        round += 1
        answers = [:]
    }
}
