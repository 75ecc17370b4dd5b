import FinOps
import TestSupport
import Testing

@testable import Dashboard

@Suite("What another client read of the same store")
struct SecondReadingTests {
    private static let month = SampleFigures.month

    /// Accounts with everything, services without the discount, as Cost Explorer would group them.
    private static func accounts(_ change: ExactDecimal = .zero) -> [CostLine] {
        ["111111111111", "222222222222"].flatMap { account in
            let mine = SampleFigures.lines.filter { $0.0 == account }
            let rebate = SampleFigures.discount.first { $0.0 == account }!
            return [
                line(account, mine.map(\.2).sum() + rebate.1, month.previous),
                line(account, mine.map(\.3).sum() + rebate.2 + change, month),
            ]
        }
    }

    private static let services = [SampleFigures.ec2, SampleFigures.rds, SampleFigures.lambda, SampleFigures.support]
        .flatMap { service in
            let mine = SampleFigures.lines.filter { $0.1 == service }
            return [line(service, mine.map(\.2).sum(), month.previous), line(service, mine.map(\.3).sum(), month)]
        }

    private static func line(_ key: String, _ amount: ExactDecimal, _ month: BillingMonth) -> CostLine {
        var amounts = CostAmounts(every: amount)
        amounts[.amortized] = amount * "1.1"
        return CostLine(day: month.firstDay, keys: [key], amounts: amounts)
    }

    private func reading(
        accounts: [CostLine] = accounts(), services: [CostLine] = services,
        of figures: [MonthFigures] = [SampleFigures.figures()]
    ) -> SecondReading {
        SecondReading(
            by: "a-server 1.0", pages: 2, costUSD: "0.02", accounts: accounts, services: services, of: figures)
    }

    @Test func `every cost of an account and a service is compared, of both months`() {
        let reading = reading()
        #expect(reading.differences.isEmpty, "\(reading.differences)")
        // Two accounts and four services twice, but for the service that began and ended with nothing in one month.
        #expect(reading.valueCount == 2 * 2 + 4 * 2 - 1)
        let validation = Validation(.mcp, of: SampleFigures.figures(), readAgain: reading)
        #expect(validation.holds)
        #expect(validation.sentence.hasPrefix("mcp: "))
        #expect(
            validation.sentence.hasSuffix(
                "; 11 costs of accounts and services read again to the cent by a-server 1.0 from the same store "
                    + "(2 pages, USD 0.02)"))
    }

    @Test func `both metrics of dual are compared`() {
        let both = [SampleFigures.figures(), SampleFigures.figures(metric: .amortized)]
        #expect(reading(of: both).valueCount == 22)
        #expect(reading(of: both).differences.isEmpty)
    }

    @Test func `half a cent is a difference, less is not`() {
        #expect(reading(accounts: Self.accounts("0.0049999999")).differences.isEmpty)
        let differing = reading(accounts: Self.accounts("0.005"))
        #expect(
            differing.differences == [
                "account 111111111111 in 2026-02 by unblended: 4560 USD here, 4560.005 read again",
                "account 222222222222 in 2026-02 by unblended: 640 USD here, 640.005 read again",
            ])
        let validation = Validation(.mcp, of: SampleFigures.figures(), readAgain: differing)
        #expect(!validation.holds)
        #expect(validation.reasons == differing.differences)
    }

    @Test func `what only one side knows is a difference`() {
        let extra = Self.line("999999999999", "1", Self.month)
        #expect(
            reading(accounts: Self.accounts() + [extra]).differences == [
                "account 999999999999 in 2026-02 by unblended: 0 USD here, 1 read again"
            ])
        let fewer = Self.services.filter { $0.keys != [SampleFigures.rds] }
        #expect(reading(services: fewer).differences.count == 2)
        #expect(reading(accounts: Self.accounts() + [Self.line("999999999999", "0", Self.month)]).differences.isEmpty)
    }

    @Test func `lines of one account on two pages are added`() {
        let split =
            Self.accounts() + [Self.line("111111111111", "2", Self.month), Self.line("111111111111", "-2", Self.month)]
        #expect(reading(accounts: split).differences.isEmpty)
    }

    @Test func `many differences are counted and not all told`() {
        let strangers = (100...120).map { Self.line("999999999\($0)", "1", Self.month) }
        let reading = reading(accounts: Self.accounts() + strangers)
        #expect(reading.reasons.count == 11)
        #expect(reading.reasons.last == "11 more of 32 values differ")
    }

    @Test func `nothing that was compared confirms nothing`() {
        let validation = Validation(.mcp, of: SampleFigures.figures(), readAgain: nil)
        #expect(!validation.holds)
        #expect(validation.reasons == ["no value was read again"])
        let nothing = SecondReading(by: "a-server", pages: 2, costUSD: .zero, accounts: [], services: [], of: [])
        #expect(!Validation(.mcp, of: SampleFigures.figures(), readAgain: nothing).holds)
    }

    @Test func `figures of the sealed archive, which keeps no lines, are compared as well`() {
        #expect(reading(of: [SampleFigures.figures(keepsLines: false)]).valueCount == 11)
    }

    @Test func `accounts are asked about with everything, services without the partner discount`() {
        let queries = SecondReading.queries(for: SampleFigures.figures())
        #expect(queries.map(\.groupBy) == [[.account], [.service]])
        #expect(queries.map(\.excludedRecordTypes) == [[], RecordClass.sppSpellings])
        #expect(
            queries.allSatisfy { $0.firstDay == Self.month.previous.firstDay && $0.endDay == Self.month.firstDayAfter })
        #expect(queries.allSatisfy { $0.onlyAccount == nil })
    }
}
