import FinOps

/// Phase 1: the tool answers, we are who we think, and Cost Explorer lets us read. Nothing is billed unless it succeeds, and
/// what is billed is the costs by day that the month needs anyway.
struct PreflightPhase {
    let request: RunRequest
    let services: CloudServices
    let smokeTester: any SmokeTester
    let clock: any Clock

    func work() async throws -> PreflightReport {
        async let smokeTest = smokeTester.smokeTest()
        if let origin = request.monthExport?.origin {
            return PreflightReport(
                smokeTest: await smokeTest, identities: [],
                costExplorer: .unknown(ExportOrigin.notAsked("ce:GetCostAndUsage")), origin: origin)
        }
        let identity = try await observe { try await services.identity.callerIdentity() }
        let skew = services.clockSkewSeconds().map(ClockSkew.init)
        if let skew, !skew.isUsable(at: clock.now()) { throw ClockError(skew: skew) }
        return PreflightReport(
            smokeTest: await smokeTest,
            identities: [ProfileIdentity(profile: request.profile ?? "default chain", identity: identity)],
            costExplorer: try await probe(as: identity), clockSkew: skew)
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
}

/// The machine's clock shows another day than the provider's. A smaller error is corrected in signatures, and said by G1.
struct ClockError: ExplainedError {
    let skew: ClockSkew

    var code: String { "clock_skew" }
    var summary: String { "this machine's clock is \(skew.words) the provider's: it shows another day" }
    var cause: String? { "the Date header of the answer to sts:GetCallerIdentity" }
    var hint: String? { "set the clock (for instance `timedatectl set-ntp true`), then run again" }
}

extension PreflightReport {
    /// Whose month it is: whoever signed in, or who pays for what an export alone charges. G1 holds by the time this is asked;
    /// without an identity there is nothing to go on with.
    var caller: CallerIdentity {
        get throws {
            if let origin {
                return CallerIdentity(account: origin.billingAccount, arn: "", userID: "", requestID: nil)
            }
            guard let caller = identities.first?.identity.value else {
                throw InputError("not_signed_in", "nobody is signed in", hint: "run `finops-monthly doctor`")
            }
            return caller
        }
    }
}
