import Agents
import FinOps
import TestSupport
import Testing

@Suite struct `The observability engineer` {
    private let one = "111111111111"
    private let base = SampleCollection.partnerDiscount()

    /// Without the sources that the sample endpoint does not offer.
    private func collected(_ collection: CostCollection?) -> (verdict: RoleReview.Verdict, findings: [RoleFinding]) {
        let review = ObservabilityEngineer().review(RoleBriefing(phase: .collection, collection: collection))
        return (review.verdict, review.findings.filter { $0.severity != .note })
    }

    private func compared(_ check: CrossValidation?, judged: Bool = true) -> RoleReview {
        ObservabilityEngineer().review(
            RoleBriefing(
                phase: .crossValidation, crossValidation: check, verdicts: judged ? [Verdict(.g4, .passed)] : []))
    }

    private func daily(_ record: QueryRecord) -> CostCollection {
        base.with(
            daily: .known(
                SampleLedger.ledger(
                    SampleLedger.daily(), [SampleLedger.line(["Every service"], "100000")], record: record)))
    }

    @Test func `passes complete and cited answers`() {
        #expect(collected(base).verdict == .pass && collected(base).findings.isEmpty)
    }

    @Test func `a source the endpoint does not offer is a note, one that broke is advice`() {
        let notes = ObservabilityEngineer().review(RoleBriefing(phase: .collection, collection: base)).findings
        #expect(notes.map(\.id) == ["OE-02", "OE-02", "OE-02"])
        let broken = collected(base.with(forecast: .unknown(SampleMonth.trouble(.throttled))))
        #expect(broken.verdict == .advise && broken.findings.map(\.id) == ["OE-02"])
    }

    @Test func `misses a layer the comparison needs`() {
        let trouble = Observation<CostLedger>.unknown(SampleMonth.trouble(.throttled))
        for collection in [base.with(services: trouble), base.with(recordTypes: trouble), base.with(daily: trouble)] {
            #expect(collected(collection).verdict == .fail)
            #expect(collected(collection).findings.map(\.id) == ["OE-01"])
        }
    }

    @Test func `misses pages, bodies and request ids`() {
        let pageless = QueryRecord(
            id: "daily", operation: "ce:GetCostAndUsage", parameters: "{}",
            parametersSHA256: SampleLedger.digest("b"),
            pages: [], rows: 1)
        #expect(collected(daily(pageless)).findings.map(\.id) == ["OE-03"])
        #expect(collected(daily(SampleLedger.record("daily", rows: 1, bytes: 0))).findings.map(\.id) == ["OE-04"])
        #expect(collected(daily(SampleLedger.record("daily", rows: 1, bodySHA256: .zero))).verdict == .fail)
        let anonymous = collected(daily(SampleLedger.record("daily", rows: 1, requestID: nil)))
        #expect(anonymous.verdict == .advise && anonymous.findings.map(\.id) == ["OE-05"])
    }

    @Test func `finds lines that no answer carried`() {
        #expect(collected(daily(SampleLedger.record("daily", rows: 0))).findings.map(\.id) == ["OE-06"])
        #expect(collected(daily(SampleLedger.record("daily", rows: 2))).findings.isEmpty)
    }

    @Test func `a month without any cost is not plausible`() {
        let empty = SampleCollection.collection(services: [], recordTypes: [])
        #expect(collected(empty).findings.map(\.id) == ["OE-07"])
    }

    @Test(arguments: [("301", true), ("300", false), ("33", true), ("34", false)])
    func `a jump by more than a factor of three deserves a look`(amount: String, isFound: Bool) {
        let layer3 = SampleLedger.ledger(
            SampleLedger.query("L3", groupBy: [.account, .recordType]),
            [
                SampleLedger.line([one, "Usage"], "100", in: SampleLedger.month.previous),
                SampleLedger.line([one, "Usage"], ExactDecimal(amount)!),
            ])
        #expect(collected(base.with(recordTypes: .known(layer3))).findings.map(\.id) == (isFound ? ["OE-08"] : []))
    }

    @Test func `passes a comparison that is recorded, closed and judged`() {
        let review = compared(SampleMonth.crossValidation())
        #expect(review.verdict == .pass && review.findings.isEmpty && review.phase == .crossValidation)
    }

    @Test func `finds what was not compared`() {
        let missing = SampleMonth.crossValidation(base.with(recordTypes: .unknown(SampleMonth.trouble(.throttled))))
        #expect(compared(missing).verdict == .fail)
        #expect(compared(missing).findings.map(\.id) == ["OE-20", "OE-21", "OE-22"])
    }

    @Test func `finds a broken identity`() {
        let check = SampleMonth.crossValidation(
            SampleCollection.collection(
                services: [(one, "Amazon EC2", "100")], recordTypes: [(one, "Usage", "100")], daily: "101"))
        #expect(compared(check).findings.map(\.id) == ["OE-22"])
    }

    @Test func `finds an unexplained residual`() {
        let check = SampleMonth.crossValidation(
            SampleCollection.collection(services: [(one, "Amazon EC2", "101")], recordTypes: [(one, "Usage", "100")]))
        #expect(compared(check).findings.map(\.id) == ["OE-22", "OE-23"])
    }

    @Test func `says that an unsettled month must be compared again`() {
        let check = SampleMonth.crossValidation(today: CalendarDay("2026-03-01")!)
        #expect(compared(check).verdict == .advise && compared(check).findings.map(\.id) == ["OE-25"])
    }

    @Test func `passes on signs that look wrong`() {
        let check = SampleMonth.crossValidation(
            SampleCollection.collection(services: [(one, "Amazon EC2", "5")], recordTypes: [(one, "Mystery", "5")]))
        #expect(compared(check).findings.map(\.id) == ["OE-24"])
    }

    @Test func `a comparison that nobody judged is not done`() {
        #expect(compared(SampleMonth.crossValidation(), judged: false).findings.map(\.id) == ["OE-26"])
    }

    @Test func `abstains without material`() {
        #expect(collected(nil).verdict == .abstain)
        #expect(compared(nil).verdict == .abstain)
    }
}
