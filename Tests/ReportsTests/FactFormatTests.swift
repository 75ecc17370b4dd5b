import FinOps
import Testing

@testable import Reports

struct FactFormatTests {
    private static let february = BillingMonth("2026-02")!

    @Test(
        arguments: [
            ("318841.25", FactFormat.moneyCents, "USD\u{A0}318,841.25"),
            ("-16702.055", .cents, "\u{2212}16,702.06"),
            ("-0.004", .cents, "0.00"),
            ("999.5", .whole, "1,000"),
            ("0.2", FactFormat.whole.signed, "0"),
            ("12345", FactFormat.whole.signed, "+12,345"),
            ("-12345", FactFormat.money.magnitude, "USD\u{A0}12,345"),
            ("999", .compact, "999"), ("999.6", .compact, "1.00k"), ("9994", .compact, "9.99k"),
            ("9996", .compact, "10.0k"),
            ("318841.25", .compact, "319k"), ("999600", .compact, "1.00M"), ("-1234567", .compact, "\u{2212}1.23M"),
            ("5.25", .percent1, "5.3\u{A0}%"), ("0", .percent2, "0.00\u{A0}%"),
            ("11387.2", .perDay, "USD\u{A0}11,387 a day"), ("17", .dayOfMonth, "17\u{A0}February"),
            ("1.7105", .plain, "1.7105"),
        ] as [(ExactDecimal, FactFormat, String)])
    func `a fact is printed as people write it`(value: ExactDecimal, format: FactFormat, text: String) {
        let fact = Fact(id: "x", unit: .money, value: value, currency: .usd, label: "x", sources: [])
        #expect(format.text(fact, month: Self.february) == text)
    }

    @Test func `an unknown fact has no text in any format`() {
        let fact = Fact(id: "x", unit: .money, value: nil, currency: .usd, label: "x", sources: [], reason: "because")
        #expect(FactFormat.money.text(fact, month: Self.february) == nil)
    }
}
