import FinOps
import Foundation
import OpenSSL
import Testing

@testable import Sandbox

@Suite struct EstateDeterminismTests {
    /// A digest of every charge of a month, fields in a fixed order.
    private func digest(_ estate: SampleEstate, _ month: String) -> String {
        let text = MonthGenerator.charges(estate, BillingMonth(month)!).map { charge in
            let amounts = charge.amounts
            return "\(estate.accounts[charge.account].id)|\(EstateService.catalog[charge.service].name)|"
                + "\(charge.recordType.name)|\(amounts.unblended)|\(amounts.discount)|\(amounts.amortized)|"
                + "\(amounts.amortizedDiscount)|\(amounts.quantity)\n"
        }
        return BoundedText.hex(SHA256.digest(of: Data(text.joined().utf8)))
    }

    @Test func `the cube of February 2026 is the one that was published`() {
        #expect(
            digest(SampleEstate(), "2026-02")
                == "1dc27fcd6c212b95e54cbdfc27d738d532c1d905813df3c5979b6a4bc75c69a1")
    }

    @Test func `a closed month before the focus does not depend on when it is looked at`() {
        let later = SampleEstate(today: CalendarDay("2026-03-28")!)
        #expect(digest(SampleEstate(), "2025-11") == digest(later, "2025-11"))
    }

    @Test func `another seed is another estate`() {
        #expect(digest(SampleEstate(seed: 2), "2026-02") != digest(SampleEstate(), "2026-02"))
    }

    @Test func `history reaches back 26 months and not further`() {
        let estate = SampleEstate()
        #expect(estate.firstMonth == BillingMonth("2024-02")!)
        #expect(!MonthGenerator.charges(estate, estate.firstMonth).isEmpty)
        #expect(MonthGenerator.charges(estate, estate.firstMonth.previous).isEmpty)
        #expect(MonthGenerator.charges(estate, estate.today.billingMonth.next).isEmpty)
    }

    @Test(arguments: [40, 67, 400, 5_000])
    func `an estate of any size has that many active accounts, all different`(count: Int) {
        let estate = SampleEstate(accounts: count)
        #expect(estate.accounts.count { $0.membership == .active } == count)
        #expect(Set(estate.accounts.map(\.id)).count == count + 3)
        #expect(estate.accounts.allSatisfy { $0.id.utf8.count == 12 })
        let charged = Set(MonthGenerator.charges(estate, estate.focusMonth).map(\.account))
        #expect(charged.isDisjoint(with: estate.accounts.indices.filter { estate.accounts[$0].weight == 0 }))
    }

    @Test func `a fifth of the accounts carries most of the spend, and about 27 services appear`() {
        let estate = SampleEstate()
        let charges = MonthGenerator.charges(estate, estate.focusMonth)
        let byAccount = charges.reduce(into: [Int: Int64]()) { $0[$1.account, default: 0] += $1.amounts.unblended }
        let ranked = byAccount.values.sorted(by: >)
        let all: Int64 = ranked.reduce(0, +)
        let largest: Int64 = ranked.prefix(14).reduce(0, +)
        #expect(largest * 100 / all >= 60)
        #expect((27...33).contains(Set(charges.map(\.service)).count))
        let types = Set(charges.map(\.recordType))
        #expect(types.union([.partnerDiscount]) == Set(EstateRecordType.allCases))
    }

    @Test func `usage grows and sleeps at weekends`() {
        let estate = SampleEstate()
        func total(_ month: String) -> Int64 {
            MonthGenerator.charges(estate, BillingMonth(month)!).reduce(0) { $0 + $1.amounts.unblended }
        }
        #expect(total("2024-03") < total("2025-03"))
        #expect(total("2025-03") < total("2026-02"))
        let profile = DayProfile.workload(weekendDip: 400, noise: 50, key: 9)
        let weights = profile.runningWeights(BillingMonth("2026-02")!)
        // 2026-02-01 was a Sunday, the second a Monday.
        #expect(weights[1] - weights[0] < weights[2] - weights[1])
    }

    @Test(arguments: [Int64(1), -1, 999_999, -1_234_567_891, 0])
    func `parts of a charge add up to it however it is cut`(amount: Int64) {
        let month = BillingMonth("2026-02")!
        let charge = EstateCharge(
            account: 0, service: 0, recordType: .usage, profile: .workload(weekendDip: 90, noise: 50, key: 3),
            amounts: ChargeAmounts(unblended: amount))
        let weights = charge.profile.runningWeights(month)
        let days = (0..<28).map { charge.part(from: $0, to: $0 + 1, weights: weights).unblended }
        #expect(days.reduce(0, +) == amount)
    }
}
