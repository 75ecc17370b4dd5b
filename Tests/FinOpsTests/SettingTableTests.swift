import FinOps
import Foundation
import TestSupport
import Testing

/// The files people keep: a register of savings, and exchange rates.
@Suite struct SettingTableTests {
    private func register(_ text: String) throws -> SavingsRegister {
        try SavingsRegisterReader(file: "finops/savings.csv").read(Data(text.utf8), hashing: FixedHashing())
    }

    private func rates(_ text: String) throws -> ExchangeRateTable {
        try ExchangeRateReader(file: "rates.csv").read(
            Data("from,to,rate,kind,source,date,source_id\n\(text)\n".utf8), hashing: FixedHashing())
    }

    @Test func `a register says how far each saving has come`() throws {
        let register = try register(
            "recommendation_id,state,monthly_savings,owner\nrec-1,approved,,ann\nrec-2,verified,96.50,bob\n")
        #expect(register.fileName == "savings.csv")
        #expect(register.entries.map(\.stage) == [.approved, .verified])
        #expect(register.entries.map(\.monthlySavings) == [nil, Money("96.5", .usd)])
    }

    @Test(arguments: [
        ("", "line 1"), ("recommendation_id\nrec-1\n", "`state`"),
        ("recommendation_id,state\nrec-1,started\n", "line 2"),
        ("recommendation_id,state\nrec-1,done\nrec-1,done\n", "line 3"), ("recommendation_id,state\n,done\n", "line 2"),
        ("recommendation_id,state,monthly_savings\nr,done,lots\n", "lots"), ("recommendation_id,state\nr\n", "line 2"),
        ("recommendation_id,state,state\nr,done,done\n", "twice"),
        ("recommendation_id,state,monthly_savings\nr,done,-5\n", "-5"),
    ])
    func `a register that is wrong is refused with its line`(text: String, words: String) {
        let error = #expect(throws: InputError.self) { try register(text) }
        #expect(error?.code == "bad_savings")
        #expect(error?.summary.contains(words) == true, "\(error?.summary ?? "")")
        #expect(error?.summary.contains("finops/savings.csv") == true)
    }

    @Test func `a rate is the latest of its month, and never another month's`() throws {
        let table = try rates(
            "USD,NZD,1.70,mid-month,RBNZ,2026-02-15,\nUSD,NZD,1.71,end-of-month,RBNZ,2026-02-27,B1\nUSD,AUD,1.5,average,RBA,2026-02,"
        )
        let rate = try #require(table.rate(from: .usd, to: Currency("NZD")!, in: BillingMonth("2026-02")!))
        #expect(rate.rate == "1.71" && rate.kind == "end-of-month" && rate.sourceID == "B1")
        #expect(rate.sha256 == table.sha256)
        #expect(table.rate(from: .usd, to: Currency("AUD")!, in: BillingMonth("2026-02")!)?.rate == "1.5")
        #expect(table.rate(from: .usd, to: Currency("NZD")!, in: BillingMonth("2026-03")!) == nil)
    }

    @Test(arguments: [
        "USD,USD,1,average,x,2026-02,", "USD,NZD,0,average,x,2026-02,", "USD,NZD,1,invoice,x,2026-02,",
        "USD,NZD,1,average,,2026-02,", "USD,NZD,1,average,x,February,",
    ])
    func `a rate without its record is refused`(row: String) {
        let error = #expect(throws: InputError.self) { try rates(row) }
        #expect(error?.code == "bad_exchange_rates" && error?.summary.contains("line 2 of rates.csv") == true)
    }
}
