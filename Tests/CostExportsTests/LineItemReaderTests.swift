import FinOps
import Testing

@testable import CostExports

@Suite struct `A FOCUS export` {
    @Test func `is added up exactly by account, class and invoice`() async throws {
        let desk = try Desk()
        try desk.write(FOCUSText.sample.text, to: "focus.csv")
        let export = try await desk.read("focus.csv")
        #expect(export.format == .focus1_2)
        #expect(export.currency == .usd)
        #expect(export.lineCount == 8)
        #expect(export.charges.map(\.billed).sum() == "127.5500000001")
        #expect(
            sums(export) { $0.account } == [
                "012345678901": "12.5500000001", "111122223333": "15", "222233334444": "100",
            ])
        #expect(
            sums(export) { $0.recordClass.rawValue } == [
                "usage": "110.3000000001", "tax": "15", "credit": "-3.5", "refund": "-1.25", "commitment_fee": "7",
            ])
        #expect(sums(export) { $0.invoice ?? "none" } == ["INV-1": "27.5500000001", "INV-2": "100"])
        #expect(export.effectiveMetric == .netAmortized)
        #expect(export.charges.compactMap(\.effective).sum() == "126.05")
    }

    @Test func `keeps discounts apart by kind, whatever sign their column has`() async throws {
        for sign in ["-", ""] {
            let desk = try Desk()
            var file = FOCUSText()
            file.add("10", ["x_Discounts": #"{"SppDiscount":\#(sign)0.6,"edpDiscount":\#(sign)0.1}"#])
            file.add("10", ["x_Discounts": #"{"SppDiscount":\#(sign)0.6}"#])
            file.add("10", ["x_Discounts": "{}"])
            try desk.write(file.text, to: "focus.csv")
            let discounts = try await desk.read("focus.csv").discounts
            #expect(discounts.map(\.kind) == [.enterpriseDiscount, .spp])
            #expect(discounts.map(\.amount) == ["-0.1", "-1.2"])
            #expect(discounts.allSatisfy { $0.account == "012345678901" && $0.charged == .usage })
        }
    }

    @Test(arguments: [
        ("focus.csv.gz", "FORMAT csv, COMPRESSION gzip, HEADER"),
        ("focus.snappy.parquet", "FORMAT parquet, COMPRESSION snappy"),
    ])
    func `says the same as gzip and as Parquet with binary costs`(name: String, options: String) async throws {
        let desk = try Desk()
        try desk.write(FOCUSText.sample.text, to: "focus.csv")
        try await desk.convert("focus.csv", to: name, as: options)
        let (text, other) = (try await desk.read("focus.csv"), try await desk.read(name))
        #expect(other.charges == text.charges)
        #expect(other.discounts == text.discounts)
        #expect(other.delivery == text.delivery)
    }

    @Test func `without invoice ids is FOCUS 1.0, and its finality is not known from it`() async throws {
        let desk = try Desk()
        var file = FOCUSText.sample
        file.columns.removeAll { $0 == "InvoiceId" }
        try desk.write(file.text, to: "focus.csv")
        let export = try await desk.read("focus.csv")
        #expect(export.format == .focus1_0)
        #expect(export.delivery.linesWithoutInvoice == nil)
        #expect(export.charges.map(\.billed).sum() == "127.5500000001")
    }

    @Test func `counts the lines that no invoice carries yet`() async throws {
        let desk = try Desk()
        var file = FOCUSText.sample
        file.add("1", ["InvoiceId": ""])
        file.add("1", ["InvoiceId": "", "ChargePeriodEnd": "2026-02-20T00:00:00Z"])
        try desk.write(file.text, to: "focus.csv")
        let delivery = try await desk.read("focus.csv").delivery
        #expect(delivery.linesWithoutInvoice == 2)
        #expect(delivery.chargedUntil == CalendarDay("2026-03-01"))
    }

    private func sums(
        _ export: LineItemExport, by key: (LineItemExport.Charge) -> String
    ) -> [String: ExactDecimal] {
        export.charges.reduce(into: [:]) { $0[key($1), default: .zero] += $1.billed }
    }
}

@Suite struct `A cost and usage report` {
    @Test(arguments: [LineItemExport.Format.cur2, .curLegacy])
    func `counts commitments as AWS does, in either spelling`(format: LineItemExport.Format) async throws {
        let desk = try Desk()
        try desk.write(CURText(isLegacy: format == .curLegacy).text, to: "cur.csv")
        let export = try await desk.read("cur.csv")
        #expect(export.format == format)
        #expect(export.billedMetric == .unblended)
        #expect(export.effectiveMetric == .amortized)
        let billed = export.charges.reduce(into: [RecordClass: ExactDecimal]()) {
            $0[$1.recordClass, default: .zero] += $1.billed
        }
        #expect(
            billed == [
                .usage: "40", .savingsPlanNegation: "-30", .commitmentFee: "44", .spp: "-2.36", .tax: "1.5",
            ])
        // Covered usage at the plan's price, what the plan left unused, and what the reservation left unused.
        #expect(export.charges.compactMap(\.effective).sum() == "53.14")
    }

    @Test func `leaves out the lines that split a container's cost`() async throws {
        let desk = try Desk()
        var file = CURText(isLegacy: false)
        file.lines.append([
            "line_item_line_item_type": "Usage", "line_item_unblended_cost": "5",
            "line_item_operation": "ECSTask-EC2",
        ])
        try desk.write(file.text, to: "cur.csv")
        #expect(try await desk.read("cur.csv").lineCount == 8)
    }
}
