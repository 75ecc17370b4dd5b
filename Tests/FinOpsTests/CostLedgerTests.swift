import FinOps
import Testing
import TestSupport

@Suite struct `Cost ledgers` {
    let ledger = SampleCollection.layer3([("111111111111", "Usage", "10"), ("222222222222", "Tax", "0.5")])

    @Test func `a month's total leaves other months out`() {
        #expect(ledger.total(.unblended, in: SampleLedger.month) == "10.5")
        #expect(ledger.total(.unblended, in: SampleLedger.month.next) == .zero)
    }

    @Test func `the totals of all months are those of each`() {
        let totals = ledger.monthlyTotals(.unblended)
        #expect(Set(totals.keys) == Set(ledger.lines.map(\.day.billingMonth)))
        for (month, total) in totals { #expect(total == ledger.total(.unblended, in: month)) }
    }

    @Test func `totals by a dimension sum the lines that share its key`() {
        #expect(ledger.totals(.unblended, in: SampleLedger.month, by: .recordType) == ["Usage": "10", "Tax": "0.5"])
        #expect(ledger.totals(.unblended, in: SampleLedger.month, by: .service).isEmpty)
    }

    @Test func `usage adds up and subtracts`() {
        let first = APIUsage(calls: ["a": 2, "b": 1], retries: 1, costUSD: "0.02")
        let second = APIUsage(calls: ["a": 1], retries: 0, costUSD: "0.01")
        #expect((first + second).calls == ["a": 3, "b": 1])
        #expect(first + second - second == first)
        #expect((first - first).calls.isEmpty)
    }
}
