import FinOps
import Gates
import TestSupport
import Testing

@Suite struct `G4 and the sources outside Cost Explorer` {
    /// The partner discount's month with L3 of 100,000, confirmed or not by one other source.
    private func judge(
        _ total: ExactDecimal?, weight: LayerComparison.Weight, closing: ExactDecimal = "100000",
        policy: RunPolicy = RunPolicy()
    ) -> Verdict {
        let whole = SampleMonth.crossValidation()
        let comparison = LayerComparison(
            id: "L3i", title: "invoices", metric: .unblended, weight: weight,
            figures: total.map {
                LayerComparison.Figures(opening: $0, items: [], closing: closing, tolerance: "0.005", roundedAmounts: 1)
            }, obstacles: total == nil ? ["no invoice has been issued"] : [], record: nil)
        return G4CrossValidation().judge(whole.with(comparisons: [comparison]), under: policy)
    }

    @Test func `a settled invoice that agrees is named`() {
        let verdict = judge("100000.004", weight: .binding)
        #expect(verdict.outcome == .passed)
        #expect(verdict.reasons.last == "L3i confirms L3 within rounding (invoices).")
    }

    @Test func `a settled invoice over the limit fails the month, whatever the layers say`() {
        for total in ["105000", "95000", "0"] as [ExactDecimal] {
            #expect(judge(total, weight: .binding).outcome == .failed)
        }
        #expect(
            judge("95000", weight: .binding).reasons
                == ["L3i differs from L3 by 5000.00 USD (5.00 % of L3), not under the limit (invoices)."])
    }

    @Test func `a settled invoice under the limit is advice`() {
        let verdict = judge("104999.99", weight: .binding)
        #expect(verdict.outcome == .advised)
        #expect(verdict.reasons[0].contains("within the gate"))
    }

    @Test func `what is still moving advises however large it is`() {
        #expect(judge("50000", weight: .provisional).outcome == .advised)
    }

    @Test func `a person's export fails nothing and is shown`() {
        let verdict = judge("50000", weight: .informational)
        #expect(verdict.outcome == .passed)
        #expect(verdict.reasons.contains { $0.contains("for information") })
        #expect(verdict.reasons.last?.hasPrefix("Not confirmed outside Cost Explorer.") == true)
    }

    @Test func `another path into the same store advises, and confirms nothing outside it`() {
        #expect(judge("50000", weight: .sameStore).outcome == .advised)
        #expect(judge("100000", weight: .sameStore).outcome == .passed)
        let own = LayerComparison(
            id: "L1d.2", title: "member", metric: .unblended, weight: .sameStore,
            figures: LayerComparison.Figures(
                opening: "5", items: [], closing: "5", tolerance: "0", roundedAmounts: 1), obstacles: [], record: nil)
        let invoice = LayerComparison(
            id: "L3i", title: "invoices", metric: .unblended, weight: .provisional, figures: nil,
            obstacles: ["no invoice has been issued"], record: nil)
        let verdict = G4CrossValidation().judge(
            SampleMonth.crossValidation().with(comparisons: [invoice, own]), under: RunPolicy())
        #expect(verdict.reasons.contains("L1d.2 confirms L3 within rounding (member)."))
        #expect(verdict.reasons.last == "Not confirmed outside Cost Explorer. L3i: no invoice has been issued.")
    }

    @Test func `where nothing could be compared the verdict says so`() {
        let verdict = judge(nil, weight: .binding)
        #expect(verdict.outcome == .passed)
        #expect(verdict.reasons.last == "Not confirmed outside Cost Explorer. L3i: no invoice has been issued.")
    }

    @Test(arguments: [("0.01", Verdict.Outcome.advised), ("0.02", .failed)])
    func `near zero a cent an amount is the measure`(total: String, outcome: Verdict.Outcome) {
        #expect(judge(ExactDecimal(total)!, weight: .binding, closing: .zero).outcome == outcome)
    }

    @Test func `a fully credited month is exact when every account agrees`() {
        let (one, two) = ("111111111111", "222222222222")
        let credited = SampleCollection.collection(
            services: [(one, "Amazon EC2", "0"), (two, "Amazon EC2", "0")],
            recordTypes: [(one, "Usage", "70"), (one, "Credit", "-70"), (two, "Usage", "30"), (two, "Credit", "-30")])
        let verdict = G4CrossValidation().judge(SampleMonth.crossValidation(credited), under: RunPolicy())
        #expect(verdict.outcome == .passed && verdict.reasons[0].hasPrefix("Exact: "))
        let crossed = SampleCollection.collection(
            services: [(one, "Amazon EC2", "0"), (two, "Amazon EC2", "0")],
            recordTypes: [(one, "Usage", "100"), (two, "Credit", "-100")])
        #expect(G4CrossValidation().judge(SampleMonth.crossValidation(crossed), under: RunPolicy()).outcome == .failed)
    }
}
