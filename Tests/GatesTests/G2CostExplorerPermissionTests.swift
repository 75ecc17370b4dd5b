import FinOps
import Gates
import TestSupport
import Testing

@Suite struct `G2 Cost Explorer permission` {
    private func judge(_ observation: Observation<CostExplorerProbe>?) -> Verdict {
        G2CostExplorerPermission().judge(SampleMonth.preflight(costExplorer: observation), under: RunPolicy())
    }

    @Test func `passes on data`() {
        #expect(judge(nil).outcome == .passed)
    }

    @Test func `fails when access is denied, and names the permission and the switch behind it`() {
        let verdict = judge(
            .unknown(SampleMonth.trouble(.accessDenied, code: "AccessDeniedException", hint: "ask ops")))
        #expect(verdict.outcome == .failed && verdict.action == .halt)
        #expect(verdict.trouble?.code == "AccessDeniedException")
        #expect(verdict.reasons.contains { $0.contains("ce:GetCostAndUsage") && $0.contains("IAM access to billing") })
        #expect(verdict.reasons.last == "ask ops")
    }

    @Test(arguments: Trouble.Kind.allCases.filter { $0 != .accessDenied })
    func `any other trouble leaves the permission unknown`(kind: Trouble.Kind) {
        let verdict = judge(.unknown(SampleMonth.trouble(kind)))
        #expect(verdict.outcome == .undetermined && verdict.action == .halt)
    }

    @Test func `an answer without a period is no data`() {
        let empty = CostExplorerProbe(SampleLedger.ledger(SampleLedger.daily(), []))
        #expect(judge(.known(empty)).outcome == .undetermined)
    }
}
