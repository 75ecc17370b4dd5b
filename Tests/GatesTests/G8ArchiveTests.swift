import FinOps
import Gates
import TestSupport
import Testing

@Suite struct `G8 evidence archive` {
    private func judge(_ manifest: ArchiveManifest) -> Verdict { G8Archive().judge(manifest, under: RunPolicy()) }

    @Test func `passes when everything was re-read and sealed, and names the seal`() {
        let verdict = judge(SampleMonth.archive())
        #expect(verdict.outcome == .passed)
        #expect(verdict.reasons[0].contains(SampleLedger.digest("9").named))
    }

    @Test func `any problem fails with its own words`() {
        let verdict = judge(SampleMonth.archive(problems: ["data/facts.json: digest differs"]))
        #expect(verdict.outcome == .failed && verdict.action == .blockCompletion)
        #expect(verdict.reasons == ["data/facts.json: digest differs"])
    }

    @Test func `no seal fails`() {
        #expect(judge(SampleMonth.archive(seal: nil)).outcome == .failed)
    }

    @Test func `an archive of no files is nothing to judge`() {
        let verdict = judge(SampleMonth.archive(fileCount: 0))
        #expect(verdict.outcome == .undetermined && verdict.action == .blockCompletion)
    }
}
