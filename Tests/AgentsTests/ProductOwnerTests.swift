import Agents
import FinOps
import TestSupport
import Testing

@Suite struct `The product owner` {
    private func before(_ brief: CoordinationBrief?) -> RoleReview {
        ProductOwner().review(RoleBriefing(phase: .coordination, brief: brief))
    }

    private func atTheEnd(_ facts: [Fact]?, brief: CoordinationBrief? = nil) -> RoleReview {
        ProductOwner().review(
            RoleBriefing(phase: .scoring, brief: brief, facts: facts.map { SampleMonth.facts($0) }))
    }

    @Test func `passes a brief with testable criteria, all readers and a budget`() {
        let review = before(SampleMonth.brief())
        #expect(review.verdict == .pass && review.findings.isEmpty && review.role == "product-owner")
    }

    @Test(arguments: [[], [""], ["  ", "--- !"]])
    func `misses acceptance criteria`(criteria: [String]) {
        let review = before(SampleMonth.brief(acceptanceCriteria: criteria))
        #expect(review.verdict == .fail)
        #expect(review.findings.map(\.id) == ["PO-01"])
    }

    @Test(arguments: [
        "The report is good enough for everyone", "Numbers look nice", "Done",
        "We want insight into our cloud spending",
        "The dashboard loads fast in under 3 seconds",
    ])
    func `refuses a criterion that cannot be tested`(criterion: String) {
        let review = before(SampleMonth.brief(acceptanceCriteria: [criterion]))
        #expect(review.verdict == .fail && review.findings.map(\.id) == ["PO-02"])
    }

    @Test(arguments: [
        "Every active account appears in the report", "The variance is under 5 percent", "The archive is sealed",
        "No account without an owner tag is listed",
    ])
    func `accepts a criterion that names something to observe`(criterion: String) {
        #expect(before(SampleMonth.brief(acceptanceCriteria: [criterion])).verdict == .pass)
    }

    @Test func `advises when criteria repeat, lean on one another or are not small`() {
        let twice = before(SampleMonth.brief(acceptanceCriteria: ["The archive is sealed", "the archive is sealed!"]))
        #expect(twice.verdict == .advise && twice.findings.map(\.id) == ["PO-04"])
        let leaning = before(
            SampleMonth.brief(acceptanceCriteria: ["The archive is sealed", "Every file as in criterion 1"]))
        #expect(leaning.findings.map(\.id) == ["PO-04"])
        let long = Array(repeating: "every account is listed", count: 11).joined(separator: " and ")
        #expect(before(SampleMonth.brief(acceptanceCriteria: [long])).findings.map(\.id) == ["PO-03"])
    }

    @Test func `misses readers and budget`() {
        let none = before(SampleMonth.brief(request: SampleMonth.request(personas: [])))
        #expect(none.verdict == .fail && none.findings.map(\.id) == ["PO-05"])
        let some = before(SampleMonth.brief(request: SampleMonth.request(personas: [.cfo])))
        #expect(some.verdict == .pass && some.findings.map(\.severity) == [.note])
        let noBudget = before(SampleMonth.brief(policy: RunPolicy()))
        #expect(noBudget.verdict == .advise && noBudget.findings.map(\.id) == ["PO-06"])
    }

    @Test func `warns when nobody else looks`() {
        let policy = RunPolicy(requesterMayApprove: true, budget: Money("1", .usd))
        #expect(before(SampleMonth.brief(policy: policy)).findings.map(\.id) == ["PO-07"])
    }

    @Test func `abstains without material`() {
        #expect(before(nil).verdict == .abstain)
        #expect(atTheEnd(nil).verdict == .abstain)
    }

    private let total = SampleMonth.fact("total.net", "100")
    private let budget = SampleMonth.fact("budget.limit", "120", sources: [])
    private let saving = SampleMonth.fact("savings.1.monthly", "12")
    private let recommendation = SampleMonth.fact(
        "savings.1.recommendation", "1", unit: .count, label: "coh-0a1b2c3d")

    @Test func `passes a month without claims, and one whose saving names its recommendation`() {
        #expect(atTheEnd([total, budget]).verdict == .pass)
        let sum = SampleMonth.fact("savings.total.monthly", "12")
        #expect(atTheEnd([total, budget, saving, recommendation, sum]).verdict == .pass)
    }

    @Test func `refuses a saving without a recommendation id`() {
        let review = atTheEnd([total, budget, saving])
        #expect(review.verdict == .fail)
        #expect(review.findings.map(\.id) == ["PO-10"] && review.findings[0].facts == ["savings.1.monthly"])
    }

    @Test func `a recommendation without a name or a source is none`() {
        let nameless = SampleMonth.fact("savings.1.recommendation", "1", unit: .count, label: " ")
        let unsourced = SampleMonth.fact("savings.1.recommendation", "1", unit: .count, label: "coh-1", sources: [])
        #expect(atTheEnd([total, budget, saving, nameless]).findings.map(\.id) == ["PO-10"])
        #expect(atTheEnd([total, budget, saving, unsourced]).findings.map(\.id) == ["PO-10"])
    }

    @Test func `the recommendation of another claim does not count`() {
        let other = SampleMonth.fact("savings.2.monthly", "5")
        let review = atTheEnd([total, budget, saving, recommendation, other])
        #expect(review.findings.map(\.facts) == [["savings.2.monthly"]])
    }

    @Test func `refuses a saving whose figures cite no answer`() {
        let unsourced = SampleMonth.fact("savings.1.monthly", "12", sources: [])
        #expect(atTheEnd([total, budget, unsourced, recommendation]).findings.map(\.id) == ["PO-11"])
    }

    @Test func `refuses a sum of savings that nothing itemises`() {
        let sum = SampleMonth.fact("savings.total", "12")
        #expect(atTheEnd([total, budget, sum]).findings.map(\.id) == ["PO-10"])
    }

    @Test func `misses an unknown total and an unknown budget`() {
        let unknown = SampleMonth.fact("total.net", nil, reason: "no data")
        #expect(atTheEnd([unknown, budget]).findings.map(\.id) == ["PO-12"])
        #expect(atTheEnd([budget]).findings.map(\.id) == ["PO-12"])
        #expect(atTheEnd([total]).findings.map(\.id) == ["PO-13"])
    }

    @Test func `remembers at the end that nobody said what done means`() {
        let review = atTheEnd([total, budget], brief: SampleMonth.brief(acceptanceCriteria: []))
        #expect(review.findings.map(\.id) == ["PO-14"])
    }
}
