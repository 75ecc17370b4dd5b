import FinOps
import Testing

@testable import Sandbox

/// The line items of the sample estate.
@Suite struct SampleLineItemTests {
    private static let estate = SampleEstate()
    private static let month = BillingMonth("2026-02")!

    /// Every cell by its column.
    private static let lines: [[String: String]] = SampleLineItems(estate, month).files.dropLast().flatMap { file in
        let rows = (try? CommaSeparated.rows(file.text)) ?? []
        let heading = rows.first?.cells ?? []
        return rows.dropFirst().map { Dictionary(uniqueKeysWithValues: zip(heading, $0.cells)) }
    }

    @Test func `cut a day along its hours to the last micro-dollar`() {
        let part = ChargeAmounts(unblended: 100_000_001, discount: 7, amortized: -5, amortizedDiscount: 0, quantity: 11)
        let parts = part.cut(along: (0..<24).map { $0 < 7 ? 3 : 1 })
        #expect(parts.count == 24)
        #expect(parts.map(\.unblended).sum() == 100_000_001)
        #expect(parts.map(\.discount).sum() == 7)
        #expect(parts.map(\.amortized).sum() == -5)
        #expect(parts.map(\.quantity).sum() == 11)
    }

    @Test func `are by the hour wherever a savings plan could cover, and by the day elsewhere`() {
        let eligible = Set(EstateService.underPlans.map { EstateService.catalog[$0].name })
        for line in Self.lines {
            let isHourly =
                line["ChargePeriodEnd"]?.suffix(10) != "T00:00:00Z"
                || line["ChargePeriodStart"]?.suffix(10) != "T00:00:00Z"
            let isEligible =
                line["PricingCategory"] == "Standard" && line["ChargeClass"] == ""
                && eligible.contains(line["ServiceName"] ?? "")
            #expect(isHourly == isEligible, "\(line)")
        }
        #expect(Self.lines.count < 80_000, "\(Self.lines.count): many tests read them")
    }

    @Test func `name the commitment that covers what is covered`() {
        let covered = Self.lines.filter { $0["PricingCategory"] == "Committed" }
        #expect(Set(covered.map { $0["CommitmentDiscountCategory"] }) == ["Spend", "Usage"])
        #expect(covered.allSatisfy { $0["CommitmentDiscountId"]?.isEmpty == false })
        let others = Self.lines.filter { $0["PricingCategory"] != "Committed" }
        #expect(others.allSatisfy { $0["CommitmentDiscountId"] == "" })
    }
}
