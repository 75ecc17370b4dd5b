import FinOps
import Testing

@testable import Sandbox

@Suite struct EstateStoryTests {
    let estate = SampleEstate()
    let month = BillingMonth("2026-02")!

    /// Unblended sums by (account, record type), in micro-dollars.
    private func cells() -> [(account: Int, recordType: EstateRecordType, micros: Int64)] {
        MonthGenerator.charges(estate, month).flatMap { charge in
            [
                (charge.account, charge.recordType, charge.amounts.unblended),
                (charge.account, .partnerDiscount, -charge.amounts.discount),
            ]
        }
    }

    @Test func `the raw variance between the layers rounds to 5.9 percent`() throws {
        let all = cells().reduce(Int64(0)) { $0 + $1.micros }
        let withoutDiscount = cells().filter { $0.recordType != .partnerDiscount }.reduce(Int64(0)) { $0 + $1.micros }
        let gap = ExactDecimal(units: Int128(withoutDiscount - all))
        #expect(gap.percent(of: ExactDecimal(units: Int128(all))) == "5.90")
    }

    @Test func `the month costs about 320,000 dollars`() {
        let dollars = cells().reduce(Int64(0)) { $0 + $1.micros } / 1_000_000
        #expect((315_000...325_000).contains(dollars), "\(dollars)")
    }
}
