import FinOps
import TestSupport
import Testing

@testable import Reports

/// What would be worth committing to, as facts.
@Suite struct CommitmentSizingFactsTests {
    /// The published example of the rule.
    private static let usage: [ExactDecimal] = [
        "40", "42", "45", "50", "55", "60", "62", "64", "70", "72", "80", "85", "90", "95", "100", "110", "120", "130",
        "150", "200",
    ]
    private static let digest = Digest(String(repeating: "c0", count: 32))!

    private func book(
        _ compute: Observation<UncoveredCompute>?, setting: ExactDecimal? = nil, hasPlans: Bool = false
    ) -> FactBook {
        var month = SampleMonth()
        month.policy.analysis = AnalysisPolicy(commitmentDiscountPercent: setting)
        month.lineItems = SampleResources.export(accounts: [SampleMonth.id(0)], month: month.month)
        month.lineItems?.uncoveredCompute = compute
        if hasPlans {
            month.change = { parts in
                parts.recordTypes = parts.recordTypes.map { ledger in
                    let covered = CostLine(
                        day: CalendarDay("2026-02-01")!, keys: [SampleMonth.id(0), "SavingsPlanCoveredUsage"],
                        amounts: [.unblended: "200", .amortized: "146"])
                    return CostLedger(
                        query: ledger.query, currency: ledger.currency, lines: ledger.lines + [covered],
                        estimatedPeriods: [], record: ledger.record)
                }
            }
        }
        return month.book
    }

    private func compute(
        _ hours: [ExactDecimal] = usage, underPlans: UncoveredCompute.UnderPlans? = nil
    ) -> Observation<UncoveredCompute> {
        .known(
            UncoveredCompute(
                hours: hours, lineCount: hours.count, underPlans: underPlans,
                record: QueryRecord(
                    id: "L3e.compute", operation: "duckdb", parameters: "{}", parametersSHA256: Self.digest, pages: [],
                    rows: hours.count)))
    }

    private func fact(_ book: FactBook, _ id: String = "") throws -> Fact {
        let name = id.isEmpty ? "commitment.sizing" : "commitment.sizing.\(id)"
        return try #require(book.facts.first { $0.id == name }, "there is no fact \(name)")
    }

    @Test func `are the published example's at its discount`() throws {
        let book = book(compute(), setting: "28")
        let expected: [(String, ExactDecimal)] = [
            ("", "60"), ("hourly_commitment", "43.2"), ("coverage_pct", "65.814"), ("utilization_pct", "94.3333"),
            ("effective_savings_rate_pct", "15.5814"), ("monthly_savings", "268"), ("on_demand", "1720"),
            ("discount_pct", "28"), ("hours", "20"),
        ]
        for (id, value) in expected { #expect(try fact(book, id).value == value, "\(id)") }
        #expect(try fact(book).currency == .usd)
        #expect(try fact(book).sources == [Self.digest])
        #expect(try fact(book, "discount_pct").label.hasSuffix("as `commitment_discount` sets it"))
    }

    @Test func `show the hours in bands that add up to all of them`() throws {
        let book = book(compute(), setting: "28")
        let bands = book.facts.filter {
            $0.id.hasPrefix("commitment.sizing.band.") && $0.id.hasSuffix(".hours")
        }
        #expect(bands.compactMap(\.value).sum() == "20")
        #expect(try fact(book, "band.1.to").value == "20")
        #expect(try fact(book, "band.3.hours").value == "5", "40 to below 60")
    }

    @Test func `take the discount from a setting, else the bill's plans, else the line items'`() throws {
        let planned = compute(underPlans: .init(onDemand: "100", cost: "65"))
        #expect(try fact(book(planned, setting: "20", hasPlans: true), "discount_pct").value == "20")
        let billed = try fact(book(planned, hasPlans: true), "discount_pct")
        #expect(billed.label.hasSuffix("by the bill"))
        #expect(billed.value == "27" && billed.sources != [Self.digest])
        let exported = try fact(book(planned), "discount_pct")
        #expect(exported.value == "35" && exported.sources == [Self.digest])
        #expect(exported.label.hasSuffix("by the line items"))
    }

    @Test(
        arguments: [
            nil, .init(onDemand: "100", cost: "100"), .init(onDemand: "100", cost: "120"),
            .init(onDemand: "0", cost: "0"),
        ] as [UncoveredCompute.UnderPlans?])
    func `without a discount are unknown, and say what to set`(plans: UncoveredCompute.UnderPlans?) throws {
        let book = book(compute(underPlans: plans))
        for id in ["", "hourly_commitment", "coverage_pct", "monthly_savings", "discount_pct"] {
            let fact = try fact(book, id)
            #expect(fact.value == nil && fact.reason?.hasSuffix("set `commitment_discount`") == true, "\(id)")
        }
        #expect(try fact(book, "on_demand").value == "1720", "the hours are known")
    }

    @Test func `say why the hours are unknown`() throws {
        let trouble = Trouble(.notOffered, code: "NotHourly", message: "the export is by the day", operation: "duckdb")
        #expect(
            try fact(book(.unknown(trouble), setting: "28")).reason
                == "duckdb could not answer: the export is by the day (NotHourly)")
        #expect(try fact(book(nil, setting: "28")).reason?.hasSuffix("which were not read") == true)
        #expect(try fact(SampleMonth().book).reason?.hasSuffix("`--source` names them") == true)
    }

    @Test func `of hours that use nothing are no commitment, and shares are unknown`() throws {
        let book = book(compute(["0", "0", "0"]), setting: "28")
        #expect(try fact(book).value == .zero)
        #expect(try fact(book, "monthly_savings").value == .zero)
        #expect(try fact(book, "coverage_pct").reason == "no hour used anything that is not covered")
        #expect(!book.facts.contains { $0.id.hasPrefix("commitment.sizing.band") })
    }

    @Test func `stand on the architect's page with the hours, and in one line of the CFO's`() throws {
        var month = SampleMonth()
        month.policy.analysis = AnalysisPolicy(commitmentDiscountPercent: "28")
        month.lineItems = SampleResources.export(accounts: [SampleMonth.id(0)], month: month.month)
        func page(_ name: String) throws -> String {
            String(decoding: try #require(month.files().first { $0.path.hasSuffix(name) }).bytes, as: UTF8.self)
        }
        let architect = try page("architect.md")
        #expect(architect.contains("Level worth covering, on demand an hour"))
        #expect(try page("cfo.md").contains("an hour would have saved"))
        let drawn = try page("architect.html")
        #expect(drawn.contains("level worth covering"))
    }
}
