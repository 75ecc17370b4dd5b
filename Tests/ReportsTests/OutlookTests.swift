import Analysis
import FinOps
import Testing

@testable import Reports

@Suite struct `Where the money is going` {
    private static let book = SampleMonth().book
    private let facts = FactIndex(Self.book)

    private func value(_ id: String) throws -> ExactDecimal { try #require(facts.value(id), "\(id)") }

    @Test func `the months ahead are those the forecaster gives for the thirteen months on record`() throws {
        let months = try (0...12).map { try value("month.\(Self.book.month.adding(months: $0 - 12)).net") }
        let forecasts = try MonthlyForecaster().forecast(
            from: Self.book.month.adding(months: -12), amounts: months, horizon: 10)
        let outlook = try #require(Self.book.analysis?.outlook)
        #expect(outlook.months == forecasts.map(\.month))
        #expect(outlook.method == "theta-shrink-per-day")
        for forecast in forecasts {
            #expect(try value("outlook.\(forecast.month).value") == forecast.value)
            #expect(try value("outlook.\(forecast.month).low95") == forecast.low95)
        }
        #expect(try value("outlook.months_of_history") == "13")
    }

    @Test func `history under two years is said`() throws {
        #expect(try #require(Self.book.analysis?.outlook.cautions.first).contains("Under two years of history"))
    }

    @Test func `months before the first cost are no history, and too few months are no forecast`() throws {
        let book = SampleMonth(change: { $0.keepMonths(3) }).book
        let facts = FactIndex(book)
        #expect(facts.value("outlook.months_of_history") == "3")
        #expect(
            facts["outlook.2026-03.value"].reason == "3 whole months of history are fewer than the 4 a forecast needs")
        #expect(facts.value("fiscal.landing") == nil && facts.value("fiscal.actual") != nil)
        let short = SampleMonth(change: { $0.keepMonths(6) }).book
        #expect(short.analysis?.outlook.method == "smoothing-per-day")
        #expect(try #require(short.analysis?.outlook.cautions.first).contains("Under twelve months"))
    }

    @Test func `AWS's forecast stands beside ours of the same days`() throws {
        #expect(try value("outlook.aws_days.count") == "22")
        let share = try value("outlook.2026-03.value") * "22"
        #expect(try (value("outlook.aws_days.value") * "31" - share).magnitude < "1")
    }

    @Test func `the fiscal year lands at what was charged and what is forecast`() throws {
        let past = try value("month.2026-01.net") + value("month.2026-02.net")
        #expect(try value("fiscal.actual") == past)
        let ahead = try (3...12).map { try value("outlook.\(BillingMonth(year: 2026, month: $0)!).value") }.sum()
        #expect(try value("fiscal.landing") == past + ahead)
        #expect(Self.book.analysis?.outlook.fiscalYearName == "FY2026")
    }

    @Test(arguments: [(1, "2026-01"), (4, "2025-04"), (7, "2025-07"), (2, "2026-02"), (3, "2025-03")])
    func `a fiscal year begins where it is said to`(start: Int, first: String) {
        #expect(FiscalYear(of: BillingMonth("2026-02")!, startMonth: start).first.description == first)
    }

    @Test func `every budget has a light for the month to come and for the year`() throws {
        let unit = try #require(BudgetTarget("ou:Workloads/Prod=1000000.00"))
        let account = try #require(BudgetTarget("account:\(SampleMonth.id(1))=10.00"))
        let abroad = try #require(BudgetTarget("ou:Security=5000.00 NZD"))
        let book = SampleMonth(
            policy: RunPolicy(budget: Money("190000", .usd), budgets: [unit, account, abroad])
        ).book
        let facts = FactIndex(book)
        let lights = try #require(book.analysis?.lights)
        let words = Dictionary(uniqueKeysWithValues: lights.map { ($0.factPrefix, $0.word) })
        #expect(words["light.organization.next"] == "Amber")
        #expect(words["light.ou-workloads-prod.next"] == "Green" && words["light.ou-workloads-prod.year"] == "Green")
        #expect(words["light.account-\(SampleMonth.id(1)).year"] == "Red")
        #expect(words["light.ou-security.next"] == .some(nil))
        #expect(facts["light.ou-security.next.gap"].reason == "the budget is in NZD, the forecast in USD")
        #expect(facts.value("light.organization.next.landing") == facts.value("outlook.2026-03.value"))
        #expect(facts.value("light.account-\(SampleMonth.id(1)).year.overrun_pct") == "100")
        let landing = try #require(facts.value("light.organization.year.landing"))
        #expect(facts.value("light.organization.year.gap") == landing - "2280000")
        #expect(facts.value("fiscal.landing") == landing)
    }

    @Test func `the units' forecasts are scaled to the whole, and the factor is printed`() throws {
        let units = ["Workloads/Prod", "Workloads/NonProd", "Infrastructure/Network", "Security", "Sandbox"]
        let book = SampleMonth(
            policy: RunPolicy(budgets: units.compactMap { BudgetTarget("ou:\($0)=1.00") })
        ).book
        let facts = FactIndex(book)
        let factor = try #require(facts.value("outlook.units.factor"))
        #expect(factor > "0.9" && factor < "1.1")
        let parts = book.analysis!.lights.filter { $0.period == "2026-03" }
            .compactMap { facts.value("\($0.factPrefix).landing") }.sum()
        // The account that the organisation does not list is in no unit and has its share.
        let whole = try #require(facts.value("outlook.2026-03.value"))
        #expect(parts < whole && parts > whole * "0.9")
    }

    @Test func `without a sealed month nothing is said of accuracy`() {
        #expect(facts["accuracy.lag1.error_pct"].reason == "no forecast was sealed with January 2026")
        #expect(facts["accuracy.lag3.mean_error_pct"].value == nil)
        #expect(Self.book.analysis?.pastForecasts.isEmpty == true)
    }

    @Test func `an earlier forecast is held against what the month cost`() throws {
        let digest = Digest(String(repeating: "7", count: 64))!
        let book = SampleMonth(sealed: [SealedBook(book: Self.january(), sha256: digest)]).book
        let facts = FactIndex(book)
        let actual = try #require(facts.value("total.net"))
        #expect(facts.value("accuracy.lag1.forecast") == "170000")
        #expect(facts.value("accuracy.lag1.error") == "170000" - actual)
        #expect(facts.value("accuracy.lag1.inside80") == "1")
        #expect(facts["accuracy.lag1.forecast"].sources == [digest])
        #expect(facts.value("accuracy.lag1.months") == "1")
        #expect(book.analysis?.pastForecasts.map(\.factPrefix) == ["accuracy.2026-02.lag1"])
        #expect(book.analysis?.sealedBooks.map(\.parametersSHA256) == [digest])
        #expect(facts.value("accuracy.lag3.forecast") == nil)
    }

    @Test func `a report of another scope or metric forecast something else`() {
        for metric in [CostMetric.amortized, .unblended] {
            let other = Self.january(metric: metric, scope: metric == .unblended ? .singleAccount : .organization)
            let facts = FactIndex(SampleMonth(sealed: [SealedBook(book: other, sha256: .zero)]).book)
            #expect(facts.value("accuracy.lag1.forecast") == nil)
        }
    }

    @Test func `a running month is no history and lands by its days`() throws {
        let book = SampleMonth(today: CalendarDay("2026-02-20")!).book
        let facts = FactIndex(book)
        #expect(facts.value("outlook.months_of_history") == "12")
        #expect(book.analysis?.outlook.months.first?.description == "2026-02")
        #expect(facts.value("landing.value") != nil)
        #expect(FactIndex(Self.book).contains("landing.value") == false)
    }

    private static func january(
        metric: CostMetric = .unblended, scope: RunRequest.Scope = .organization
    ) -> FactBook {
        func fact(_ id: String, _ value: ExactDecimal) -> Fact {
            Fact(id: id, unit: .money, value: value, currency: .usd, label: "", sources: [])
        }
        return FactBook(
            month: BillingMonth("2026-01")!, project: "cloud-infrastructure", scope: scope, metric: metric,
            currency: .usd, isPreliminary: false, isSample: true, exchangeRate: nil, accounts: [], services: [],
            unavailable: [], gates: [],
            facts: [
                fact("outlook.2026-02.value", "170000"), fact("outlook.2026-02.low80", "160000"),
                fact("outlook.2026-02.high80", "180000"),
            ])
    }
}

extension SampleMonth.Parts {
    /// As if the organisation had not existed before.
    fileprivate mutating func keepMonths(_ count: Int) {
        let ledger = recordTypes.value!
        let first = BillingMonth("2026-02")!.adding(months: 1 - count).firstDay
        recordTypes = .known(
            CostLedger(
                query: ledger.query, currency: .usd, lines: ledger.lines.filter { $0.day >= first },
                estimatedPeriods: [], record: ledger.record))
    }
}
