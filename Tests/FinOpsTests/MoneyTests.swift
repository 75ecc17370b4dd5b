import FinOps
import Foundation
import Testing

@Suite struct `Amounts of money` {
    @Test func `adds and subtracts within one currency`() {
        #expect(Money("1.10", .usd) + Money("2.20", .usd) == Money("3.3", .usd))
        #expect(Money("1", .usd) - Money("2", .usd) == Money("-1", .usd))
        #expect(Money("318841.245", .usd).text == "318841.25 USD")
    }

    @Test func `adding two currencies stops the program instead of inventing a sum`() async {
        await #expect(processExitsWith: .failure) {
            _ = Money("1", .usd) + Money("1", Currency("NZD")!)
        }
    }

    @Test(arguments: ["usd", "US", "USDX", "U1D", "", "ÜSD"])
    func `a currency is three capital letters`(code: String) {
        #expect(Currency(code) == nil)
    }

    @Test func `a rate converts only its own currency`() throws {
        let rate = ExchangeRate(
            from: .usd, to: try #require(Currency("NZD")), rate: "1.7125", kind: "invoice",
            source: "invoicing:ListInvoiceSummaries", date: "2026-02")
        #expect(rate.convert(Money("100", .usd))?.text == "171.25 NZD")
        #expect(rate.convert(Money("100", Currency("EUR")!)) == nil)
    }

    @Test func `an unknown currency code in JSON is refused`() {
        #expect(throws: DecodingError.self) {
            try JSONText.decode(Money.self, from: Data(#"{"amount":"1","currency":"dollars"}"#.utf8))
        }
    }
}
