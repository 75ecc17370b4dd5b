import Analysis
import FinOps
import Testing

@testable import Reports

@Suite struct `Why the bill changed` {
    private let book = SampleMonth(accountCount: 14).book
    private var facts: FactIndex { FactIndex(book) }

    private func value(_ id: String) throws -> ExactDecimal { try #require(facts.value(id), "\(id)") }

    @Test func `the bars are the whole change to the last digit`() throws {
        #expect(WhyBars.names.compactMap { facts.value("why.\($0)") }.sum() == (try value("total.change")))
        #expect(try value("why.total") == value("total.change"))
    }

    @Test func `a shorter month is a bar of its own, and so are what is new and what is gone`() throws {
        #expect(try value("why.days") < .zero)
        #expect(try value("why.new") > .zero)
        #expect(try value("why.gone") < .zero)
        // The sample's partner discount is the same share in both months.
        #expect(try value("why.partner_discount").magnitude < "1")
    }

    @Test func `what is new is what the new service costs after the partner discount`() throws {
        let gross = try value("service.amazon-bedrock.gross")
        let share = ExactDecimal("1") - "0.059"
        #expect(try (value("why.new") - gross * share).magnitude < "1")
    }

    @Test func `the headline's two parts are the bar of the days and all other bars`() throws {
        #expect(try value("why.days") + value("total.underlying") == value("total.change"))
        let files = SampleMonth.full().files().filter { $0.path.hasSuffix("cfo.md") }
        let text = VisibleText.of(try #require(files.first))
        let days = try #require(
            FactFormat.cents.text(FactIndex(SampleMonth.full().book)["why.days"], month: book.month))
        let whole = try #require(
            FactFormat.whole.text(FactIndex(SampleMonth.full().book)["why.days"], month: book.month))
        // Once in the headline, once in the data of the bridge.
        #expect(text.contains("USD\u{A0}\(whole) from the number of days") && text.contains(days))
        #expect(!text.contains("beyond the calendar"))
    }

    @Test func `what the exchange rate did is a bar of its own, and the converted bars are the converted change`()
        throws
    {
        let book = SampleMonth.full().book
        let facts = FactIndex(book)
        func value(_ id: String) throws -> ExactDecimal { try #require(facts.value(id), "\(id)") }
        let converted = try value("total.net_display") - value("total.previous_display")
        let bars = WhyBars.names + [WhyBars.currency]
        #expect(try bars.map { try value("why.\($0)_display") }.sum() == converted)
        #expect(try value("why.total_display") == converted)
        // The rate rose by 0.0812: that much for every dollar of what both months have, by the mean of the two.
        let lasting = try value("total.net") - value("why.new") + value("total.previous") + value("why.gone")
        let expected = lasting * "0.0406"
        #expect(try (value("why.currency_display") - expected).magnitude < "10")
        // Nothing but the rate tells these bars from those in the billing currency.
        #expect(try value("why.days_display") < .zero && value("why.new_display") > value("why.new"))
    }

    @Test func `without the rate of the month before there is no bar for it, and that is said`() {
        let facts = FactIndex(SampleMonth().book)
        #expect(facts["why.currency_display"].reason?.contains("no rate of the month before") == true)
        #expect(!FactIndex(SampleMonth(policy: RunPolicy()).book).contains("why.currency_display"))
    }

    @Test func `neither usage nor prices are invented where quantities were not asked for`() throws {
        for id in ["why.usage", "why.price", "why.comparable.share_pct", "causes.usage_types"] {
            #expect(facts[id].value == nil && facts[id].reason?.contains("`usage` of `extra_questions`") == true)
        }
        #expect(try !value("why.usage_and_price").isZero)
    }

    @Test func `without the month before no bar is known`() {
        let trouble = Trouble(.throttled, code: "Slow", message: "later", operation: "ce:GetCostAndUsage")
        for broken in [
            SampleMonth(change: { $0.services = .unknown(trouble) }).book,
            SampleMonth(change: { $0.recordTypes = .unknown(trouble) }).book,
        ] {
            let facts = FactIndex(broken)
            for bar in WhyBars.names + ["total"] {
                #expect(facts.value("why.\(bar)") == nil && facts["why.\(bar)"].reason?.contains("Slow") == true)
            }
        }
    }

    @Test func `without costs by service no cause is known`() {
        let trouble = Trouble(.throttled, code: "Slow", message: "later", operation: "ce:GetCostAndUsage")
        let book = SampleMonth(change: { $0.services = .unknown(trouble) }).book
        #expect(FactIndex(book).value("causes.found") == nil)
        #expect(book.analysis?.causes.isEmpty == true)
    }

    @Test func `a one-off fee and a flat support charge are bars of their own, not days`() throws {
        let ledger = SampleLedger([
            "Usage": ("310", "280"), "Support": ("100", "100"), "Fee": ("0", "50"),
            "SavingsPlanRecurringFee": ("62", "56"), "Tax": ("10", "15"),
        ])
        let facts = FactIndex(SampleMonth(change: ledger.apply).book)
        #expect(facts.value("why.days") == "-36")
        #expect(facts.value("why.usage_and_price") == .zero)
        #expect(facts.value("why.commitments") == "50")
        #expect(facts.value("why.support") == .zero)
        #expect(facts.value("why.tax") == "5")
    }

    @Test func `the planted causes are found and named`() throws {
        let causes = try #require(book.analysis?.causes)
        let named = Set(causes.compactMap(\.service?.key))
        #expect(named.isSuperset(of: ["Amazon Bedrock"]))
        let parts = try causes.map { try value("\($0.factPrefix).change") }
        #expect(try parts.sum() + value("causes.unexplained") == value("causes.total"))
        #expect(try value("causes.found") == ExactDecimal(causes.count))
    }

    /// One account, one amount per record type in January and in February.
    private struct SampleLedger {
        let amounts: [String: (before: ExactDecimal, after: ExactDecimal)]

        init(_ amounts: [String: (ExactDecimal, ExactDecimal)]) {
            self.amounts = amounts.mapValues { (before: $0.0, after: $0.1) }
        }

        @Sendable func apply(_ parts: inout SampleMonth.Parts) {
            let (third, first) = (parts.recordTypes.value!, parts.services.value!)
            var lines: [CostLine] = []
            var services: [CostLine] = []
            for (type, amount) in amounts.sorted(by: { $0.key < $1.key }) {
                for (day, value) in [("2026-01-01", amount.before), ("2026-02-01", amount.after)] {
                    let day = CalendarDay(day)!
                    lines.append(CostLine(day: day, keys: ["100000000001", type], amounts: [.unblended: value]))
                    services.append(
                        CostLine(day: day, keys: ["100000000001", "AWS Lambda"], amounts: [.unblended: value]))
                }
            }
            parts.recordTypes = .known(third.with(lines))
            parts.services = .known(first.with(services))
        }
    }
}

extension CostLedger {
    fileprivate func with(_ lines: [CostLine]) -> CostLedger {
        CostLedger(query: query, currency: currency, lines: lines, estimatedPeriods: [], record: record)
    }
}
