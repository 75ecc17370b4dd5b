import FinOps
import Testing

@testable import CostExports

/// Single resources out of line items, in the month and the one before.
@Suite struct `Resources of an export` {
    private static let january = [
        "BillingPeriodStart": "2026-01-01T00:00:00Z", "ChargePeriodEnd": "2026-02-01T00:00:00Z",
    ]

    private func file(_ usual: [String: String], _ lines: [(String, String)]) -> FOCUSText {
        var file = FOCUSText()
        file.columns += ["ResourceId", "RegionId"]
        for (resource, cost) in lines {
            file.add(cost, usual.merging(["ResourceId": resource, "RegionId": "eu-west-1"]) { $1 })
        }
        return file
    }

    private func costs(_ desk: Desk, _ name: String = "") async throws -> ResourceCosts {
        try #require(try await desk.read(name).resources?.value)
    }

    @Test func `stand beside what they cost in the month before, and add up to the month`() async throws {
        let desk = try Desk()
        try desk.write(
            file([:], [("i-1", "10.0000000001"), ("i-1", "5"), ("i-2", "7"), ("", "1.25")]).text,
            to: "data/BILLING_PERIOD=2026-02/a.csv")
        try desk.write(
            file(Self.january, [("i-1", "4"), ("i-gone", "3")]).text, to: "data/BILLING_PERIOD=2026-01/a.csv")
        let costs = try await costs(desk)
        #expect(costs.previous == BillingMonth("2026-01"))
        #expect(costs.basis == .effective)
        let rows = costs.rows.map { "\($0.resource ?? "-") \($0.cost) \($0.before ?? "99") \($0.resources)" }
        #expect(rows == ["- 1.25 0 0", "i-1 15.0000000001 4 1", "i-2 7 0 1", "i-gone 0 3 1"])
        #expect(costs.record.pages.count == 2)
    }

    @Test func `compare with nothing when the export holds one month`() async throws {
        let desk = try Desk()
        try desk.write(file([:], [("i-1", "10")]).text, to: "focus.csv")
        let costs = try await costs(desk, "focus.csv")
        #expect(costs.previous == nil)
        #expect(costs.rows.map(\.before) == [nil])
    }

    @Test func `beyond the largest and the most moved stand together in one row of their account and service`()
        async throws
    {
        let desk = try Desk()
        let lines = (1...1000).map { ("i-\($0)", "\($0)") }
        try desk.write(file([:], lines).text, to: "focus.csv")
        let costs = try await costs(desk, "focus.csv")
        #expect(costs.rows.count == ResourcesQuery.largest + 1)
        #expect(costs.rows.map(\.cost).sum() == "500500")
        let rest = try #require(costs.rows.first { $0.resource == nil })
        #expect(rest.resources == 1000 - ResourcesQuery.largest)
        #expect(rest.region == nil)
    }

    @Test func `are unknown when the export was made without their ids`() async throws {
        let desk = try Desk()
        try desk.write(FOCUSText.sample.text, to: "focus.csv")
        let trouble = try await desk.read("focus.csv").resources?.trouble
        #expect(trouble?.code == "NoResourceIds")
    }

    @Test func `refuse a month before that is of another period or currency`() async throws {
        for wrong in [["BillingPeriodStart": "2025-12-01T00:00:00Z"], ["BillingCurrency": "NZD"]] {
            let desk = try Desk()
            try desk.write(file([:], [("i-1", "10")]).text, to: "data/BILLING_PERIOD=2026-02/a.csv")
            try desk.write(
                file(Self.january.merging(wrong) { $1 }, [("i-1", "4")]).text,
                to: "data/BILLING_PERIOD=2026-01/a.csv")
            let refusal = try await desk.refusal()
            #expect(refusal?.summary.contains("2026-01") == true, "\(String(describing: refusal))")
        }
    }

    @Test(arguments: [false, true])
    func `of a cost and usage report are read by either spelling`(isLegacy: Bool) async throws {
        let desk = try Desk()
        var report = CURText(isLegacy: isLegacy)
        report.lines[0]["line_item_resource_id"] = "i-1"
        report.more = ["line_item_resource_id"]
        try desk.write(report.text, to: "cur.csv")
        let export = try await desk.read("cur.csv")
        let costs = try #require(export.resources?.value)
        #expect(costs.rows.first { $0.resource == "i-1" }?.cost == "10")
        #expect(costs.rows.map(\.cost).sum() == export.charges.compactMap(\.effective).sum())
    }
}
