import FinOps
import Testing

@testable import Reports

/// What AWS itself says, and the budgets people set, as facts: every figure known with its source, or unknown with a reason.
@Suite struct InsightFactsTests {
    private static func fact(_ book: FactBook, _ id: String) throws -> Fact {
        try #require(book.facts.first { $0.id == id }, "there is no fact \(id)")
    }

    private static func value(_ book: FactBook, _ id: String) throws -> ExactDecimal {
        let fact = try fact(book, id)
        return try #require(fact.value, "\(id) is unknown: \(fact.reason ?? "")")
    }

    @Test(arguments: [
        "aws_anomaly.count", "aws_anomaly.impact", "savings.open.count", "savings.open.monthly",
        "savings.approved.count",
        "efficiency.score_pct", "commitment.count", "commitment.savings_plans.coverage_pct",
        "commitment.savings_plans.effective_savings_rate_pct", "commitment.rds_reservations.net_savings",
        "commitment.sizing",
    ])
    func `what was not asked is unknown, never zero`(id: String) throws {
        let fact = try Self.fact(SampleMonth().book, id)
        #expect(fact.value == nil && fact.reason?.isEmpty == false)
    }

    @Test func `what was denied is unknown for that reason`() throws {
        let trouble = Trouble(
            .accessDenied, code: "AccessDeniedException", message: "not enrolled",
            operation: "cost-optimization-hub:ListRecommendations")
        let book = SampleMonth(insights: CostInsights(anomalies: .unknown(trouble), recommendations: .unknown(trouble)))
            .book
        for id in ["aws_anomaly.count", "savings.open.monthly", "savings.identified.count"] {
            #expect(try Self.fact(book, id).reason?.contains("AccessDeniedException") == true)
        }
        #expect(book.unavailable.contains { $0.message == "not enrolled" })
    }

    @Test func `an empty list of anomalies is no proof that nothing happened`() throws {
        let listing = AnomalyListing(anomalies: [], record: SampleInsights.record("anomalies"))
        let book = SampleMonth(insights: CostInsights(anomalies: .known(listing))).book
        #expect(try Self.fact(book, "aws_anomaly.count").reason == AwsAnomalyFacts.noneFound)
    }

    @Test func `AWS's anomalies of the month are named and add up`() throws {
        let book = SampleMonth(insights: SampleInsights.insights).book
        #expect(try Self.value(book, "aws_anomaly.count") == "2")
        #expect(try Self.value(book, "aws_anomaly.impact") == "340.5")
        #expect(try Self.value(book, "aws_anomaly.1.impact_pct") == "300")
        #expect(try Self.value(book, "aws_anomaly.1.days") == "3")
        #expect(book.anomalies?.map(\.factPrefix) == ["aws_anomaly.1", "aws_anomaly.2"])
        #expect(book.anomalies?[0].name == "EC2 - Other, payments-prod, 2026-02-17 to 2026-02-19")
        #expect(try Self.fact(book, "aws_anomaly.2.days").reason == "it has not ended")
    }

    @Test func `what people told AWS of its anomalies is counted`() throws {
        let book = SampleMonth(insights: SampleInsights.insights).book
        #expect(try Self.value(book, "aws_anomaly.judged") == "1")
        #expect(try Self.value(book, "aws_anomaly.false_alerts") == "1")
        #expect(try Self.fact(SampleMonth().book, "aws_anomaly.false_alerts").value == nil)
    }

    @Test func `advice says what the resource would cost then, where AWS said what it costs`() throws {
        let book = SampleMonth(insights: SampleInsights.insights).book
        #expect(try Self.value(book, "savings.1.cost_after") == .zero)
        #expect(try Self.fact(book, "savings.2.cost_after").reason == "AWS did not say")
    }

    @Test func `Compute Optimizer adds what the Hub does not carry, and the Hub's word on a resource stands`() throws {
        func advice(_ arn: String, saves: ExactDecimal) -> SavingsRecommendation {
            SavingsRecommendation(
                id: arn, account: SampleInsights.first, region: "r", resource: arn, resourceType: "EbsVolume",
                action: "Rightsize", effort: nil, source: "ComputeOptimizer", monthlySavings: Money(saves, .usd),
                monthlyCost: nil)
        }
        let own = RightsizingListing(
            [
                advice("arn:aws:ec2:r:1:volume/vol-1", saves: "400"),
                advice("arn:aws:ec2:r:1:volume/vol-2", saves: "30"),
            ],
            records: [SampleInsights.record("rightsizing.volumes")])
        let hub = SampleInsights.insights
        func book(_ hub: Observation<RecommendationListing>?, _ own: Observation<RightsizingListing>?) -> FactBook {
            SampleMonth(insights: CostInsights(recommendations: hub, rightsizing: own)).book
        }
        let both = book(hub.recommendations, .known(own))
        #expect(try Self.value(both, "savings.compute_optimizer.count") == "1")
        #expect(both.recommendations?.map(\.key) == ["rec-1", "arn:aws:ec2:r:1:volume/vol-2", "rec-2"])
        #expect(try Self.value(both, "savings.open.monthly") == "146")
        #expect(try Self.value(both, "savings.duplicates") == "1")
        let refused = Trouble(
            .notOffered, code: "OptInRequiredException", message: "not opted in",
            operation: "compute-optimizer:GetEC2InstanceRecommendations")
        let alone = book(.unknown(refused), .known(own))
        #expect(try Self.value(alone, "savings.open.monthly") == "430")
        let hubAlone = book(hub.recommendations, .unknown(refused))
        #expect(try Self.value(hubAlone, "savings.open.monthly") == "116")
        #expect(try Self.fact(hubAlone, "savings.compute_optimizer.count").reason?.contains("OptInRequired") == true)
        let neither = book(.unknown(refused), .unknown(refused))
        #expect(try Self.fact(neither, "savings.open.monthly").value == nil)
    }

    @Test func `advice is known by what AWS calls it, not by its name`() {
        let context = PageContext(
            book: SampleMonth(insights: SampleInsights.insights).book, factsSHA256: SampleMonth.factsSHA256)
        #expect(
            context.book.recommendations?.map(\.path) == [
                ["Delete", "effort very low", "Compute Optimizer"], ["PurchaseSavingsPlans", "Cost Explorer"],
            ])
        #expect(SavingsSections.decommissions(context).map(\.key) == ["rec-1"])
        #expect(SavingsSections.modernisations(context)?.isEmpty == true)
        let unasked = PageContext(book: SampleMonth().book, factsSHA256: SampleMonth.factsSHA256)
        #expect(SavingsSections.modernisations(unasked) == nil)
    }

    @Test func `what is still to pay falls as commitments end`() throws {
        let book = SampleMonth(insights: SampleInsights.insights).book
        func liability(_ month: String) throws -> ExactDecimal { try Self.value(book, "commitment.liability.\(month)") }
        // A plan of 9.60 an hour over 28 days until 14 September, and a lease of 100 until 1 May.
        #expect(try liability("2026-03") == "6551.2" && liability("2026-04") == "6551.2")
        #expect(try liability("2026-05") == "6451.2" && liability("2026-09") == "6451.2")
        #expect(try liability("2026-10") == .zero)
        #expect(try Self.value(book, "commitment.liability.total") == "45358.4")
        #expect(try Self.value(book, "commitment.1.fee") == "100" && Self.value(book, "commitment.2.fee") == "6451.2")
    }

    @Test func `without any commitment nothing is said to be still to pay`() {
        #expect(!SampleMonth().book.facts.contains { $0.id.hasPrefix("commitment.liability") })
    }

    @Test func `commitments are read from the bill, coverage where it was asked`() throws {
        let book = SampleMonth(insights: SampleInsights.insights).book
        #expect(try Self.value(book, "commitment.savings_plans.coverage_pct") == "75")
        #expect(try Self.value(book, "commitment.rds_reservations.net_savings") == "40")
        #expect(try Self.value(book, "commitment.rds_reservations.utilization_pct") == "90")
        #expect(try Self.value(book, "commitment.count") == "2")
        #expect(try Self.value(book, "commitment.ending_soon") == "1")
        #expect(book.commitments?.map(\.key) == ["lease-1", "arn:plan"])
        #expect(try Self.value(book, "commitment.1.days_left") == "61")
        #expect(book.commitments?[0].name == "db.r6g.large, payments-prod, ends 2026-05-01")
    }

    @Test func `the bill's savings plans give use, waste and the effective savings rate`() throws {
        var month = SampleMonth(insights: SampleInsights.insights)
        month.change = { $0.recordTypes = .known(SampleInsights.commitmentBill) }
        let book = month.book
        #expect(try Self.value(book, "commitment.savings_plans.committed") == "100")
        #expect(try Self.value(book, "commitment.savings_plans.unused") == "6")
        #expect(try Self.value(book, "commitment.savings_plans.utilization_pct") == "94")
        #expect(try Self.value(book, "commitment.savings_plans.net_savings") == "30")
        // (130 + 25) on demand, 100 + 25 paid.
        #expect(
            try Self.value(book, "commitment.savings_plans.effective_savings_rate_pct").rounded(toFractionDigits: 2)
                == "19.35")
        #expect(try Self.value(book, "commitment.reservations.committed") == "50")
        #expect(try Self.value(book, "commitment.reservations.unused") == "2")
        #expect(try Self.value(book, "commitment.committed") == "150")
        #expect(try Self.value(book, "commitment.unused") == "8")
    }

    @Test func `the funnel counts what has come so far, and open advice as identified`() throws {
        var month = SampleMonth(insights: SampleInsights.insights)
        #expect(try Self.value(month.book, "savings.identified.count") == "2")
        #expect(try Self.fact(month.book, "savings.done.count").reason == SavingsFacts.noRegister)
        month.register = SavingsRegister(
            fileName: "savings.csv", sha256: SampleMonth.factsSHA256,
            entries: [
                .init(recommendationID: "rec-1", stage: .approved, monthlySavings: nil),
                .init(recommendationID: "old-1", stage: .done, monthlySavings: Money("12.5", .usd)),
                .init(recommendationID: "old-2", stage: .verified, monthlySavings: Money("7.5", .usd)),
            ])
        let book = month.book
        func count(_ stage: String) throws -> ExactDecimal { try Self.value(book, "savings.\(stage).count") }
        #expect(
            try [count("identified"), count("approved"), count("done"), count("verified")] == ["4", "3", "2", "1"])
        #expect(try Self.value(book, "savings.identified.monthly") == "136")
        #expect(try Self.value(book, "savings.approved.monthly") == "116")
        #expect(try Self.value(book, "savings.verified.monthly") == "7.5")
    }

    @Test func `a closed saving without its amount makes the sum unknown, not smaller`() throws {
        var month = SampleMonth(insights: SampleInsights.insights)
        month.register = SavingsRegister(
            fileName: "s", sha256: SampleMonth.factsSHA256,
            entries: [.init(recommendationID: "gone", stage: .done, monthlySavings: nil)])
        #expect(try Self.value(month.book, "savings.done.count") == "1")
        #expect(try Self.fact(month.book, "savings.done.monthly").value == nil)
    }

    @Test func `budgets are held against the costs of their part, the month and the fiscal year`() throws {
        var month = SampleMonth()
        month.policy.budgets = [
            BudgetTarget("ou:Workloads/Prod=70000")!, BudgetTarget("account:\(SampleMonth.id(0))=1000")!,
            BudgetTarget("ou:Sandbox=10 AUD")!,
        ]
        month.policy.fiscalYearStartMonth = 12
        let book = month.book
        #expect(
            book.budgets?.map(\.factPrefix) == [
                "budget.ou-workloads-prod", "budget.account-\(SampleMonth.id(0))", "budget.ou-sandbox",
            ])
        let unit = try #require(book.organizationalUnits.first { $0.name == "Workloads / Prod" })
        #expect(
            try Self.value(book, "budget.ou-workloads-prod.actual") == Self.value(book, "\(unit.factPrefix).net"))
        let account = "budget.account-\(SampleMonth.id(0))"
        #expect(try Self.value(book, "\(account).actual") == Self.value(book, "account.\(SampleMonth.id(0)).net"))
        #expect(try Self.value(book, "\(account).ytd_limit") == "3000", "December, January and February")
        #expect(
            try Self.value(book, "\(account).year_remaining")
                == ExactDecimal(12_000) - Self.value(book, "\(account).ytd_actual"))
        #expect(try Self.fact(book, "budget.ou-sandbox.actual").reason?.contains("AUD") == true)
    }

    @Test func `without an invoice's rate a configured one is taken, with its record`() throws {
        var month = SampleMonth()
        month.change = {
            $0.invoices = .unknown(
                Trouble(.notOffered, code: "X", message: "m", operation: "invoicing:ListInvoiceSummaries"))
        }
        #expect(month.book.exchangeRate?.value == nil)
        func rate(_ rate: ExactDecimal, _ date: String) -> ExchangeRate {
            ExchangeRate(
                from: .usd, to: Currency("NZD")!, rate: rate, kind: "mid-month", source: "RBNZ", date: date,
                sha256: SampleMonth.factsSHA256)
        }
        month.rates = ExchangeRateTable(
            fileName: "r", sha256: SampleMonth.factsSHA256,
            rates: [rate("1.7", "2026-02-15"), rate("1.6", "2026-01-15")]
        )
        let book = month.book
        #expect(book.exchangeRate?.value?.source == "RBNZ")
        #expect(try Self.fact(book, "exchange_rate.rate").sources == [SampleMonth.factsSHA256])
        let before = try Self.value(book, "total.previous")
        #expect(try Self.value(book, "total.previous_display") == before * "1.6")
        // AWS's own is preferred.
        month.change = { _ in }
        #expect(month.book.exchangeRate?.value?.kind == "invoice")
    }
}
