import FinOps
import Testing

@testable import CostExports

@Suite struct `A folder as AWS delivers it` {
    private let key = "s3://bucket/prefix/month/data/BILLING_PERIOD=2026-02/month-00001.csv"

    private func deliver(_ desk: Desk, manifest: String? = nil) throws {
        try desk.write(FOCUSText.sample.text, to: "data/BILLING_PERIOD=2026-02/month-00001.csv")
        try desk.write(FOCUSText.sample.text, to: "data/BILLING_PERIOD=2026-01/month-00001.csv")
        try desk.write(
            manifest ?? #"{"dataFiles": ["\#(key)"]}"#, to: "metadata/BILLING_PERIOD=2026-02/month-Manifest.json")
    }

    @Test func `is read by its manifest, and only for the month`() async throws {
        let desk = try Desk()
        try deliver(desk)
        let export = try await desk.read()
        #expect(export.lineCount == 8)
        #expect(export.delivery.manifest == "metadata/BILLING_PERIOD=2026-02/month-Manifest.json")
        #expect(export.delivery.strayFiles == 0)
        #expect(export.record.pages.count == 1)
    }

    @Test func `keeps files unread that the manifest does not list`() async throws {
        let desk = try Desk()
        try deliver(desk)
        try desk.write(FOCUSText.sample.text + "\n", to: "data/BILLING_PERIOD=2026-02/month-00002.csv")
        let export = try await desk.read()
        #expect(export.lineCount == 8)
        #expect(export.delivery.strayFiles == 1)
    }

    @Test func `without a manifest is read, and said to have none`() async throws {
        let desk = try Desk()
        try desk.write(FOCUSText.sample.text, to: "month-00001.csv")
        let delivery = try await desk.read().delivery
        #expect(delivery.isFolder)
        #expect(delivery.manifest == nil)
    }

    @Test func `that was delivered again is read as the newest says`() async throws {
        let desk = try Desk()
        for (time, billed) in [("2026-03-02T10:00:00.000Z-aa", "1"), ("2026-03-04T10:00:00.000Z-bb", "2")] {
            var file = FOCUSText()
            file.add(billed)
            try desk.write(file.text, to: "data/BILLING_PERIOD=2026-02/\(time)/month-00001.csv")
            try desk.write(
                #"{"dataFiles": ["s3://bucket/month/data/BILLING_PERIOD=2026-02/\#(time)/month-00001.csv"]}"#,
                to: "metadata/BILLING_PERIOD=2026-02/\(time)/month-Manifest.json")
        }
        let export = try await desk.read()
        #expect(export.charges.map(\.billed) == ["2"])
        #expect(export.delivery.supersededDeliveries == 1)
    }

    @Test func `of the older report is read by its own manifest`() async throws {
        let desk = try Desk()
        try desk.write(CURText(isLegacy: true).text, to: "cur/20260201-20260301/af01/cur-1.csv")
        let manifest = #"{"assemblyId": "af01", "reportKeys": ["billing/cur/20260201-20260301/af01/cur-1.csv"]}"#
        for folder in ["", "/af01"] { try desk.write(manifest, to: "cur/20260201-20260301\(folder)/cur-Manifest.json") }
        let export = try await desk.read("cur")
        #expect(export.format == .curLegacy)
        #expect(export.delivery.supersededDeliveries == 0)
    }

    @Test func `in two encodings is refused`() async throws {
        let desk = try Desk()
        try desk.write(FOCUSText.sample.text, to: "a.csv")
        try await desk.convert("a.csv", to: "b.parquet", as: "FORMAT parquet")
        #expect(try await desk.refusal()?.summary == "the export mixes CSV and Parquet files")
    }

    @Test func `whose manifest names a billing view of other prices says so`() async throws {
        let desk = try Desk()
        let view = "arn:aws:billing::111122223333:billingview/billing-group-42"
        try deliver(desk, manifest: #"{"dataFiles": ["\#(key)"], "export": {"view": "\#(view)"}}"#)
        #expect(try await desk.read().delivery.proFormaView == view)
    }
}
