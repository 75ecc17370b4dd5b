import FinOps
import TestSupport
import Testing

/// L3 charges account two 35,310 of usage less 1,967 of partner discount.
@Suite("A member's own view") struct MemberComparisonTests {
    private static let two = "222222222222"

    private func comparison(
        _ rows: [(String, ExactDecimal)]?, recordTypes: [(String, String, ExactDecimal)]? = nil
    ) throws -> LayerComparison {
        let query = SampleLedger.query("L1d.\(Self.two)", groupBy: [.recordType], onlyAccount: Self.two)
        let ledger: Observation<CostLedger> =
            rows.map { .known(SampleLedger.ledger(query, $0.map { SampleLedger.line([$0.0], $0.1) })) }
            ?? .unknown(SampleMonth.trouble(.accessDenied, code: "AccessDenied"))
        var collection = SampleCollection.partnerDiscount()
            .with(memberViews: [MemberView(account: Self.two, ledger: ledger)])
        if let recordTypes { collection = collection.with(recordTypes: .known(SampleCollection.layer3(recordTypes))) }
        let check = CrossValidator(month: SampleLedger.month, metric: .unblended, today: SampleLedger.today)
            .validate(collection)
        return try #require(check.comparisons?.first { $0.id == "L1d.\(Self.two)" })
    }

    @Test func `agrees when the member sees what the payer sees`() throws {
        let found = try comparison([("Usage", "35310"), ("Solution Provider Program Discount", "-1967")])
        #expect(found.agreement == .exact)
        #expect(found.weight == .sameStore)
        #expect(found.figures?.opening == "33343" && found.figures?.closing == "33343")
        #expect(found.record?.id == "L1d.\(Self.two)")
    }

    @Test func `a discount that the member is shown no line of is an item`() throws {
        let found = try comparison([("Usage", "35310")])
        #expect(found.agreement == .explained)
        #expect(found.figures?.items.map(\.recordClass) == [.spp])
        #expect(found.figures?.items.map(\.amount) == ["-1967"])
        #expect(found.figures?.residual.isZero == true)
    }

    @Test func `a discount the member is shown otherwise explains nothing`() throws {
        let found = try comparison([("Usage", "35310"), ("Solution Provider Program Discount", "-1000")])
        #expect(found.agreement == .unexplained)
        #expect(found.figures?.items.isEmpty == true)
        #expect(found.figures?.residual == "967")
    }

    @Test func `usage that the payer is not shown is found, to the last digit`() throws {
        let found = try comparison([("Usage", "35310.000000001"), ("Solution Provider Program Discount", "-1967")])
        #expect(found.agreement == .unexplained)
        #expect(found.figures?.residual == "0.000000001")
    }

    /// Only credits and discounts can be hidden: a missing tax or usage line is a finding.
    @Test func `a usage line that is missing is no item`() throws {
        let found = try comparison([("Solution Provider Program Discount", "-1967")])
        #expect(found.agreement == .unexplained && found.figures?.items.isEmpty == true)
    }

    @Test func `a role that cannot be taken on is said and decides nothing`() throws {
        let found = try comparison(nil)
        #expect(found.agreement == .notCompared)
        #expect(found.obstacles == ["sts:GetCallerIdentity did not answer (AccessDenied)"])
    }

    @Test func `the members that cost most are asked, never the payer or the caller`() {
        let ids = ["111111111111", "222222222222", "333333333333", "444444444444", "555555555555", "999999999999"]
        let accounts = ids.map { SampleMonth.account($0, state: $0.hasPrefix("5") ? .suspended : .active) }
        let rows = zip(ids, ["10", "-30", "10", "20", "99", "1000"] as [ExactDecimal]).map { ($0, "Usage", $1) }
        let ledger = SampleCollection.layer3(rows.map { ($0.0, $0.1, $0.2) })
        func sample(_ size: Int) -> [String] {
            MemberReread(role: "r", accounts: size).sample(
                of: SampleMonth.inventory(accounts: accounts), by: ledger, .unblended, in: SampleLedger.month)
        }
        #expect(sample(3) == ["222222222222", "444444444444", "111111111111"])
        #expect(sample(20).count == 4)
    }
}
