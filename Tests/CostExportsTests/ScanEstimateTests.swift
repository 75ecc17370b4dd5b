import FinOps
import Foundation
import TestSupport
import Testing

@testable import CostExports

/// What a table will scan at most, by its files, before Athena is asked.
@Suite struct `An estimate of a scan` {
    private static let table = TableDescription(
        location: ObjectAddress("s3://bills/data")!, partitionKeys: [], projectedLocation: nil)

    private func words(_ catalogue: Catalogue, _ files: [String: Int]) async throws -> String {
        let bucket = MemoryBucket()
        for (key, bytes) in files { bucket[key] = String(repeating: "x", count: bytes) }
        let settings = AthenaSettings(
            workGroup: "reports", results: nil, spendingLimitUSD: "1.00", priceUSDPerTerabyte: "5.00")
        return try await ScanEstimate(
            TableName("finops.focus")!, settings: settings, service: catalogue, objects: bucket
        ).words(Desk.month)
    }

    @Test func `is four queries of the month's files, one of which reads those of the month before as well`()
        async throws
    {
        let words = try await words(
            Catalogue(
                table: TableDescription(
                    location: ObjectAddress("s3://bills/data")!, partitionKeys: ["billing_period"],
                    projectedLocation: "s3://bills/data/BILLING_PERIOD=${billing_period}")),
            [
                "data/BILLING_PERIOD=2026-02/a": 11_000_000, "data/BILLING_PERIOD=2026-02/b": 500_000,
                "data/BILLING_PERIOD=2026-01/a": 3_000_000, "data/BILLING_PERIOD=2025-12/a": 9_000_000,
            ])
        // Three times 12 MB and once 15 MB at five dollars a terabyte.
        #expect(
            words == "Athena: table finops.focus, at most USD 0.0003 by the size of its files (11500000 bytes, "
                + "3000000 of the month before); limit USD 1.00; work group reports itself stops no query")
    }

    @Test func `asks the catalogue for partitions that are registered, and counts what is not there as nothing`()
        async throws
    {
        let catalogue = Catalogue(
            table: TableDescription(
                location: ObjectAddress("s3://bills/data")!, partitionKeys: ["year", "month"], projectedLocation: nil),
            partitions: [["2026", "2"]: ObjectAddress("s3://bills/data/year=2026/month=2")!])
        let words = try await words(
            catalogue, ["data/year=2026/month=2/a": 5, "data/year=2026/month=1/a": 7, "data/year=2026/month=20/a": 9])
        #expect(words.contains("(5 bytes, 0 of the month before)"), "\(words)")
    }

    @Test func `of a table without partitions is all of it, each time`() async throws {
        let words = try await words(Catalogue(table: Self.table, scanLimit: 10_000_000), ["data/a": 5, "other/a": 7])
        #expect(words.contains("(5 bytes, 5 of the month before)"), "\(words)")
        #expect(words.hasSuffix("work group reports stops a query at 10000000 bytes, USD 0.0001"), "\(words)")
    }

    @Test func `that cannot be made says why, and is no obstacle`() async throws {
        let words = try await words(Catalogue(table: nil), [:])
        #expect(
            words.hasPrefix(
                "Athena: table finops.focus, what it will scan is not known before (no, AccessDenied from glue:GetTable)"
            ),
            "\(words)")
        #expect(words.contains("; limit USD 1.00;"))
    }
}

/// A catalogue without an engine.
private struct Catalogue: QueryService {
    var table: TableDescription?
    var partitions: [[String]: ObjectAddress] = [:]
    var scanLimit: Int?

    func run(_ query: RemoteQuery) async throws -> RemoteQueryEnd { throw trouble(.unreachable, "none") }
    func scanLimitBytes(of workGroup: String) async throws -> Int? { scanLimit }

    func description(of name: String, in database: String) async throws -> TableDescription {
        guard let table else { throw trouble(.accessDenied, "AccessDenied") }
        return table
    }

    func location(ofPartition values: [String], of name: String, in database: String) async throws -> ObjectAddress {
        guard let place = partitions[values] else { throw trouble(.noData, "EntityNotFoundException") }
        return place
    }

    private func trouble(_ kind: Trouble.Kind, _ code: String) -> Trouble {
        Trouble(kind, code: code, message: "no", operation: "glue:GetTable")
    }
}
