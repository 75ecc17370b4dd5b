import FinOps
import Foundation
import Gates
import TestSupport
import Testing

@Suite struct `G4 L1 against L3` {
    static let one = "111111111111"
    static let two = "222222222222"

    /// The sample's budgets and invoices are not offered.
    static let unconfirmed =
        "Not confirmed outside Cost Explorer. L2: sample:Read did not answer (UnknownOperation); "
        + "L3i: sample:Read did not answer (UnknownOperation)."

    private func judge(
        _ collection: CostCollection, policy: RunPolicy = RunPolicy(), today: CalendarDay = SampleLedger.today
    )
        -> Verdict
    {
        G4CrossValidation().judge(SampleMonth.crossValidation(collection, today: today), under: policy)
    }

    /// L3 is 100 in one account; L1 has `extra` on top, for no reason.
    private func off(by extra: ExactDecimal) -> CostCollection {
        SampleCollection.collection(
            services: [(Self.one, "Amazon EC2", "100"), (Self.one, "AWS Ghost", extra)],
            recordTypes: [(Self.one, "Usage", "100")])
    }

    @Test func `equal layers are exact`() {
        let verdict = judge(off(by: .zero))
        #expect(verdict.outcome == .passed)
        #expect(verdict.reasons == ["Exact: the layers are equal within rounding.", Self.unconfirmed])
    }

    @Test func `5.9 % raw passes when the partner discount explains all of it`() {
        let verdict = judge(SampleCollection.partnerDiscount())
        #expect(verdict.outcome == .passed && verdict.action == nil)
        #expect(
            verdict.reasons == [
                "Explained: spp of -5900.00 USD is 100.0 % of the difference, shown by L3, left out by "
                    + #"L1: RECORD_TYPE is not "Solution Provider Program Discount"."#,
                Self.unconfirmed,
            ])
    }

    @Test func `6 % unexplained fails and names the root cause`() throws {
        let verdict = judge(off(by: "6"))
        #expect(verdict.outcome == .failed && verdict.action == .failCrossValidation)
        #expect(
            verdict.reasons == [
                "Not under the limit, unexplained 6.00 USD (6.00 % of L3); the limit is under 5 % of L3.",
                "Root cause: account 111111111111 leaves 6.00 USD, 100.0 % of what is unexplained.",
                "Root cause: service AWS Ghost is in L1 with 6.00 USD and missing from L3.",
            ])
    }

    @Test func `where no line equals the difference, the places to look are named without amounts`() {
        let verdict = judge(
            SampleCollection.collection(
                services: [(Self.one, "Amazon EC2", "80"), (Self.one, "Amazon RDS", "30")],
                recordTypes: [(Self.one, "Usage", "95"), (Self.one, "Tax", "5")]))
        #expect(verdict.outcome == .failed)
        #expect(
            verdict.reasons.last
                == "No single line equals the difference; the largest in these accounts are the services "
                + "Amazon EC2, Amazon RDS and the record types Usage, Tax.")
    }

    @Test(arguments: [
        ("4.999999999999", Verdict.Outcome.advised), ("5", .failed), ("5.000000000001", .failed),
        ("-4.999999999999", .advised), ("-5", .failed),
    ])
    func `the limit is exclusive and exact`(extra: String, outcome: Verdict.Outcome) {
        #expect(judge(off(by: ExactDecimal(extra)!)).outcome == outcome)
    }

    @Test func `another limit moves the boundary`() {
        #expect(judge(off(by: "5"), policy: RunPolicy(varianceLimitPercent: "5.01")).outcome == .advised)
        #expect(judge(off(by: "1"), policy: RunPolicy(varianceLimitPercent: "1")).outcome == .failed)
    }

    @Test func `under the limit but unexplained is advice with the amount`() {
        let verdict = judge(off(by: "1.25"))
        #expect(verdict.outcome == .advised && verdict.action == nil)
        #expect(
            verdict.reasons[0] == "Within the gate, unexplained 1.25 USD (1.25 % of L3); the limit is under 5 % of L3.")
    }

    @Test func `a refused month gives no layer's total`() {
        for verdict in [judge(off(by: "6")), judge(off(by: "1.25"))] {
            #expect(!verdict.reasons.contains { $0.contains("100.00 USD") || $0.contains("106.00 USD") })
        }
    }

    @Test func `errors that offset one another are summed without their sign`() {
        func offsetting(_ error: ExactDecimal) -> Verdict {
            judge(
                SampleCollection.collection(
                    services: [(Self.one, "Amazon EC2", "50" + error), (Self.two, "Amazon EC2", "50" - error)],
                    recordTypes: [(Self.one, "Usage", "50"), (Self.two, "Usage", "50")]))
        }
        #expect(offsetting("2").outcome == .advised)
        #expect(offsetting("2.5").outcome == .failed)
        #expect(
            offsetting("2").reasons[1]
                == "Errors of accounts offset one another: summed without sign they are 4.00 USD (4.00 % of L3).")
    }

    @Test func `an error that hides behind the discount is not exact`() {
        // The discount lowers L3 by 6, and L1 lost 6: the totals agree and the month is wrong.
        let verdict = judge(
            SampleCollection.collection(
                services: [(Self.one, "Amazon EC2", "94")],
                recordTypes: [(Self.one, "Usage", "100"), (Self.one, "SppDiscount", "-6")]))
        #expect(verdict.outcome == .failed)
    }

    @Test func `a layer at odds with the daily costs is our own mistake`() {
        let verdict = judge(
            SampleCollection.collection(
                services: [(Self.one, "Amazon EC2", "100")], recordTypes: [(Self.one, "Usage", "100")], daily: "103"))
        #expect(verdict.outcome == .failed && verdict.action == .failCrossValidation)
        #expect(verdict.reasons[0].hasPrefix("Internal: ") && verdict.reasons[0].contains("off by 3."))
    }

    @Test func `nothing against nothing is not agreement`() {
        let empty = SampleCollection.collection(services: [], recordTypes: [])
        let halfEmpty = SampleCollection.collection(services: [], recordTypes: [(Self.one, "Usage", "0")])
        for verdict in [judge(empty), judge(halfEmpty)] {
            #expect(verdict.outcome == .undetermined && verdict.action == .failCrossValidation)
        }
    }

    @Test(arguments: [("0.02", Verdict.Outcome.advised), ("0.03", .failed)])
    func `where L3 is zero, a cent a line is the measure`(amount: String, outcome: Verdict.Outcome) {
        let verdict = judge(
            SampleCollection.collection(
                services: [(Self.one, "Amazon EC2", ExactDecimal(amount)!)], recordTypes: [(Self.one, "Usage", "0")]))
        #expect(verdict.outcome == outcome)
    }

    @Test func `a missing layer is no verdict, and its trouble is named`() {
        let trouble = SampleMonth.trouble(.throttled, code: "LimitExceededException")
        let verdict = judge(off(by: .zero).with(recordTypes: .unknown(trouble)))
        #expect(verdict.outcome == .undetermined && verdict.action == .failCrossValidation)
        #expect(verdict.trouble == trouble)
    }

    @Test func `layers of different scope are no verdict`() {
        let narrow = SampleLedger.ledger(
            SampleLedger.daily(onlyAccount: Self.one), [SampleLedger.line(["Every service"], "100")])
        #expect(judge(off(by: .zero).with(daily: .known(narrow))).outcome == .undetermined)
    }

    @Test func `a comparison by another metric than the policy's is no verdict`() {
        #expect(judge(off(by: .zero), policy: RunPolicy(metric: .amortized)).outcome == .undetermined)
    }

    @Test func `a product from which a layer was taken is no verdict`() {
        let whole = SampleMonth.crossValidation()
        let product = CrossValidation(
            month: whole.month, metric: whole.metric, currency: whole.currency, missing: [],
            layers: whole.layers.filter { $0.id != "daily" }, identities: whole.identities,
            rawDifference: whole.rawDifference, rawVariancePercent: whole.rawVariancePercent, items: whole.items,
            residual: whole.residual, adjustedVariancePercent: whole.adjustedVariancePercent,
            residualByAccountAbsolute: whole.residualByAccountAbsolute, accountResiduals: [],
            tolerance: whole.tolerance, isPreliminary: false, rootCauses: [], warnings: [])
        #expect(G4CrossValidation().judge(product, under: RunPolicy()).outcome == .undetermined)
    }

    @Test func `an unsettled month is provisional at best`() {
        let early = CalendarDay("2026-03-07")!
        let explained = judge(SampleCollection.partnerDiscount(), today: early)
        #expect(explained.outcome == .advised)
        #expect(explained.reasons.first?.hasPrefix("Provisional: ") == true)
        #expect(judge(off(by: "1"), today: early).reasons.contains { $0.hasPrefix("Provisional: ") })
        #expect(judge(off(by: "6"), today: early).outcome == .failed)
    }

    @Test func `a failure reads as it always did`() throws {
        let golden = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Goldens/g4-failure.json")
        let text = String(decoding: try JSONText.document(judge(off(by: "6"))), as: UTF8.self)
        let expected = try String(contentsOf: golden, encoding: .utf8)
        #expect(text == expected)
    }
}
