import FinOps
import Gates
import TestSupport
import Testing

@Suite struct `G1 authentication` {
    private func judge(_ identities: [ProfileIdentity]) -> Verdict {
        G1Authentication().judge(SampleMonth.preflight(identities: identities), under: RunPolicy())
    }

    private func unknown(_ profile: String, _ kind: Trouble.Kind, hint: String? = nil) -> ProfileIdentity {
        ProfileIdentity(profile: profile, identity: .unknown(SampleMonth.trouble(kind, hint: hint)))
    }

    @Test func `passes when every profile is known, and says who it is`() {
        let verdict = judge([SampleMonth.identity("billing"), SampleMonth.identity("ops", account: "222222222222")])
        #expect(verdict.outcome == .passed)
        #expect(verdict.reasons == ["billing is account 111111111111, ops is account 222222222222."])
    }

    @Test func `fails when one profile is not signed in, with the request and the remedy`() {
        let verdict = judge([
            SampleMonth.identity(), unknown("ops", .unreachable),
            unknown("billing", .notSignedIn, hint: "run aws sso login"),
        ])
        #expect(verdict.outcome == .failed && verdict.action == .halt)
        #expect(verdict.trouble?.kind == .notSignedIn)
        #expect(
            verdict.reasons == [
                "billing is not signed in: SomeCode from sts:GetCallerIdentity (request r-3).",
                "ops could not be identified: SomeCode from sts:GetCallerIdentity (request r-3).", "run aws sso login",
            ])
    }

    @Test(arguments: Trouble.Kind.allCases.filter { $0 != .notSignedIn })
    func `any other trouble says nothing about the credentials`(kind: Trouble.Kind) {
        let verdict = judge([unknown("billing", kind)])
        #expect(verdict.outcome == .undetermined && verdict.action == .halt)
    }

    @Test func `a month from an export alone needs nobody to sign in, and is not said to have passed`() {
        let product = SampleMonth.preflight()
        let verdict = G1Authentication().judge(
            PreflightReport(
                smokeTest: product.smokeTest, identities: [],
                costExplorer: .unknown(ExportOrigin.notAsked("ce:GetCostAndUsage")), origin: SampleExport.origin()),
            under: RunPolicy())
        #expect(verdict.outcome == .advised && verdict.action == nil)
        #expect(
            verdict.reasons == [
                "No caller was identified, and none needed to be: the month is read from the line items of export "
                    + "(FOCUS 1.2 of AWS)."
            ])
    }

    @Test func `nobody asked is nobody known`() {
        #expect(judge([]).outcome == .undetermined)
    }

    private func judge(clockSkew seconds: Int) -> Verdict {
        let product = SampleMonth.preflight()
        return G1Authentication().judge(
            PreflightReport(
                smokeTest: product.smokeTest, identities: product.identities, costExplorer: product.costExplorer,
                clockSkew: ClockSkew(seconds: seconds)),
            under: RunPolicy())
    }

    @Test(arguments: [0, 300, -300])
    func `says nothing of a clock within the five minutes AWS bears`(seconds: Int) {
        #expect(judge(clockSkew: seconds) == judge([SampleMonth.identity()]))
    }

    @Test func `advises when requests had to be signed by another clock than this machine's`() {
        let verdict = judge(clockSkew: -2_400)
        #expect(verdict.outcome == .advised)
        #expect(
            verdict.reasons == [
                "This machine's clock is 40 minutes behind AWS's: requests are signed by AWS's time, and the times this "
                    + "month's evidence gives are this machine's.",
                "billing is account 111111111111.",
            ])
    }
}
