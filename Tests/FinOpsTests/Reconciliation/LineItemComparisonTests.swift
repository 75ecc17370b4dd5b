import FinOps
import TestSupport
import Testing

@Suite struct `Line items held against Cost Explorer` {
    /// Two accounts, the partner discount itemised, every line invoiced.
    private func export(
        _ changed: [(account: String, recordClass: RecordClass, amount: ExactDecimal)] = [],
        delivery: LineItemExport.Delivery? = nil, currency: Currency = .usd
    ) -> LineItemExport {
        let charges: [(String, RecordClass, ExactDecimal)] =
            [("111111111111", .usage, "66657"), ("222222222222", .usage, "33343")]
            + changed.map { ($0.account, $0.recordClass, $0.amount) }
        return LineItemExport(
            source: "export", format: .focus1_2, month: SampleLedger.month, currency: currency,
            charges: charges.map {
                LineItemExport.Charge(
                    account: $0.0, service: "Amazon EC2", recordClass: $0.1, invoice: "INV", billed: $0.2,
                    effective: nil, lineCount: 10)
            },
            discounts: [
                LineItemExport.Discount(account: "111111111111", charged: .usage, kind: .spp, amount: "-3933"),
                LineItemExport.Discount(account: "222222222222", charged: .usage, kind: .spp, amount: "-1967"),
            ], delivery: delivery ?? Self.delivery(), billedMetric: .netUnblended, effectiveMetric: nil,
            record: QueryRecord(
                id: "L3e", operation: "duckdb", parameters: "{}", parametersSHA256: .zero, pages: [], rows: 20))
    }

    private static func delivery(
        isFolder: Bool = true, manifest: String? = "Manifest.json", linesWithoutInvoice: Int? = 0,
        until: CalendarDay = SampleLedger.month.firstDayAfter, view: String? = nil
    ) -> LineItemExport.Delivery {
        LineItemExport.Delivery(
            isFolder: isFolder, manifest: manifest, supersededDeliveries: 0, strayFiles: 0,
            linesWithoutInvoice: linesWithoutInvoice, chargedUntil: until, proFormaView: view)
    }

    private func validation(_ export: LineItemExport) -> CrossValidation {
        let costs = SampleCollection.partnerDiscount()
        return CrossValidator(
            month: SampleLedger.month, metric: .unblended, today: SampleLedger.month.firstDayAfter.adding(days: 20)
        ).validate(
            CostCollection(
                month: costs.month, services: costs.services, recordTypes: costs.recordTypes, daily: costs.daily,
                forecast: costs.forecast, budgets: costs.budgets, invoices: costs.invoices, lineItems: export),
            inventory: Self.payer)
    }

    private static let payer = AccountInventory(
        scope: .organization, accounts: [SampleMonth.account("111111111111"), SampleMonth.account("222222222222")],
        managementAccountID: "111111111111", citation: "organizations:ListAccounts", requestIDs: [], troubles: [],
        callerAccountID: "111111111111", organizationTrouble: nil)

    private func comparison(_ export: LineItemExport) throws -> LayerComparison {
        try #require(validation(export).comparisons?.first { $0.id == "L3e" })
    }

    @Test func `agree exactly when every account does`() throws {
        let comparison = try comparison(export())
        #expect(comparison.agreement == .exact, "\(comparison.obstacles)")
        #expect(comparison.weight == .binding)
        #expect(comparison.figures?.causes == nil)
    }

    @Test func `are one source, whatever the number of comparisons`() {
        let month = validation(export())
        #expect(month.comparisons?.filter { $0.sourceID == "L3e" }.count == 2)
        #expect(month.outsideSources.map(\.id) == ["L3e"])
        #expect(month.outsideSources.map(\.confirms) == [true])
        #expect(validation(export([("111111111111", .tax, "5")])).outsideSources.map(\.confirms) == [false])
    }

    @Test func `that could not be compared are no source`() throws {
        let unreadable = export(currency: Currency("NZD")!)
        #expect(validation(unreadable).outsideSources.isEmpty)
    }

    @Test func `take a difference apart, each way to the last digit`() throws {
        let changed = try comparison(
            export([("111111111111", .credit, "-12.34"), ("222222222222", .tax, "5")]))
        let figures = try #require(changed.figures)
        #expect(figures.residual == "-7.34")
        #expect(figures.unexplained == "17.34")
        for kind in [RootCause.Kind.account, .recordType] {
            let parts = (figures.causes ?? []).filter { $0.kind == kind }
            #expect(parts.map(\.amount) == ["-12.34", "5"])
            #expect(parts.map(\.amount).sum() == figures.residual)
        }
    }

    @Test func `show errors of two accounts that offset one another`() throws {
        let changed = try comparison(
            export([("111111111111", .usage, "100"), ("222222222222", .usage, "-100")]))
        #expect(changed.agreement == .unexplained)
        #expect(changed.figures?.residual == .zero)
        #expect(changed.figures?.unexplained == "200")
    }

    @Test func `name the partner discount when it is what differs`() throws {
        var other = export([("111111111111", .usage, "-50")])
        other = LineItemExport(
            source: other.source, format: other.format, month: other.month, currency: other.currency,
            charges: other.charges,
            discounts: other.discounts + [
                LineItemExport.Discount(account: "111111111111", charged: .usage, kind: .spp, amount: "-50")
            ], delivery: other.delivery, billedMetric: other.billedMetric, effectiveMetric: nil, record: other.record)
        let classes = try #require(comparison(other).figures?.causes).filter { $0.kind == .recordType }
        #expect(classes.map(\.name) == ["spp"])
        #expect(classes.map(\.amount) == ["-50"])
    }

    @Test(arguments: [
        (delivery(manifest: nil), "IncompleteExport"),
        (delivery(until: CalendarDay("2026-02-20")!), "IncompleteExport"),
        (delivery(linesWithoutInvoice: 3), "EstimatedExport"),
        (delivery(view: "arn:aws:billing::1:billingview/x"), "ProFormaExport"),
    ])
    func `that are not the whole, final bill establish nothing`(delivery: LineItemExport.Delivery, code: String) {
        let check = validation(export(delivery: delivery))
        #expect(check.missing.map(\.code) == [code])
        #expect(check.residual == nil)
    }

    @Test func `of a single file may advise but never fail a month`() throws {
        let file = try comparison(export(delivery: Self.delivery(isFolder: false, manifest: nil)))
        #expect(file.weight == .provisional)
        #expect(file.notes == ["a single file, so that nothing says whether it is all"])
    }

    @Test func `in another currency are not compared`() throws {
        let other = try comparison(export(currency: Currency("EUR")!))
        #expect(other.agreement == .notCompared)
        #expect(other.obstacles == ["it is in EUR, and the costs are in USD"])
    }
}
