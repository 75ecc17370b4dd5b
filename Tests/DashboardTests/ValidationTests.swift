import Exports
import FinOps
import TestSupport
import Testing

@testable import Dashboard

@Suite("What must hold before a figure is called validated")
struct ValidationTests {
    @Test func `basic asks that the identities and G4 hold`() {
        let validation = Validation(.basic, of: SampleFigures.figures())
        #expect(validation.holds)
        #expect(validation.sentence.hasPrefix("basic: "))
    }

    @Test(arguments: [Verdict.Outcome.failed, .undetermined])
    func `a month whose layers do not agree is marked on every output`(outcome: Verdict.Outcome) throws {
        let document = try Shown(SampleFigures.figures(g4: outcome)).document
        #expect(document.warning?.hasPrefix("NOT VALIDATED") == true)
        #expect(document.about.contains { $0.label == "Checked" && $0.text.hasPrefix("not validated") })
        #expect(try Shown().document.warning == nil)
    }

    @Test func `a broken identity is not validated even where G4 was told to pass`() {
        let daily = SampleLedger.ledger(SampleLedger.daily(), [SampleLedger.line([SampleFigures.ec2], "1")])
        let broken = SampleFigures.figures(collection: SampleFigures.collection.with(daily: .known(daily)))
        #expect(!Validation(.basic, of: broken).holds)
    }

    @Test func `strict asks for a source outside Cost Explorer that agrees`() {
        #expect(!Validation(.strict, of: SampleFigures.figures()).holds)
        #expect(Validation(.strict, of: SampleFigures.figures(comparisons: [invoices("5200")])).holds)
        #expect(!Validation(.strict, of: SampleFigures.figures(comparisons: [invoices("5300")])).holds)
        let sameStore = invoices("5200", weight: .sameStore)
        #expect(!Validation(.strict, of: SampleFigures.figures(comparisons: [sameStore])).holds)
    }

    private func invoices(_ total: ExactDecimal, weight: LayerComparison.Weight = .binding) -> LayerComparison {
        LayerComparison(
            id: "L3i", title: "AWS's invoices", metric: .unblended, weight: weight,
            figures: LayerComparison.Figures(
                opening: total, items: [], closing: "5200", tolerance: "0.01", roundedAmounts: 1),
            obstacles: [], record: nil)
    }
}
