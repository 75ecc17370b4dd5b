import FinOps
import Foundation
import Synchronization

@testable import CostExports

/// Athena with the embedded engine inside: answers the very SQL that is sent, over files as the table `finops.focus`.
final class EmbeddedAthena: QueryService {
    struct State {
        var queries: [RemoteQuery] = []
        var end: RemoteQueryEnd?
        var trouble: Trouble?
    }

    let engine: DuckDB
    /// Makes the table.
    let definition: String
    let scannedBytes: Int
    private let state = Mutex(State())

    init(_ engine: DuckDB, selecting table: String, scannedBytes: Int = 25_000_001) {
        self.engine = engine
        definition = "CREATE SCHEMA finops; CREATE VIEW finops.focus AS \(table);"
        self.scannedBytes = scannedBytes
    }

    var queries: [RemoteQuery] { state.withLock { $0.queries } }

    func answer(with end: RemoteQueryEnd) { state.withLock { $0.end = end } }
    func fail(with trouble: Trouble) { state.withLock { $0.trouble = trouble } }

    func run(_ query: RemoteQuery) async throws -> RemoteQueryEnd {
        let isNew = !queries.map(\.token).contains(query.token)
        state.withLock { $0.queries.append(query) }
        if let trouble = state.withLock({ $0.trouble }) { throw trouble }
        if let end = state.withLock({ $0.end }) { return end }
        let found = try await engine.rows("\(definition)\n\(query.sql);")
        let columns = found.first?.keys.sorted() ?? ["none"]
        return RemoteQueryEnd(
            outcome: .answered(columns: columns, rows: found.map { row in columns.map { row[$0]?.text } }),
            id: "q-\(queries.count)", scannedBytes: scannedBytes, isNew: isNew)
    }

    func scanLimitBytes(of workGroup: String) async throws -> Int? { nil }

    func description(of table: String, in database: String) async throws -> TableDescription {
        TableDescription(
            location: ObjectAddress("s3://bills/finops/data")!, partitionKeys: ["billing_period"],
            projectedLocation: "s3://bills/finops/data/BILLING_PERIOD=${billing_period}")
    }

    func location(ofPartition values: [String], of table: String, in database: String) async throws -> ObjectAddress {
        throw Trouble(.noData, code: "EntityNotFoundException", message: "none", operation: "glue:GetPartition")
    }
}
