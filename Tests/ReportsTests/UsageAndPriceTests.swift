import FinOps
import Testing

@testable import Reports

@Suite struct `Usage and price apart` {
    private static let book = SampleMonth.full(accountCount: 14).book
    private let facts = FactIndex(Self.book)

    private func value(_ id: String) throws -> ExactDecimal { try #require(facts.value(id), "\(id)") }

    @Test func `the bars are still the whole change to the last digit, in either currency`() throws {
        #expect(try WhyBars.names.map { try value("why.\($0)") }.sum() == value("total.change"))
        let converted = try (WhyBars.names + [WhyBars.currency]).map { try value("why.\($0)_display") }.sum()
        #expect(try converted == value("total.net_display") - value("total.previous_display"))
    }

    @Test func `asking for quantities takes usage apart and touches no other bar`() throws {
        var unasked = SampleMonth.full(accountCount: 14)
        unasked.asksUsage = false
        let before = FactIndex(unasked.book)
        let together = try ["usage", "price", "usage_and_price"].map { try value("why.\($0)") }.sum()
        #expect(together == before.value("why.usage_and_price"))
        for bar in WhyBars.names where !["usage", "price", "usage_and_price"].contains(bar) {
            #expect(facts.value("why.\(bar)") == before.value("why.\(bar)"), "\(bar)")
        }
    }

    /// Redshift is a tenth dearer: the logarithm of 1.1 of what it costs on average, after a discount of 5.9 %.
    @Test func `one list price rose, and the bar of prices is its`() throws {
        let mean = try (value("service.amazon-redshift.gross") + value("service.amazon-redshift.previous")) * "0.5"
        let expected = mean * "0.0953101798" * "0.941"
        #expect(try (value("why.price") - expected).magnitude < expected * "0.01")
        #expect(try value("why.price_display") > value("why.price"))
    }

    @Test func `what is counted in other units, in none, or in one month only is not told apart`() throws {
        let types = Self.book.services.filter {
            !["AWS Support (Business)", "Tax", "Savings Plans for AWS Compute usage"].contains($0.key)
        }
        // Bedrock is new and Glue gone.
        #expect(try value("why.comparable.count") == ExactDecimal(types.count - 4))
        let apart = [SampleUsage.unitless, SampleUsage.recounted, "Amazon Bedrock", "AWS Glue"]
        let cost = try types.filter { !apart.contains($0.key) }.map { try value("\($0.factPrefix).gross") }.sum()
        let share = try #require(cost.percent(of: value("bridge.usage"), fractionDigits: 6))
        #expect(try value("why.comparable.share_pct") == share)
    }

    @Test func `what could not be answered is unknown with AWS's reason, and stays together`() throws {
        let trouble = Trouble(.throttled, code: "Slow", message: "later", operation: "ce:GetCostAndUsage")
        let facts = FactIndex(SampleMonth(insights: CostInsights(usage: .unknown(trouble))).book)
        #expect(facts["why.price"].reason?.contains("Slow") == true && facts.value("why.usage") == nil)
        #expect(facts.value("why.usage_and_price") != nil)
    }

    @Test func `a cause names the usage types of its service that moved its way, and says whose they are`() throws {
        let causes = try #require(Self.book.analysis?.causes)
        let named = causes.filter { $0.usageTypes?.isEmpty == false }
        #expect(!named.isEmpty)
        for cause in named {
            let change = try value("\(cause.factPrefix).change")
            for type in cause.usageTypes ?? [] {
                #expect(type.key == "USE1-\(cause.service?.key ?? "")")
                #expect(try value("\(type.factPrefix).change").isNegative == change.isNegative)
                #expect(
                    try value("\(type.factPrefix).after") - value("\(type.factPrefix).before")
                        == value("\(type.factPrefix).change"))
            }
        }
        let page = try #require(SampleMonth.full(personas: [.cfo]).files().first { $0.path.hasSuffix("cfo.html") })
        #expect(VisibleText.of(page).contains("does not tell them by account as well"))
    }
}
