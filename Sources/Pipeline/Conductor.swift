import Evidence
import FinOps
import Gates

/// Performs one phase: journal first, then work, judge, act, write, append, tell the view. A phase whose product is already
/// in the journal is not performed again.
///
/// A gate can only be attached to the phase whose product it judges (`[any Gate<Product>]`); anything else does not compile.
final class Conductor {
    let environment: RunEnvironment
    let journal: RunJournal
    let policy: RunPolicy
    let meter: any APIMeter
    let reviews: ReviewDesk
    private(set) var dossier = RunDossier()

    init(
        environment: RunEnvironment, journal: RunJournal, policy: RunPolicy, meter: any APIMeter, reviews: ReviewDesk
    ) {
        self.environment = environment
        self.journal = journal
        self.policy = policy
        self.meter = meter
        self.reviews = reviews
    }

    /// Shows the facts to the roles that come later.
    func show(_ book: FactBook) { dossier.book = book }

    /// What a gate's remedy may do: make a new product, which is then judged again.
    typealias Remedy<Product> = (Verdict, Product) async throws -> Product?

    func perform<Product: Codable & Sendable>(
        _ phase: PhaseID, into slot: WritableKeyPath<RunDossier, Product?>, gates: [any Gate<Product>] = [],
        detail: (Product, RunDossier) -> String, remedy: Remedy<Product>? = nil, work: () async throws -> Product
    ) async throws -> Product {
        if let digest = await journal.state.done[phase] { return try await restore(phase, digest, into: slot) }

        let started = environment.clock.uptimeNanoseconds()
        let usedBefore = meter.usage()
        environment.observer.observe(.phaseStarted(phase))
        try await journal.record(.phaseStarted, phase: phase, .visible)

        let seconds = environment.phaseDeadlineSeconds
        var product = try await PhaseDeadline.within(seconds: seconds, of: environment.clock, work)
        var digest = try journal.keep(product)
        var verdicts = judge(product, by: gates)
        for verdict in verdicts where !verdict.holds || verdict.action != nil {
            let remedied = try await PhaseDeadline.within(seconds: seconds, of: environment.clock) {
                try await remedy?(verdict, product)
            }
            guard let improved = remedied else { continue }
            try await record([verdict], phase: phase, product: digest, stops: false)
            product = improved
            digest = try journal.keep(product)
            verdicts = judge(product, by: gates)
            break
        }
        dossier[keyPath: slot] = product
        dossier.digests[phase] = digest
        verdicts.forEach { dossier.note($0) }

        let stop = verdicts.first { !$0.holds }
        try await record(verdicts, phase: phase, product: digest, stops: stop != nil)
        let summary = PhaseSummary(
            phase: phase, status: status(of: verdicts, hasGates: !gates.isEmpty), gates: gates.map(\.id),
            detail: detail(product, dossier), seconds: elapsed(since: started))
        let outputs = [
            "product": digest, "summary": try journal.keep(summary),
            "usage": try journal.keep(meter.usage() - usedBefore),
        ]
        if let stop {
            try await journal.record(.stepFailed, phase: phase, step: stop.gate.rawValue, out: outputs)
            environment.observer.observe(.phaseCompleted(summary))
            throw RunStop(verdict: stop)
        }
        // In phase 9 hearing the roles is the work itself.
        if phase != .scoring { try await reviews.review(phase, dossier: dossier, journal: journal) }
        try await journal.record(.phaseDone, phase: phase, out: outputs)
        environment.observer.observe(.phaseCompleted(summary))
        return product
    }

    private func restore<Product: Codable & Sendable>(
        _ phase: PhaseID, _ digest: Digest, into slot: WritableKeyPath<RunDossier, Product?>
    ) async throws -> Product {
        let product = try journal.load(Product.self, digest)
        dossier[keyPath: slot] = product
        dossier.digests[phase] = digest
        for verdict in await journal.state.verdicts.values {
            dossier.note(try journal.load(Verdict.self, verdict))
        }
        return product
    }

    private func judge<Product>(_ product: Product, by gates: [any Gate<Product>]) -> [Verdict] {
        gates.map { $0.judge(product, under: policy) }
    }

    private func record(_ verdicts: [Verdict], phase: PhaseID, product: Digest, stops: Bool) async throws {
        for verdict in verdicts {
            try await journal.record(
                .gateEvaluated, phase: phase,
                out: ["verdict": try journal.keep(verdict), "product": product],
                note: [
                    "gate": verdict.gate.rawValue, "outcome": verdict.outcome.rawValue,
                    "stops": stops && !verdict.holds ? "true" : "false",
                ],
                // What follows from a verdict is an event of its own, and that is the next.
                .withNext)
        }
    }

    private func status(of verdicts: [Verdict], hasGates: Bool) -> PhaseSummary.Status {
        if verdicts.contains(where: { $0.action == .waitForHuman && !$0.holds }) { return .waiting }
        if verdicts.contains(where: { $0.outcome == .failed }) { return .failed }
        if verdicts.contains(where: { $0.outcome == .undetermined }) { return .undetermined }
        if verdicts.contains(where: { $0.outcome == .advised }) { return .advised }
        return hasGates ? .passed : .done
    }

    private func elapsed(since started: UInt64) -> ExactDecimal {
        let nanoseconds = environment.clock.uptimeNanoseconds() - started
        return ExactDecimal(units: Int128(nanoseconds) * 1000).rounded(toFractionDigits: 2)
    }
}
