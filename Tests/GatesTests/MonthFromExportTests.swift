import FinOps
import Gates
import TestSupport
import Testing

@Suite struct `A month from an export alone` {
    private func judge(
        _ collection: CostCollection, inventory: AccountInventory? = nil, today: CalendarDay = SampleLedger.today
    ) -> Verdict {
        G4CrossValidation().judge(
            CrossValidator(month: SampleLedger.month, metric: .unblended, today: today)
                .validate(collection, inventory: inventory), under: RunPolicy())
    }

    @Test func `is advised, because nothing independent confirms it`() {
        let verdict = judge(SampleExport.collection())
        #expect(verdict.outcome == .advised && verdict.action == nil)
        #expect(
            verdict.reasons.first
                == "Nothing independent confirms the total: both layers are sums of the line items of export "
                + "(FOCUS 1.2 of AWS).")
        #expect(verdict.reasons.contains { $0.hasPrefix("Explained: spp of -5900.00 USD") })
        #expect(!verdict.reasons.contains { $0.contains("Cost Explorer") }, "\(verdict.reasons)")
    }

    @Test func `passes when another export of the organisation agrees account by account`() {
        let verdict = judge(
            SampleExport.collection(lineItems: Self.report()),
            inventory: SampleMonth.inventory(origin: SampleExport.origin()))
        #expect(verdict.outcome == .passed, "\(verdict.reasons)")
        #expect(verdict.reasons.contains { $0.hasPrefix("L3e confirms L3 within rounding") }, "\(verdict.reasons)")
    }

    @Test func `fails when another export differs over the limit`() {
        let verdict = judge(
            SampleExport.collection(lineItems: Self.report(extra: "9000")),
            inventory: SampleMonth.inventory(origin: SampleExport.origin()))
        #expect(verdict.outcome == .failed)
        #expect(verdict.reasons.first?.hasPrefix("L3e differs from L3 by 9000.00 USD") == true, "\(verdict.reasons)")
    }

    @Test(arguments: [
        (SampleExport.origin(manifest: nil), "has no manifest for 2026-02"),
        (SampleExport.origin(linesWithoutInvoice: 3), "is an estimate: no invoice carries 3 of its 1000 line items"),
        (SampleExport.origin(until: CalendarDay("2026-02-20")!), "ends before 2026-02-20"),
        (SampleExport.origin(view: "arn:aws:billing::1:billingview/x"), "shows other prices than AWS bills"),
    ])
    func `is undetermined when the export is not the whole final bill`(origin: ExportOrigin, sentence: String) {
        let verdict = judge(SampleExport.collection(origin))
        #expect(verdict.outcome == .undetermined && verdict.action == .failCrossValidation)
        #expect(verdict.reasons.contains { $0.contains(sentence) }, "\(verdict.reasons)")
        #expect(verdict.trouble?.hint?.hasSuffix("or run without `--source L1=…`") == true)
    }

    @Test func `of a cloud that writes no manifest holds, and says that nothing vouches for it`() {
        let verdict = judge(
            SampleExport.collection(
                SampleExport.origin(
                    format: .focus1_0, provider: "Google Cloud", manifest: nil, linesWithoutInvoice: nil)))
        #expect(verdict.outcome == .advised)
        #expect(verdict.reasons.contains("No manifest says whether export is all of the month."))
        #expect(verdict.reasons.contains("export has no column that says whether it is invoiced."))
    }

    @Test func `that has only just ended is provisional, without a word of AWS`() {
        let verdict = judge(SampleExport.collection(), today: CalendarDay("2026-03-02")!)
        #expect(verdict.reasons.first?.hasPrefix("Provisional: the month has only just ended") == true)
    }

    @Test func `asks no one for costs or accounts, and says so`() {
        let product = SampleMonth.preflight()
        let report = PreflightReport(
            smokeTest: product.smokeTest, identities: [],
            costExplorer: .unknown(ExportOrigin.notAsked("ce:GetCostAndUsage")), origin: SampleExport.origin())
        let permission = G2CostExplorerPermission().judge(report, under: RunPolicy())
        #expect(permission.outcome == .advised)
        #expect(permission.reasons.first?.hasPrefix("Cost Explorer was not asked") == true)
        let accounts = G3AccountDiscovery().judge(
            SampleMonth.inventory(origin: SampleExport.origin()), under: RunPolicy())
        #expect(accounts.outcome == .advised && accounts.action == nil)
        #expect(accounts.reasons.first?.hasSuffix("the organisation was not asked.") == true)
        let none = G3AccountDiscovery().judge(
            SampleMonth.inventory(accounts: [], origin: SampleExport.origin()), under: RunPolicy())
        #expect(none.outcome == .failed && none.action == .halt)
    }

    /// A cost and usage report of the sample month, with more in one account if a test wants it.
    private static func report(extra: ExactDecimal = .zero) -> LineItemExport {
        let charges: [(String, RecordClass, ExactDecimal)] = [
            ("111111111111", .usage, "70590" + extra), ("222222222222", .usage, "35310"),
            ("111111111111", .spp, "-3933"), ("222222222222", .spp, "-1967"),
        ]
        return LineItemExport(
            source: "report", format: .cur2, month: SampleLedger.month, currency: .usd,
            charges: charges.map {
                LineItemExport.Charge(
                    account: $0.0, service: "AmazonEC2", recordClass: $0.1, invoice: "INV", billed: $0.2,
                    effective: nil, lineCount: 10)
            }, discounts: [], delivery: SampleExport.origin().delivery, billedMetric: .unblended,
            effectiveMetric: nil, record: SampleLedger.record("L3e", rows: 40))
    }
}
