import FinOps
import Testing

@testable import CostExports

/// Compute by the hour that nothing covers, out of line items.
@Suite struct `Uncovered compute of an export` {
    private static let hour = [
        "ChargePeriodStart": "2026-02-28T05:00:00Z", "ChargePeriodEnd": "2026-02-28T06:00:00Z",
        "ServiceName": "Amazon Elastic Compute Cloud", "SkuMeter": "APS2-BoxUsage:m6i.large",
        "PricingCategory": "Standard",
    ]
    private static let plan = [
        "PricingCategory": "Committed", "CommitmentDiscountId": "arn:plan", "CommitmentDiscountCategory": "Spend",
        "CommitmentDiscountStatus": "Used",
    ]

    /// `price` is the public one; what is billed is another.
    private func file(_ lines: [(price: String, more: [String: String])]) -> FOCUSText {
        var file = FOCUSText()
        file.columns += [
            "ChargePeriodStart", "PricingCategory", "ListCost", "ContractedCost", "SkuMeter", "CommitmentDiscountId",
            "CommitmentDiscountCategory", "CommitmentDiscountStatus",
        ]
        for (price, more) in lines { file.add("1", Self.hour.merging(["ListCost": price]) { $1 }.merging(more) { $1 }) }
        return file
    }

    private func observed(_ file: FOCUSText) async throws -> Observation<UncoveredCompute>? {
        let desk = try Desk()
        try desk.write(file.text, to: "focus.csv")
        return try await desk.read("focus.csv").uncoveredCompute
    }

    private func reason(_ file: FOCUSText) async throws -> String? { try await observed(file)?.trouble?.code }

    @Test func `is one sum for each hour of the month, and zero where no line is`() async throws {
        let last = ["ChargePeriodStart": "2026-02-28T23:00:00Z", "ChargePeriodEnd": "2026-03-01T00:00:00Z"]
        let observed = try await observed(
            file([("10.0000000001", [:]), ("5", ["SubAccountId": "222233334444"]), ("7", last)]))
        let compute = try #require(observed?.value)
        #expect(compute.hours.count == 672)
        #expect(compute.hours[653] == "15.0000000001", "plans are shared: accounts are added up")
        #expect(compute.hours[671] == "7")
        #expect(compute.hours.sum() == "22.0000000001")
        #expect(compute.lineCount == 3)
        #expect(compute.underPlans == nil)
        #expect(compute.record.id == "L3e.compute")
    }

    @Test(arguments: [
        ["SkuMeter": "USW2-SpotUsage:m6i.large", "PricingCategory": "Dynamic"],
        ["SkuMeter": "USW2-SpotUsage-Fargate-vCPU-Hours:perCPU", "ServiceName": "Amazon Elastic Container Service"],
        ["ServiceName": "Amazon Elastic MapReduce"], ["SkuMeter": "APS2-EBS:VolumeUsage.gp3"],
        ["SkuMeter": "InstanceUsage:db.r6g.large", "ServiceName": "Amazon Relational Database Service"],
        ["SkuMeter": "USE1-Fargate-EphemeralStorage-GB-Hours", "ServiceName": "Amazon Elastic Container Service"],
        ["SkuMeter": "Request", "ServiceName": "AWS Lambda"], ["ChargeClass": "Correction"],
        ["ChargeCategory": "Credit"], ["ChargeCategory": "Tax"], plan,
        ["PricingCategory": "Committed", "CommitmentDiscountId": "ri", "CommitmentDiscountCategory": "Usage"],
        ["CommitmentDiscountId": "arn:plan"],
    ])
    func `is not what is spot, covered, corrected, credited or of another kind`(line: [String: String]) async throws {
        let compute = try #require(try await observed(file([("10", [:]), ("99", line)]))?.value)
        #expect(compute.hours.sum() == "10")
        #expect(compute.lineCount == 1)
    }

    @Test(arguments: [
        ("USE1-Fargate-vCPU-Hours:perCPU", "Amazon Elastic Container Service"),
        ("Fargate-ARM-GB-Hours", "Amazon Elastic Kubernetes Service"), ("USE1-Lambda-GB-Second-ARM", "AWS Lambda"),
        ("Lambda-Provisioned-Concurrency", "AWS Lambda"), ("DedicatedUsage:c5.large", "Amazon Elastic Compute Cloud"),
        ("BoxUsage", "Amazon Elastic Compute Cloud - Compute"),
    ])
    func `is of machines, containers and functions`(meter: String, service: String) async throws {
        let compute = try await observed(file([("10", ["SkuMeter": meter, "ServiceName": service])]))?.value
        #expect(compute?.hours[653] == "10")
    }

    @Test func `stands beside what savings plans covered, whatever its period`() async throws {
        let covered = Self.plan.merging(["ContractedCost": "80", "EffectiveCost": "60", "BilledCost": "0"]) { $1 }
        let unused = covered.merging(["CommitmentDiscountStatus": "Unused", "EffectiveCost": "9"]) { $1 }
        let daily = covered.merging(["ChargePeriodEnd": "2026-03-01T05:00:00Z"]) { $1 }
        let compute = try #require(
            try await observed(file([("10", [:]), ("100", covered), ("100", daily), ("9", unused)]))?.value)
        #expect(compute.underPlans == UncoveredCompute.UnderPlans(onDemand: "160", cost: "120"))
        #expect(compute.hours.sum() == "10")
    }

    @Test(arguments: [
        ["ChargePeriodEnd": "2026-03-01T05:00:00Z"], ["ChargePeriodStart": "2026-02-01T00:00:00Z"],
        ["ChargePeriodEnd": "2026-02-28T05:30:00Z"], ["ChargePeriodStart": "2026-02-01"],
    ])
    func `is unknown where a line of it is not for one hour`(times: [String: String]) async throws {
        let trouble = try await observed(file([("10", [:]), ("5", times)]))?.trouble
        #expect(trouble?.code == "NotHourly")
        #expect(trouble?.message.hasPrefix("of 2 lines of compute 1 are for another period") == true)
    }

    @Test func `does not mind other charges by the day`() async throws {
        let storage = ["SkuMeter": "TimedStorage", "ChargePeriodEnd": "2026-02-28T00:00:00Z"]
        #expect(try await observed(file([("10", [:]), ("5", storage)]))?.value != nil)
    }

    @Test func `is unknown where the export cannot say it, each for its own reason`() async throws {
        #expect(try await reason(.sample) == "NoHourlyPrices")
        #expect(try await reason(file([("10", ["ServiceName": "Amazon S3"])])) == "NoCompute")
        #expect(try await reason(file([("10", [:]), ("", [:])])) == "NoPrice")
        #expect(try await reason(file([("10", [:]), ("convertible", [:])])) == "NoPrice")
        let march = ["ChargePeriodStart": "2026-03-01T00:00:00Z", "ChargePeriodEnd": "2026-03-01T01:00:00Z"]
        #expect(try await reason(file([("10", march)])) == "OutsideMonth")
        #expect(try await reason(file([("-10", [:])])) == "NegativeHour")
        let before = ["ChargePeriodStart": "2026-02-27T23:00:00Z", "ChargePeriodEnd": "2026-02-28T00:00:00Z"]
        #expect(try await reason(file([("10", before)])) == "EndsEarly", "hours to come are not hours without use")
    }

    @Test func `is the same out of Parquet with times and binary numbers of its own`() async throws {
        let desk = try Desk()
        try desk.write(file([("10.25", [:]), ("5.5", [:])]).text, to: "focus.csv")
        try await desk.convert(
            "focus.csv", to: "parquet/focus.parquet", as: "FORMAT parquet",
            more: ", CAST(ListCost AS DOUBLE) AS ListCost, CAST(ChargePeriodStart AS TIMESTAMP) AS ChargePeriodStart")
        let compute = try #require(try await desk.read("parquet/focus.parquet").uncoveredCompute?.value)
        #expect(compute.hours[653] == "15.75")
    }

    @Test(arguments: [false, true])
    func `of a cost and usage report is read by either spelling`(isLegacy: Bool) async throws {
        var report = CURText(isLegacy: isLegacy)
        let hour = [
            "line_item_usage_start_date": "2026-02-28T05:00:00Z", "line_item_usage_end_date": "2026-02-28T06:00:00Z",
            "line_item_usage_type": "BoxUsage:m5.large", "pricing_public_on_demand_cost": "12",
            "pricing_term": "OnDemand",
        ]
        report.lines = report.lines.map { $0.merging(hour) { $1 } }
        report.lines.append(
            hour.merging([
                "line_item_line_item_type": "Usage", "line_item_unblended_cost": "4",
                "pricing_term": "Spot",
            ]) { $1 })
        report.lines.append(
            hour.merging([
                "line_item_line_item_type": "Usage", "line_item_unblended_cost": "4",
                "line_item_product_code": "ElasticMapReduce",
            ]) { $1 })
        report.more = ["line_item_usage_type", "pricing_public_on_demand_cost", "pricing_term"]
        let desk = try Desk()
        try desk.write(report.text, to: "cur.csv")
        let compute = try #require(try await desk.read("cur.csv").uncoveredCompute?.value)
        #expect(compute.hours[653] == "12" && compute.hours.sum() == "12")
        #expect(compute.underPlans == UncoveredCompute.UnderPlans(onDemand: "12", cost: "20"))
    }
}
