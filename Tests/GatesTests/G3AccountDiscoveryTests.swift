import FinOps
import Gates
import TestSupport
import Testing

@Suite struct `G3 account discovery` {
    private func judge(_ inventory: AccountInventory) -> Verdict {
        G3AccountDiscovery().judge(inventory, under: RunPolicy())
    }

    @Test func `passes with the count and where it comes from`() {
        let verdict = judge(SampleMonth.inventory())
        #expect(verdict.outcome == .passed)
        #expect(verdict.reasons == ["2 accounts, 2 active, from organizations:ListAccounts, 1 pages."])
    }

    @Test func `an incomplete tree is advice`() {
        let verdict = judge(SampleMonth.inventory(troubles: [SampleMonth.trouble(.accessDenied)]))
        #expect(verdict.outcome == .advised && verdict.action == nil)
        #expect(verdict.trouble?.kind == .accessDenied)
    }

    @Test func `an organisation that cannot be read falls back to the single account`() {
        let verdict = judge(
            SampleMonth.inventory(accounts: [], troubles: [SampleMonth.trouble(.accessDenied, hint: "ask ops")]))
        #expect(verdict.outcome == .failed && verdict.action == .fallBackToSingleAccount)
        #expect(verdict.reasons.last == "ask ops")
    }

    @Test func `an organisation without accounts falls back too`() {
        let verdict = judge(SampleMonth.inventory(accounts: []))
        #expect(verdict.outcome == .failed && verdict.action == .fallBackToSingleAccount && !verdict.reasons.isEmpty)
    }

    @Test func `judged again, the single account is advice that says what could not be seen`() {
        let verdict = judge(
            SampleMonth.inventory(
                scope: .singleAccount, accounts: [SampleMonth.account("111111111111", state: .unknown)],
                troubles: [SampleMonth.trouble(.accessDenied)]))
        #expect(verdict.outcome == .advised && verdict.action == nil)
        #expect(verdict.reasons[0].contains("account 111111111111 alone"))
        #expect(verdict.reasons[0].contains("Other accounts of the organisation are not in this month."))
    }

    @Test func `a single account asked for on purpose is advice as well`() {
        let verdict = judge(
            SampleMonth.inventory(scope: .singleAccount, accounts: [SampleMonth.account("111111111111")]))
        #expect(verdict.outcome == .advised && verdict.trouble == nil)
    }

    @Test func `no account at all halts`() {
        let verdict = judge(SampleMonth.inventory(scope: .singleAccount, accounts: []))
        #expect(verdict.outcome == .failed && verdict.action == .halt)
    }
}
