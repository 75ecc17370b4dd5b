import FinOps
import TestSupport
import Testing

@Suite struct `Listed and charged accounts` {
    private let one = "111111111111"
    private let two = "222222222222"
    private let three = "333333333333"
    private let four = "444444444444"

    private func coverage(_ listed: [Account], _ rows: [(String, String, ExactDecimal)]) -> AccountCoverage {
        AccountCoverage(
            listed: listed, ledger: SampleCollection.layer3(rows), metric: .unblended, month: SampleLedger.month)
    }

    @Test func `the three lists name every account once`() {
        let found = coverage(
            [SampleMonth.account(one), SampleMonth.account(two), SampleMonth.account(four, state: .closed)],
            [(one, "Usage", "1"), (three, "Usage", "2"), (four, "Usage", "3")])
        #expect(found.both == [one, four] && found.notListed == [three] && found.withoutCost == [two])
        #expect(found.charged == [one, three, four])
        #expect(found.notActive.map(\.id) == [four])
    }

    @Test func `credits that bring an account to nothing do not make it an account without cost`() {
        let found = coverage(
            [SampleMonth.account(one), SampleMonth.account(two)],
            [(one, "Usage", "5"), (one, "Credit", "-5"), (two, "Usage", "0")])
        #expect(found.both == [one] && found.withoutCost == [two])
    }

    @Test func `the month before does not count`() {
        let ledger = SampleLedger.ledger(
            SampleLedger.query("L3", groupBy: [.account, .recordType]),
            [SampleLedger.line([one, "Usage"], "5", in: SampleLedger.month.previous)])
        let found = AccountCoverage(
            listed: [SampleMonth.account(one)], ledger: ledger, metric: .unblended, month: SampleLedger.month)
        #expect(found.withoutCost == [one])
    }
}
