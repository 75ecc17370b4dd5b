import Foundation
import TestSupport
import Testing

@testable import FinOps

@Suite struct `Exact decimals` {
    @Test(arguments: [
        ("0", "0"), ("-0", "0"), ("0.0", "0"), ("12", "12"), ("-12.50", "-12.5"), ("0.0000000001", "0.0000000001"),
        ("2.4E-9", "0.0000000024"), ("1e18", "1000000000000000000"), ("1.5e3", "1500"), ("007", "7"),
        ("0.000000000001", "0.000000000001"), ("-0.0000000001", "-0.0000000001"), ("3.133", "3.133"),
    ])
    func `reads what a provider sends and prints the shortest exact text`(text: String, printed: String) {
        #expect(ExactDecimal(text)?.description == printed)
    }

    @Test(arguments: [
        "", "-", "+1", " 1", "1 ", "12abc", "1,234.5", ".5", "5.", "5.e3", "1.2.3", "0x10", "NaN", "inf", "1e", "1e19",
        "1000000000000000001", "0.0000000000001", "1e-13", "١٢", "--1", "1e5.0", "1_000",
    ])
    func `refuses what it cannot hold exactly`(text: String) {
        #expect(ExactDecimal(text) == nil)
    }

    @Test(arguments: [
        ("2.5", 0, "3"), ("-2.5", 0, "-3"), ("2.4999", 0, "2"), ("0.005", 2, "0.01"), ("-0.005", 2, "-0.01"),
        ("0.004999999999", 2, "0"), ("1.999999999999", 11, "2"), ("123.456", 12, "123.456"),
    ])
    func `rounds half away from zero`(text: String, digits: Int, rounded: String) {
        #expect(ExactDecimal(text)?.rounded(toFractionDigits: digits).description == rounded)
    }

    @Test(arguments: [
        ("5", 2, "5.00"), ("-0.001", 2, "0.00"), ("1234.5", 1, "1234.5"), ("1.05", 3, "1.050"), ("9.995", 2, "10.00"),
        ("7.5", 0, "8"),
    ])
    func `pads to the digits asked for and knows no negative zero`(text: String, digits: Int, shown: String) {
        #expect(ExactDecimal(text)?.text(fractionDigits: digits) == shown)
    }

    @Test func `there is no quotient by zero`() {
        #expect(ExactDecimal("1").divided(by: .zero) == nil)
        #expect(ExactDecimal("1").percent(of: .zero) == nil)
        #expect(ExactDecimal.zero.percent(of: .zero) == nil)
    }

    @Test func `quotients and shares round to the digits asked for`() {
        #expect(ExactDecimal("1").divided(by: "3")?.description == "0.333333")
        #expect(ExactDecimal("-2").divided(by: "3")?.description == "-0.666667")
        #expect(ExactDecimal("2").divided(by: "-3", fractionDigits: 0)?.description == "-1")
        #expect(ExactDecimal("5.9").percent(of: "100")?.description == "5.9")
        #expect(ExactDecimal("1").percent(of: "3", fractionDigits: 4)?.description == "33.3333")
    }

    @Test func `products are exact where twelve digits hold them and rounded where not`() {
        #expect("0.1" * "0.2" as ExactDecimal == "0.02")
        #expect("-1.5" * "1.5" as ExactDecimal == "-2.25")
        #expect("0.000001" * "0.000001" as ExactDecimal == "0.000000000001")
        #expect("0.000001" * "0.0000005" as ExactDecimal == "0.000000000001")
        #expect("0.000001" * "0.0000004" as ExactDecimal == .zero)
        #expect("999999999.999999" * "1000.001" as ExactDecimal == "1000000999999.998999999")
    }

    @Test func `a hundred thousand amounts add up to the last digit`() {
        let sum = (1...100_000).map { _ in "0.0000000001" as ExactDecimal }.sum()
        #expect(sum == "0.00001")
    }

    @Test func `agrees with Foundation on random sums, differences, products and orders`() throws {
        var random = SeededRandom(state: 20_260_315)
        for _ in 0..<2000 {
            let (left, right) = (random.decimalText(), random.decimalText())
            let (mine, yours) = (try #require(ExactDecimal(left)), try #require(ExactDecimal(right)))
            let (first, second) = (try #require(Decimal(string: left)), try #require(Decimal(string: right)))
            #expect((mine + yours).description == "\(first + second)")
            #expect((mine - yours).description == "\(first - second)")
            // Six digits each: the product has twelve and is exact in both.
            #expect((mine * yours).description == "\(first * second)")
            #expect((mine < yours) == (first < second))
            #expect(ExactDecimal(mine.description) == mine)
        }
    }

    @Test func `travels through JSON as a string and never as a number`() throws {
        let data = try JSONText.line(["amount": "1234567890.1234567891" as ExactDecimal])
        #expect(String(decoding: data, as: UTF8.self) == #"{"amount":"1234567890.1234567891"}"#)
        #expect(throws: DecodingError.self) {
            try JSONText.decode([String: ExactDecimal].self, from: Data(#"{"amount":1.5}"#.utf8))
        }
        #expect(throws: DecodingError.self) {
            try JSONText.decode([String: ExactDecimal].self, from: Data(#"{"amount":"1,5"}"#.utf8))
        }
    }
}

extension SeededRandom {
    /// Up to nine whole digits and exactly six after the point.
    fileprivate mutating func decimalText() -> String {
        let whole = next() % 1_000_000_000
        let fraction = String(next() % 1_000_000)
        let sign = next() % 2 == 0 ? "" : "-"
        return "\(sign)\(whole).\(String(repeating: "0", count: 6 - fraction.count))\(fraction)"
    }
}
