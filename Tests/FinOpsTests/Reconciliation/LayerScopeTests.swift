import FinOps
import TestSupport
import Testing

/// Whatever makes the layers incomparable leaves nothing established: no variance, no items, no identity.
@Suite struct `Layers that cannot be compared` {
    let base = SampleCollection.partnerDiscount()
    let one = "111111111111"

    private func troubles(_ collection: CostCollection, metric: CostMetric = .unblended) -> [Trouble] {
        let check = SampleMonth.crossValidation(collection, metric: metric)
        if !check.missing.isEmpty {
            #expect(check.rawDifference == nil && check.residual == nil && check.residualByAccountAbsolute == nil)
            #expect(check.items.isEmpty && check.identities.isEmpty)
        }
        return check.missing
    }

    @Test func `a layer that could not be read keeps its trouble, and the others stay as evidence`() {
        let trouble = SampleMonth.trouble(.throttled, code: "LimitExceededException")
        let check = SampleMonth.crossValidation(base.with(recordTypes: .unknown(trouble)))
        #expect(check.missing == [trouble])
        #expect(check.layers.map(\.id) == ["L1", "daily"])
        #expect(check.rawVariancePercent == nil && check.adjustedVariancePercent == nil)
    }

    @Test func `each of the three layers is needed`() {
        let trouble = Observation<CostLedger>.unknown(SampleMonth.trouble(.unreachable))
        #expect(troubles(base.with(services: trouble)).count == 1)
        #expect(troubles(base.with(daily: trouble)).count == 1)
        #expect(troubles(base.with(services: trouble, recordTypes: trouble, daily: trouble)).count == 3)
        #expect(troubles(base).isEmpty)
    }

    @Test func `two currencies are not compared`() {
        let euro = SampleLedger.ledger(
            SampleLedger.daily(), [SampleLedger.line(["Every service"], "100000")], currency: Currency("EUR")!)
        #expect(troubles(base.with(daily: .known(euro))).map(\.code) == ["ScopeMismatch"])
    }

    @Test func `one account is not compared with all`() {
        let narrow = SampleLedger.ledger(
            SampleLedger.daily(onlyAccount: one), [SampleLedger.line(["Every service"], "100000")])
        #expect(troubles(base.with(daily: .known(narrow))).first?.message.contains("every account") == true)
    }

    @Test func `a layer that does not cover the month is not compared`() {
        let january = SampleLedger.ledger(
            SampleLedger.daily(month: SampleLedger.month.previous), [])
        #expect(troubles(base.with(daily: .known(january))).first?.kind == .inconsistent)
        let other = CrossValidator(month: SampleLedger.month.next, metric: .unblended, today: SampleLedger.today)
        #expect(!other.validate(base).missing.isEmpty)
    }

    @Test func `a line without the metric is not a line of zero`() {
        let partial = SampleLedger.ledger(
            SampleLedger.daily(), [SampleLedger.line(["Every service"], [.unblended: "1", .netUnblended: "1"])])
        #expect(
            troubles(base.with(daily: .known(partial)), metric: .amortized).first?.message.contains("AmortizedCost")
                == true)
    }

    @Test func `a filtered layer cannot witness the whole month`() {
        let filtered = SampleLedger.ledger(
            SampleLedger.query("L3", groupBy: [.account, .recordType], excludedRecordTypes: ["Tax"]),
            [SampleLedger.line([one, "Usage"], "100000")])
        #expect(troubles(base.with(recordTypes: .known(filtered))).count == 1)
    }

    @Test func `a wrong grouping is refused, in either order of the right one`() {
        let wrong = SampleLedger.ledger(
            SampleLedger.query("L3", groupBy: [.account, .service]), [SampleLedger.line([one, "Amazon EC2"], "100000")])
        #expect(troubles(base.with(recordTypes: .known(wrong))).count == 1)
        let turned = SampleLedger.ledger(
            SampleLedger.query("L1", groupBy: [.service, .account], excludedRecordTypes: RecordClass.sppSpellings),
            [
                SampleLedger.line(["Amazon EC2", one], "70590"),
                SampleLedger.line(["Amazon RDS", "222222222222"], "35310"),
            ])
        let check = SampleMonth.crossValidation(base.with(services: .known(turned)))
        #expect(check.missing.isEmpty && check.residualByAccountAbsolute == .zero)
    }

    @Test func `a line whose keys do not fit is refused and never indexed`() {
        let broken = SampleLedger.ledger(
            SampleLedger.query("L3", groupBy: [.account, .recordType]), [SampleLedger.line(["Every service"], "1")])
        let check = SampleMonth.crossValidation(base.with(recordTypes: .known(broken)))
        #expect(check.missing.count == 1 && check.layer("L3") == nil)
    }
}
