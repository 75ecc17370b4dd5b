import Agents
import FinOps
import TestSupport
import Testing

@Suite struct `The quality engineer` {
    private func complete() -> RoleBriefing {
        RoleBriefing(
            phase: .scoring, collection: SampleCollection.partnerDiscount(), deliverables: SampleMonth.deliverables(),
            archive: SampleMonth.archive(), facts: SampleMonth.facts(),
            verdicts: GateID.allCases.map { Verdict($0, .passed) },
            examined: [ExaminedItem(name: "facts.json", sha256: SampleLedger.digest("d"))])
    }

    private func review(_ change: (inout RoleBriefing) -> Void) -> RoleReview {
        var briefing = complete()
        change(&briefing)
        return QualityEngineer().review(briefing)
    }

    @Test func `complete evidence scores a hundred and cites what was looked at`() {
        let review = review { _ in }
        #expect(review.verdict == .pass && review.findings.isEmpty && review.score == 100)
        #expect(review.examined.map(\.name) == ["facts.json"])
    }

    @Test func `no evidence scores nothing`() {
        let review = QualityEngineer().review(RoleBriefing(phase: .scoring))
        #expect(review.verdict == .fail && review.score == 0)
        #expect(review.findings.count { $0.id == "QA-01" } == 9)
    }

    @Test(arguments: GateID.allCases)
    func `every gate that was not judged is missed`(gate: GateID) {
        let review = review { briefing in briefing.verdicts.removeAll { $0.gate == gate } }
        #expect(review.verdict == .fail && review.score == 96)
        #expect(review.findings.map(\.text) == ["\(gate.rawValue) was not judged."])
    }

    @Test func `could not judge is not judged, and advice holds`() {
        let undetermined = review { $0.verdicts[6] = Verdict(.g6, .undetermined) }
        #expect(undetermined.score == 96 && undetermined.findings.map(\.id) == ["QA-02"])
        let failed = review { $0.verdicts[4] = Verdict(.g4, .failed) }
        #expect(failed.score == 96 && failed.verdict == .fail)
        let advised = review { $0.verdicts[6] = Verdict(.g6, .advised) }
        #expect(advised.score == 100 && advised.verdict == .pass && advised.findings.map(\.id) == ["QA-03"])
    }

    @Test func `the newest verdict of a gate counts`() {
        let again = review { $0.verdicts.append(Verdict(.g5, .failed)) }
        #expect(again.verdict == .fail && again.score == 96)
    }

    @Test func `a missing file, an empty digest and a damaged file are found`() {
        let missing = review { $0.deliverables = SampleMonth.deliverables(Array(SampleMonth.files().dropFirst())) }
        #expect(missing.findings.map(\.text) == ["Missing or without a digest: executive as html."])
        #expect(missing.score == 98)
        let unnamed = review { briefing in
            briefing.deliverables = SampleMonth.deliverables(
                SampleMonth.files().map {
                    Deliverable(path: $0.path, format: $0.format, persona: $0.persona, bytes: $0.bytes, sha256: .zero)
                })
        }
        #expect(unnamed.findings.count == 15 && unnamed.score == 80)
        let damaged = review { $0.deliverables = SampleMonth.deliverables(damaged: ["reports/cfo.md"]) }
        #expect(damaged.findings.map(\.id) == ["QA-04", "QA-05"])
    }

    @Test func `unknown figures are named, and unexplained or untraceable ones fail`() {
        func judge(_ fact: Fact) -> RoleReview {
            review { $0.facts = SampleMonth.facts([SampleMonth.fact("total.net", "1"), fact]) }
        }
        let unknown = judge(SampleMonth.fact("forecast.mean", nil, reason: "not offered"))
        #expect(unknown.verdict == .pass && unknown.score == 100)
        #expect(unknown.findings.map(\.id) == ["QA-07"] && unknown.findings[0].facts == ["forecast.mean"])
        let unexplained = judge(SampleMonth.fact("forecast.mean", nil))
        #expect(unexplained.findings.map(\.id) == ["QA-08"] && unexplained.score == 91)
        let untraceable = judge(SampleMonth.fact("account.1.net", "5", sources: []))
        #expect(untraceable.findings.map(\.id) == ["QA-09"] && untraceable.score == 91)
        #expect(judge(SampleMonth.fact("budget.gap", "5", sources: [])).findings.map(\.id) == ["QA-09"])
        for configured in ["budget.limit", "policy.approval_threshold"] {
            let review = judge(SampleMonth.fact(configured, "5", sources: []))
            #expect(review.findings.isEmpty && review.score == 100)
        }
    }

    @Test func `no facts, no archive, no seal and a broken archive are found`() {
        #expect(review { $0.facts = nil }.findings.map(\.id) == ["QA-06"])
        #expect(review { $0.archive = nil }.findings.map(\.id) == ["QA-10"])
        #expect(review { $0.archive = SampleMonth.archive(seal: nil) }.findings.map(\.id) == ["QA-10"])
        let broken = review { $0.archive = SampleMonth.archive(problems: ["a file differs"]) }
        #expect(broken.findings.map(\.id) == ["QA-11"] && broken.score == 90)
    }

    @Test func `a layer that is unknown or not cited costs points`() {
        let unknown = review { briefing in
            briefing.collection = briefing.collection?.with(daily: .unknown(SampleMonth.trouble(.throttled)))
        }
        #expect(unknown.score == 94)
        #expect(review { $0.collection = nil }.score == 84)
    }

    @Test func `a review that cites nothing says so`() {
        #expect(review { $0.examined = [] }.findings.map(\.id) == ["QA-12"])
    }
}
