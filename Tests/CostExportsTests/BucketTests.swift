import FinOps
import Foundation
import TestSupport
import Testing

@testable import CostExports

@Suite struct `An export in a bucket` {
    private let desk: Desk
    private let bucket = MemoryBucket()
    private let data = "finops/month/data/BILLING_PERIOD=2026-02"

    init() throws {
        desk = try Desk()
        bucket["\(data)/month-00001.csv"] = FOCUSText.sample.text
        bucket["\(data)/month-00009.csv"] = FOCUSText.sample.text + "\n"
        // The month before would be read, for what moved since.
        bucket["finops/month/data/BILLING_PERIOD=2025-12/month-00001.csv"] = "another month"
        bucket["finops/month/metadata/BILLING_PERIOD=2026-02/month-Manifest.json"] =
            #"{"dataFiles": ["s3://bills/\#(data)/month-00001.csv"]}"#
        bucket["finops/month-of-others/data/BILLING_PERIOD=2026-02/month-00001.csv"] = "a neighbour's"
    }

    private func read(_ address: String, partBytes: Int = 8 << 20) async throws -> LineItemExport {
        try await desk.reader.read(ObjectAddress(address)!, through: copies(partBytes), month: Desk.month)
    }

    private func copies(_ partBytes: Int = 8 << 20) -> ObjectCopies {
        ObjectCopies(
            of: bucket, folder: desk.folder["cache"], disk: PlainDisk(), hashing: CountingHash(), partBytes: partBytes)
    }

    private func refusal(_ address: String) async -> (any ExplainedError)? {
        do {
            _ = try await read(address)
            return nil
        } catch {
            return error as? any ExplainedError
        }
    }

    @Test(arguments: ["s3://bills/finops/month", "s3://bills/finops/month/", "s3://bills/finops", "s3://bills"])
    func `is read by its manifest, and nothing else is fetched`(address: String) async throws {
        bucket["finops/month-of-others/data/BILLING_PERIOD=2026-02/month-00001.csv"] = nil
        let export = try await read(address)
        #expect(export.lineCount == 8)
        #expect(export.charges.map(\.billed).sum() == "127.5500000001")
        #expect(export.delivery.manifest?.hasSuffix("metadata/BILLING_PERIOD=2026-02/month-Manifest.json") == true)
        #expect(export.delivery.strayFiles == 1)
        #expect(
            bucket.reads.map { $0.split(separator: "/").last! }.sorted() == [
                "month-00001.csv 0-\(FOCUSText.sample.text.utf8.count - 1)", "month-Manifest.json 0-85",
            ])
    }

    @Test func `leaves out a neighbour whose name begins the same`() async throws {
        #expect(try await read("s3://bills/finops/month").delivery.strayFiles == 1)
    }

    @Test func `says the same as its copy on this machine`() async throws {
        try desk.write(FOCUSText.sample.text, to: "month/\(data)/month-00001.csv")
        let here = try await desk.read("month")
        let there = try await read("s3://bills/\(data)/month-00001.csv")
        #expect(there.charges == here.charges && there.discounts == here.discounts)
        #expect(!there.delivery.isFolder && there.source == "month-00001.csv")
    }

    @Test func `is not fetched again while it is the same, and anew when it was replaced`() async throws {
        let key = "\(data)/month-00001.csv"
        let first = try await read("s3://bills/\(key)")
        bucket.forgetReads()
        #expect(try await read("s3://bills/\(key)").charges == first.charges)
        #expect(bucket.reads.isEmpty)
        var file = FOCUSText.sample
        file.add("1")
        bucket[key] = file.text
        #expect(try await read("s3://bills/\(key)").lineCount == 9)
        #expect(bucket.reads.count == 1)
        let kept = try FileManager.default.subpathsOfDirectory(atPath: desk.folder["cache"])
        #expect(kept.count { $0.hasSuffix(".csv") } == 1, "\(kept)")
    }

    @Test func `goes on where it was interrupted`() async throws {
        let key = "\(data)/month-00001.csv"
        let size = FOCUSText.sample.text.utf8.count
        bucket.fail(afterReads: 3)
        await #expect(throws: ExportTrouble.self) { try await read("s3://bills/\(key)", partBytes: 100) }
        #expect(bucket.reads == ["\(key) 0-99", "\(key) 100-199", "\(key) 200-299"])
        bucket.forgetReads()
        bucket.fail(afterReads: .max)
        #expect(try await read("s3://bills/\(key)", partBytes: 100).lineCount == 8)
        // The last part may have been written and not be durable.
        #expect(bucket.reads.contains("\(key) 200-299") && !bucket.reads.contains("\(key) 100-199"))
        #expect(bucket.reads.count == (size - 200 + 99) / 100)
    }

    @Test func `takes nothing of a part that was torn`() async throws {
        let object = try await bucket.look(at: "\(data)/month-00001.csv", in: "bills")
        bucket.fail(afterReads: 2)
        _ = try? await copies(100).copy(of: object)
        let partial = try #require(
            FileManager.default.subpathsOfDirectory(atPath: desk.folder["cache"]).first { $0.hasSuffix(".partial") })
        let file = try #require(FileHandle(forUpdatingAtPath: desk.folder["cache/\(partial)"]))
        try file.seek(toOffset: 150)
        try file.write(contentsOf: Data(repeating: 0, count: 50))
        try file.close()
        bucket.fail(afterReads: .max)
        let path = try await copies(100).copy(of: object)
        #expect(try String(contentsOfFile: path, encoding: .utf8) == FOCUSText.sample.text)
    }

    @Test func `that is not there, not ours or replaced gets a sentence with its address`() async throws {
        let absent = try #require(await refusal("s3://bills/finops/other/x.csv"))
        #expect(absent is InputError && absent.summary == "s3://bills/finops/other/x.csv does not exist")
        let empty = try #require(await refusal("s3://bills/nothing"))
        #expect(empty is InputError && empty.summary == "s3://bills/nothing holds no objects")
        bucket.fail(afterReads: 0, .accessDenied)
        let denied = try #require(await refusal("s3://bills/finops/month"))
        #expect(denied is InputError && denied.code == "export_denied")
        #expect(denied.summary.hasSuffix("month-Manifest.json may not be read with these credentials"))
        #expect(denied.hint?.contains("iam-policy --export-bucket bills") == true)
        bucket.fail(afterReads: 1, .inconsistent)
        let replaced = try #require(await refusal("s3://bills/finops/month"))
        #expect(replaced.code == "export_replaced" && !(replaced is InputError))
        #expect(replaced.summary == "s3://bills/\(data)/month-00001.csv was replaced while it was read")
    }

    @Test(arguments: ["s3:/bills", "s3://", "s3:///key", "bills"]) func `has an address`(text: String) {
        #expect(ObjectAddress(text) == nil)
    }
}
