public import FinOps

/// AWS knows who we are, for every profile of the run.
public struct G1Authentication: Gate {
    public let id = GateID.g1
    public let title = "Authentication"
    public let criterion =
        "sts:GetCallerIdentity succeeds for every profile of the run; a month from an export alone needs none."
    public let onFailure = GateAction.halt

    public init() {}

    public func judge(_ product: PreflightReport, under policy: RunPolicy) -> Verdict {
        if let origin = product.origin {
            return advised(["No caller was identified, and none needed to be: the month is read from \(origin.words)."])
        }
        guard !product.identities.isEmpty else { return undetermined(["No profile was asked for its identity."]) }
        let troubles = product.identities.compactMap { profile in
            profile.identity.trouble.map { (profile: profile.profile, trouble: $0) }
        }
        // Being refused is a finding; a network that is down says nothing about the credentials.
        let refused = troubles.filter { $0.trouble.kind == .notSignedIn }
        let ordered = refused + troubles.filter { $0.trouble.kind != .notSignedIn }
        let reasons = ordered.map { sentence($0.profile, $0.trouble) } + hints(ordered.map(\.trouble))
        if !refused.isEmpty { return failed(reasons, trouble: ordered.first?.trouble) }
        if !troubles.isEmpty { return undetermined(reasons, trouble: ordered.first?.trouble) }
        let accounts = product.identities.compactMap { profile in
            profile.identity.value.map { "\(profile.profile) is account \($0.account)" }
        }
        let names = accounts.joined(separator: ", ") + "."
        guard let skew = product.clockSkew, !skew.isTolerated else { return passed(names) }
        return advised([
            "This machine's clock is \(skew.words) AWS's: requests are signed by AWS's time, and the times this month's "
                + "evidence gives are this machine's.",
            names,
        ])
    }

    private func sentence(_ profile: String, _ trouble: Trouble) -> String {
        let finding = trouble.kind == .notSignedIn ? "is not signed in" : "could not be identified"
        return "\(profile) \(finding): \(trouble.attribution)."
    }

    private func hints(_ troubles: [Trouble]) -> [String] {
        troubles.compactMap(\.hint).reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
    }
}
