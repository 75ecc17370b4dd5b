import FinOps
import Testing

@testable import Analysis

@Suite struct `Where a running month lands` {
    private let month = BillingMonth("2026-03")!

    /// 100 a weekday, 40 a weekend day, and a fee of 1,000 on the first.
    private func estate(until last: String) -> [CalendarDay: ExactDecimal] {
        let first = CalendarDay("2026-01-01")!
        let days = CalendarDay(last)!.daysSinceEpoch - first.daysSinceEpoch
        return Dictionary(
            uniqueKeysWithValues: (0...days).map { offset in
                let day = first.adding(days: offset)
                return (day, ExactDecimal(day.weekday > 5 ? 40 : day.day == 1 ? 1100 : 100))
            })
    }

    @Test(arguments: ["2026-03-02", "2026-03-07", "2026-03-14", "2026-03-30", "2026-03-31"])
    func `a steady month lands where it will, the first counted once`(last: String) throws {
        let whole = estate(until: "2026-03-31").filter { $0.key.billingMonth == month }.values.sum().measured
        let landing = try #require(MonthLanding(estate(until: last), of: month))
        #expect(abs(landing.value / whole - 1) < 0.02)
        #expect(landing.daysPast == CalendarDay(last)!.day)
    }

    @Test func `one wild day moves the landing by itself and by nothing more`() throws {
        var days = estate(until: "2026-03-14")
        let calm = try #require(MonthLanding(days, of: month))
        days[CalendarDay("2026-03-12")!] = "5100"
        let wild = try #require(MonthLanding(days, of: month))
        #expect(abs(wild.value - calm.value - 5000) < 20)
    }

    @Test func `nine days are too few, and days after the month are not its own`() {
        #expect(MonthLanding(estate(until: "2026-01-09"), of: month) == nil)
        #expect(MonthLanding(estate(until: "2026-04-20"), of: month)?.daysPast == 31)
    }
}
