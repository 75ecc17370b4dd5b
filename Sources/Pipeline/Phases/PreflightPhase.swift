import FinOps

/// Phase 1: the tool answers, we are who we think, and Cost Explorer lets us read. Nothing is billed unless it succeeds, and
/// what is billed is the costs by day that the month needs anyway.
struct PreflightPhase {
    let request: RunRequest
    let services: CloudServices
    let smokeTester: any SmokeTester

    func work() async throws -> PreflightReport {
        async let smokeTest = smokeTester.smokeTest()
        let identity = try await observe { try await services.identity.callerIdentity() }
        try refuseWrongClock()
        return PreflightReport(
            smokeTest: await smokeTest,
            identities: [ProfileIdentity(profile: request.profile ?? "default chain", identity: identity)],
            costExplorer: try await probe(as: identity))
    }

    private func probe(as identity: Observation<CallerIdentity>) async throws -> Observation<CostExplorerProbe> {
        switch identity {
        case .unknown(let trouble):
            return .unknown(trouble)
        case .known(let caller):
            let onlyAccount = request.scope == .singleAccount ? caller.account : nil
            let plan = CollectionPlan(month: request.month, today: request.today, onlyAccount: onlyAccount)
            return try await observe { CostExplorerProbe(try await services.costs.ledger(for: plan.daily)) }
        }
    }

    /// AWS refuses signatures more than five minutes off, and every time in the evidence would be wrong.
    private func refuseWrongClock() throws {
        guard let skew = services.clockSkewSeconds(), abs(skew) > 300 else { return }
        throw ClockError(skewSeconds: skew)
    }
}

/// The machine's clock disagrees with the provider's.
struct ClockError: ExplainedError {
    let skewSeconds: Int

    var code: String { "clock_skew" }
    var summary: String {
        let minutes = abs(skewSeconds) / 60
        return "this machine's clock is \(minutes) minutes \(skewSeconds > 0 ? "ahead of" : "behind") the provider's"
    }
    var cause: String? { "the Date header of the answer to sts:GetCallerIdentity" }
    var hint: String? { "set the clock (for instance `timedatectl set-ntp true`), then resume the run" }
}

extension PreflightReport {
    /// G1 has passed by the time this is asked; without an identity there is nothing to go on with.
    var signedInCaller: CallerIdentity {
        get throws {
            guard let caller = identities.first?.identity.value else {
                throw InputError("not_signed_in", "nobody is signed in", hint: "run `finops-monthly doctor`")
            }
            return caller
        }
    }
}
