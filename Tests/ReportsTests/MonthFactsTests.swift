import FinOps
import Testing

@testable import Reports

struct MonthFactsTests {
    private static let book = SampleMonth(accountCount: 14).book
    private static let facts = FactIndex(book)

    private func value(_ id: String) throws -> ExactDecimal { try #require(Self.facts.value(id), "\(id)") }

    @Test func `the bridge from usage to net adds up to the last digit`() throws {
        let steps = try BridgeStep.allCases.map { try value("bridge.\($0.rawValue)") }
        #expect(try steps.sum() == value("total.net"))
        #expect(try value("bridge.subtotal") + value("bridge.partner_discount") == value("total.net"))
    }

    @Test func `accounts add up to the net and services to the gross total`() throws {
        #expect(try Self.book.accounts.map { try value("\($0.factPrefix).net") }.sum() == value("total.net"))
        #expect(try Self.book.services.map { try value("\($0.factPrefix).gross") }.sum() == value("total.gross"))
        let shown = try Self.book.accounts.prefix(AccountFacts.shown).map { try value("\($0.factPrefix).net") }.sum()
        #expect(try shown + value("accounts.others.net") == value("total.net"))
    }

    @Test func `the change is the calendar and what lies beyond it, and the movers are all of that`() throws {
        #expect(try value("why.days") + value("total.underlying") == value("total.change"))
        let movers = Movers.ranked(Self.book.services) { Self.facts.value("\($0.factPrefix).underlying") }
        let named = try movers.prefix(MovementFacts.shown).map { try value("\($0.factPrefix).underlying") }.sum()
        #expect(try named + value("movers.rest.underlying") == value("total.underlying"))
    }

    @Test func `units beyond the largest are one row, and the table adds up`() throws {
        let sample = SampleMonth(accountCount: 14, personas: [.cfo], unitNames: (1...11).map { "Unit \($0)" })
        let facts = FactIndex(sample.book)
        func sum(_ id: String) throws -> ExactDecimal {
            let shown = try sample.book.organizationalUnits.prefix(UnitFacts.shown).map {
                try #require(facts.value("\($0.factPrefix).\(id)"))
            }
            return try shown.sum() + #require(facts.value("units.others.\(id)"))
        }
        let all = sample.book.organizationalUnits
        #expect(facts.value("units.others.count") == ExactDecimal(all.count - UnitFacts.shown))
        #expect(try sum("net") == all.compactMap { facts.value("\($0.factPrefix).net") }.sum())
        #expect(try sum("change") == all.compactMap { facts.value("\($0.factPrefix).change") }.sum())
        let page = try #require(sample.files().first { $0.path.hasSuffix("cfo.md") })
        #expect(VisibleText.of(page).contains("and \(all.count - UnitFacts.shown) more"))
    }

    @Test func `a shorter month at the same daily rate is not a saving`() {
        let month = BillingMonth("2026-02")!
        let change = Change(Figure("280", []), Figure("310", []), month)
        var ledger = FactLedger(currency: .usd)
        change.write("x", "cost", to: &ledger)
        let facts = Dictionary(uniqueKeysWithValues: ledger.facts.map { ($0.id, $0.value) })
        #expect(facts["x.change"] == "-30")
        #expect(facts["x.underlying"] == .some(.zero))
        #expect(facts["x.per_day_change_pct"] == .some(.zero))
        #expect(facts["x.change_pct"] == "-9.677419")
    }

    @Test func `a flat monthly fee is flat whatever the length of the month`() {
        let change = Change(Figure("100", []), Figure("100", []), BillingMonth("2026-02")!, fixed: Figure("100", []))
        #expect(change.underlying.value == .zero)
    }

    @Test func `a new service has no percentage, and neither has a vanished one`() throws {
        for (name, movement) in [("amazon-bedrock", Movement.new), ("aws-glue", .gone)] {
            #expect(Self.facts["service.\(name).change_pct"].value == nil)
            #expect(Self.facts["service.\(name).change_pct"].reason?.hasPrefix(movement.rawValue) == true)
        }
        #expect(try value("services.new") == "1")
        #expect(try value("services.gone") == "1")
    }

    @Test(
        arguments: [
            ("20.1", Movement.spike), ("20", .watch), ("10", .watch), ("9.99", .normal), ("-20", .normal),
            ("-20.1", .drop),
        ] as [(ExactDecimal, Movement)])
    func `a change of the daily average has the seed's word`(percent: ExactDecimal, word: Movement) {
        #expect(Self.word(change: percent, percent: percent) == word)
    }

    private static func word(
        now: ExactDecimal? = "1000", before: ExactDecimal? = "1000", change: ExactDecimal?, percent: ExactDecimal?
    ) -> Movement {
        Movement(
            now: now, before: before, change: change, percent: percent,
            Movement.Thresholds(alarm: "20", watch: "10", floor: "5"))
    }

    @Test func `what is under the floor is no news, however large in percent`() {
        #expect(Self.word(now: "9", before: "5", change: "4", percent: "80") == .normal)
        #expect(Self.word(now: "4.99", before: .zero, change: "4.99", percent: nil) == .normal)
        #expect(Self.word(now: "5", before: .zero, change: "5", percent: nil) == .new)
        #expect(Self.word(now: .zero, before: "5", change: "-5", percent: nil) == .gone)
        #expect(Self.word(now: nil, change: nil, percent: nil) == .unknown)
    }

    @Test func `the floor is the larger of an amount and a share of what everything costs a day`() throws {
        let perDay = try value("total.per_day") * "0.002"
        #expect(try value("news.floor_per_day") == max("25", perDay))
        let policy = RunPolicy(analysis: AnalysisPolicy(newsFloorPerDay: "100000"))
        let facts = FactIndex(SampleMonth(policy: policy).book)
        #expect(facts.value("news.floor_per_day") == "100000")
        #expect(facts.value("movement.new") == .zero && facts.value("services.new") == "1")
    }

    @Test func `tax, support and one-off fees do not follow the days, and hourly fees do`() {
        for fixed in ["Tax", "Support", "Credit", "Refund", "Fee", "SavingsPlanUpfrontFee", "Upfront reservation fee"] {
            #expect(FixedCharge.includes(recordType: fixed), "\(fixed)")
        }
        for running in ["Usage", "SavingsPlanRecurringFee", "RIFee", "SavingsPlanNegation", "SppDiscount"] {
            #expect(!FixedCharge.includes(recordType: running), "\(running)")
        }
    }

    @Test func `the planted three days stand out although a weekend is cheaper than any of them`() throws {
        #expect(try (17...19).contains(Int(value("service.ec2-other.daily.largest_day").description)!))
        #expect(try value("service.ec2-other.daily.largest_deviation") > .zero)
    }

    @Test func `an account that is charged and not listed is counted and named as such`() throws {
        #expect(try value("accounts.not_listed") == "1")
        #expect(Self.book.accounts.first { $0.key == "999999999999" }?.name == "not listed by the organisation")
    }

    @Test func `every figure out of AWS names the question it comes from`() {
        let questions = Set(Self.book.questions.map(\.parametersSHA256))
        for fact in Self.book.facts where fact.unit == .money && !fact.id.hasPrefix("policy.") {
            let isSetByPeople =
                fact.id == "budget.limit" || (fact.id.hasPrefix("light.") && fact.id.hasSuffix(".budget"))
            #expect(!fact.sources.isEmpty || fact.value == nil || isSetByPeople, "\(fact.id)")
            #expect(questions.isSuperset(of: fact.sources), "\(fact.id)")
        }
    }

    @Test func `a month nobody asked about is unknown, not free of charge`() {
        let facts = FactIndex(
            SampleMonth(change: { parts in
                let ledger = parts.recordTypes.value!
                let query = CostQuery(
                    id: "L3", firstDay: CalendarDay("2026-02-01")!, endDay: ledger.query.endDay, granularity: .monthly,
                    groupBy: ledger.query.groupBy)
                parts.recordTypes = .known(
                    CostLedger(
                        query: query, currency: .usd, lines: ledger.lines(in: BillingMonth("2026-02")!),
                        estimatedPeriods: [],
                        record: ledger.record))
            }).book)
        #expect(facts.value("total.net") != nil)
        #expect(facts.value("total.previous") == nil)
        #expect(facts["total.change_pct"].reason == "January 2026 lies outside what was asked for")
    }
}
