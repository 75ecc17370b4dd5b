import FinOps
import TestSupport
import Testing

@testable import CostExports

@Suite struct `A whole month from an export` {
    static let queries = [
        CostQuery(
            id: "daily", firstDay: CalendarDay("2025-12-01")!, endDay: CalendarDay("2026-03-01")!, granularity: .daily,
            groupBy: [.service]),
        CostQuery(
            id: "L1", firstDay: CalendarDay("2026-01-01")!, endDay: CalendarDay("2026-03-01")!, granularity: .monthly,
            groupBy: [.account, .service], excludedRecordTypes: RecordClass.sppSpellings),
        CostQuery(
            id: "L3", firstDay: CalendarDay("2025-02-01")!, endDay: CalendarDay("2026-03-01")!, granularity: .monthly,
            groupBy: [.account, .recordType]),
    ]

    private func deliver(_ desk: Desk, _ file: FOCUSText, _ month: String = "2026-02", manifest: Bool = true) throws {
        let name = "data/BILLING_PERIOD=\(month)/month-00001.csv"
        try desk.write(file.text, to: name)
        guard manifest else { return }
        try desk.write(
            #"{"dataFiles": ["s3://bucket/export/\#(name)"]}"#,
            to: "metadata/BILLING_PERIOD=\(month)/month-Manifest.json")
    }

    private func read(_ desk: Desk, _ name: String = "") async throws -> MonthExport {
        try await MonthExportReader(desk.reader).read(
            path: name.isEmpty ? desk.folder.path : desk.folder[name], month: Desk.month, queries: Self.queries)
    }

    private func sums(
        _ ledger: CostLedger, _ metric: CostMetric, by dimension: CostQuery.Dimension,
        in month: BillingMonth = Desk.month
    ) -> [String: ExactDecimal] { ledger.totals(metric, in: month, by: dimension) }

    @Test func `answers by record type, each discount before which a charge stands a line of its own`() async throws {
        let desk = try Desk()
        try deliver(desk, .sampleByDay)
        let ledger = try await read(desk).ledger(for: Self.queries[2])
        #expect(
            sums(ledger, .unblended, by: .recordType) == [
                "Usage": "110.9270000001", "Solution Provider Program Discount": "-0.627", "Tax": "15",
                "Credit": "-3.5", "Refund": "-1.25", "Recurring Fee": "7",
            ])
        #expect(
            sums(ledger, .netUnblended, by: .recordType)["Usage"] == "110.3000000001",
            "net: the discount is folded in")
        #expect(ledger.total(.unblended, in: Desk.month) == ledger.total(.netUnblended, in: Desk.month))
        #expect(ledger.total(.netAmortized, in: Desk.month) == "126.05")
        #expect(ledger.lines.allSatisfy { $0.amounts[.blended] == nil && $0.amounts[.amortized] == nil })
    }

    @Test func `answers by service without the partner discount, and by day with it`() async throws {
        let desk = try Desk()
        try deliver(desk, .sampleByDay)
        let export = try await read(desk)
        let services = try export.ledger(for: Self.queries[1])
        #expect(services.query.excludedRecordTypes == RecordClass.sppSpellings)
        #expect(sums(services, .unblended, by: .service)["Amazon Simple Storage Service"] == "6.1770000001")
        #expect(services.total(.unblended, in: Desk.month) == "128.1770000001")
        let daily = try export.ledger(for: Self.queries[0])
        #expect(daily.total(.unblended, in: Desk.month) == "127.5500000001")
        #expect(
            daily.lines.filter { $0.keys == ["Amazon RDS"] }.map(\.day) == [CalendarDay("2026-02-28")!],
            "a charge for days after the month counts on its last")
        #expect(daily.lines.filter { $0.keys == ["Tax"] }.map(\.day) == [CalendarDay("2026-02-01")!])
    }

    @Test func `goes back as far as months lie there whole, and says why no further`() async throws {
        let desk = try Desk()
        for month in ["2025-10", "2025-12", "2026-01", "2026-02"] {
            var file = FOCUSText.sampleByDay
            file.move(to: month)
            try deliver(desk, file, month)
        }
        let export = try await read(desk)
        #expect(export.origin.firstMonth == BillingMonth("2025-12"))
        #expect(export.origin.historyEnd == "November 2025 is not in the export")
        let ledger = try export.ledger(for: Self.queries[2])
        #expect(ledger.query.firstDay == CalendarDay("2025-12-01"))
        #expect(Set(ledger.lines.map(\.day.billingMonth.description)) == ["2025-12", "2026-01", "2026-02"])
        #expect(try export.ledger(for: Self.queries[1]).query.firstDay == CalendarDay("2026-01-01"))
    }

    @Test(arguments: [
        ("InvoiceId", "", "the export of January 2026 is an estimate"),
        ("ChargePeriodEnd", "2026-01-12T00:00:00Z", "the export of January 2026 ends early"),
        ("BillingCurrency", "EUR", "January 2026 is in EUR"),
    ])
    func `stops before a month that is not whole`(column: String, value: String, reason: String) async throws {
        let desk = try Desk()
        try deliver(desk, .sampleByDay)
        var january = FOCUSText.sampleByDay
        january.move(to: "2026-01")
        for index in january.lines.indices { january.lines[index][column] = value }
        try deliver(desk, january, "2026-01")
        let origin = try await read(desk).origin
        #expect(origin.historyEnd == reason)
        #expect(origin.firstMonth == Desk.month)
    }

    @Test func `takes accounts, payer and provider from the line items`() async throws {
        let desk = try Desk()
        try deliver(desk, .sampleByDay)
        let export = try await read(desk)
        #expect(export.accounts.map(\.id) == ["012345678901", "111122223333", "222233334444"])
        #expect(export.accounts.map(\.name) == ["Data, \"new\"", "111122223333", "222233334444"])
        #expect(export.origin.billingAccount == "111122223333")
        #expect(export.origin.provider == "AWS")
        #expect(export.origin.itemizesDiscounts)
        #expect(export.metrics == [.unblended, .netUnblended, .netAmortized])
    }

    /// Subscriptions instead of account numbers, an inclusive last day, a manifest of its own, no column of AWS's.
    @Test func `of Microsoft is read as it is delivered`() async throws {
        let desk = try Desk()
        var file = FOCUSText.sampleByDay
        file.columns.removeAll { ["InvoiceId", "x_Discounts"].contains($0) }
        for index in file.lines.indices {
            file.lines[index].merge([
                "ProviderName": "Microsoft", "BillingAccountId": "/providers/Microsoft.Billing/billingAccounts/8611537",
                "SubAccountId": "/subscriptions/64e355d7-997c-491d-b0c1-8414dccfcf4\(index % 2)",
                "SubAccountName": "Subscription \(index % 2)", "BillingCurrency": "EUR",
            ]) { $1 }
        }
        let folder = "focus/20260201-20260228/0f5d8c1e-9a1b-4a65-9c7f-2f5a3a0c9d11"
        try desk.write(file.text, to: "\(folder)/part_0_0001.csv")
        try desk.write(
            #"{"manifestVersion": "2024-04-01", "blobCount": 1, "blobs": [{"blobName": "exports/\#(folder)/part_0_0001.csv"}]}"#,
            to: "\(folder)/manifest.json")
        let export = try await read(desk)
        #expect(export.origin.provider == "Microsoft")
        #expect(export.origin.format == .focus1_0)
        #expect(export.origin.delivery.manifest == "\(folder)/manifest.json")
        #expect(!export.origin.itemizesDiscounts && export.origin.isInvoiced == nil && !export.origin.isOfAWS)
        #expect(export.accounts.map(\.name) == ["Subscription 0", "Subscription 1"])
        let services = try export.ledger(for: Self.queries[1])
        #expect(services.currency == Currency("EUR"))
        #expect(services.query.excludedRecordTypes.isEmpty, "no discount stands apart")
        #expect(services.total(.unblended, in: Desk.month) == "127.5500000001")
        let types = sums(try export.ledger(for: Self.queries[2]), .unblended, by: .recordType)
        #expect(types["Fee"] == "7", "only AWS's recurring fees are known to follow the days")
    }

    @Test func `that is not there names the months that are`() async throws {
        let desk = try Desk()
        try deliver(desk, .sampleByDay, "2025-11")
        let error = await #expect(throws: InputError.self) { try await read(desk) }
        #expect(error?.summary.hasSuffix("holds no line items of 2026-02") == true)
        #expect(error?.hint == "it holds 2025-11: name one with `--month`")
    }

    @Test func `that does not say who charges is refused`() async throws {
        let desk = try Desk()
        var file = FOCUSText.sampleByDay
        file.columns.removeAll { $0 == "ProviderName" }
        try desk.write(file.text, to: "focus.csv")
        let error = await #expect(throws: InputError.self) { try await read(desk, "focus.csv") }
        #expect(error?.summary == "focus.csv does not say who charges")
    }

    @Test(arguments: [false, true])
    func `of a cost and usage report keeps AWS's own record types`(isLegacy: Bool) async throws {
        let desk = try Desk()
        var file = CURText(isLegacy: isLegacy)
        for index in file.lines.indices { file.lines[index]["line_item_usage_start_date"] = "2026-02-03T00:00:00Z" }
        try desk.write(file.text, to: "cur.csv")
        let export = try await read(desk, "cur.csv")
        let ledger = try export.ledger(for: Self.queries[2])
        #expect(sums(ledger, .unblended, by: .recordType)["SppDiscount"] == "-2.36")
        #expect(sums(ledger, .unblended, by: .recordType)["SavingsPlanNegation"] == "-30")
        let services = try export.ledger(for: Self.queries[1])
        #expect(
            services.total(.unblended, in: Desk.month) - ledger.total(.unblended, in: Desk.month) == "2.36",
            "L1 leaves the partner discount out")
        #expect(export.metrics == [.unblended, .netUnblended, .amortized])
    }
}

extension FOCUSText {
    /// The sample with what a month alone needs: who charges, names, days, and how often.
    static var sampleByDay: FOCUSText {
        var file = sample
        file.columns += ["ProviderName", "SubAccountName", "ChargePeriodStart", "ChargeFrequency"]
        for index in file.lines.indices {
            file.lines[index]["ProviderName"] = "AWS"
            file.lines[index]["ChargePeriodStart"] = "2026-02-0\(index + 1)T00:00:00Z"
            file.lines[index]["ChargeFrequency"] = "Recurring"
        }
        file.lines[0]["SubAccountName"] = "Data, \"new\""
        file.lines[3]["ChargePeriodStart"] = "2026-03-04T00:00:00Z"
        file.lines[4]["ChargePeriodStart"] = "2026-01-31T00:00:00Z"
        return file
    }

    /// The same lines, of another billing period.
    mutating func move(to month: String) {
        let end = BillingMonth(month)!.firstDayAfter
        for index in lines.indices {
            lines[index].merge([
                "BillingPeriodStart": "\(month)-01T00:00:00Z", "ChargePeriodStart": "\(month)-01T00:00:00Z",
                "ChargePeriodEnd": "\(end)T00:00:00Z",
            ]) { $1 }
        }
    }
}
