import FinOps
import Gates
import TestSupport
import Testing

@Suite struct `G5 deliverables` {
    private func judge(_ set: DeliverableSet) -> Verdict { G5Deliverables().judge(set, under: RunPolicy()) }

    @Test func `passes when every page and the e-mail are there`() {
        #expect(judge(SampleMonth.deliverables()).outcome == .passed)
        #expect(judge(SampleMonth.deliverables(requested: [.cfo])).outcome == .passed)
    }

    @Test(arguments: SampleMonth.files(for: [.cfo, .sre]))
    func `fails when any one file is missing`(file: Deliverable) {
        let rest = SampleMonth.files(for: [.cfo, .sre]).filter { $0 != file }
        let verdict = judge(SampleMonth.deliverables(requested: [.cfo, .sre], rest))
        #expect(verdict.outcome == .failed && verdict.action == .retryFormatter)
        #expect(verdict.reasons.count == 1)
    }

    @Test func `an e-mail under another name is not the e-mail`() {
        let files = SampleMonth.files(for: [.cfo]).map {
            Deliverable(
                path: $0.format == .email ? "reports/mail.md" : $0.path, format: $0.format, persona: $0.persona,
                bytes: $0.bytes, sha256: $0.sha256)
        }
        #expect(
            judge(SampleMonth.deliverables(requested: [.cfo], files)).reasons == ["stakeholder-email.md is missing."])
    }

    @Test func `an empty or damaged file is not written`() {
        let empty = judge(SampleMonth.deliverables(requested: [.cfo], SampleMonth.files(for: [.cfo], bytes: 0)))
        #expect(empty.outcome == .failed && empty.reasons.count == 3)
        let damaged = judge(SampleMonth.deliverables(damaged: ["reports/cfo.html"]))
        #expect(damaged.reasons == ["reports/cfo.html could not be read back as it was written."])
    }

    @Test(arguments: ["html", "md", "json"])
    func `a promised statement must be there in every format`(suffix: String) {
        let statement = [("html", Deliverable.Format.html), ("md", .markdown), ("json", .json)].map { suffix, format in
            Deliverable(
                path: "reports/reconciliation.\(suffix)", format: format, persona: nil, bytes: 9,
                sha256: SampleLedger.digest("f"))
        }
        func judge(_ files: [Deliverable]) -> Verdict {
            self.judge(
                DeliverableSet(
                    requested: [.cfo], deliverables: SampleMonth.files(for: [.cfo]) + files,
                    factsSHA256: SampleLedger.digest("d"), deliverablesSHA256: SampleLedger.digest("e"), damaged: [],
                    statements: ["reconciliation"]))
        }
        #expect(judge(statement).outcome == .passed)
        #expect(
            judge(statement.filter { !$0.path.hasSuffix(suffix) }).reasons == ["reconciliation.\(suffix) is missing."])
    }

    @Test func `no persona is nothing to judge`() {
        #expect(judge(SampleMonth.deliverables(requested: [])).outcome == .undetermined)
    }
}
