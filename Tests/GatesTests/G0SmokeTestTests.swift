import FinOps
import Gates
import TestSupport
import Testing

@Suite struct `G0 smoke test` {
    private func judge(_ checks: [SmokeTest.Check]) -> Verdict {
        G0SmokeTest().judge(SampleMonth.preflight(checks: checks), under: RunPolicy())
    }

    @Test(arguments: ["finops-monthly 0.1.0", "0.1.0", "finops-monthly v0.1.0 (linux)"])
    func `passes when everything answers with this version`(answer: String) {
        let verdict = judge([SampleMonth.check(answer: answer), SampleMonth.check("tool-0.1.0.whl")])
        #expect(verdict.outcome == .passed && verdict.action == nil)
    }

    @Test(arguments: [
        "", "finops-monthly 0.2.0", "finops-monthly 10.1.0", "finops-monthly 0.1.0.1", "finops-monthly 0.1.01",
    ])
    func `fails when another version answers`(answer: String) {
        let verdict = judge([SampleMonth.check(answer: answer)])
        #expect(verdict.outcome == .failed && verdict.action == .blockPublish)
    }

    @Test func `fails when one of them ends badly or cannot be started, and names it`() {
        let verdict = judge([
            SampleMonth.check(), SampleMonth.check("a.whl", exitStatus: 1), SampleMonth.check("b.whl", exitStatus: nil),
        ])
        #expect(verdict.outcome == .failed)
        #expect(verdict.reasons == ["a.whl ended with exit status 1.", "b.whl could not be started or was killed."])
    }

    @Test func `nothing tried is nothing known`() {
        #expect(judge([]).outcome == .undetermined)
        #expect(judge([]).action == .blockPublish)
    }
}
