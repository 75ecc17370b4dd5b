public import FinOps
import Foundation

/// Athena as an engine: one query after the other, each under a token of its own, within a limit of dollars.
public actor AthenaEngine: SQLEngine {
    /// A query that was answered.
    struct Answered: Sendable {
        let sql: String
        let id: String
        let scannedBytes: Int
        /// Nothing when an earlier run had paid for it.
        let costUSD: ExactDecimal
        let pages: [QueryRecord.Page]
    }

    nonisolated let table: TableName
    nonisolated let settings: AthenaSettings
    private let month: BillingMonth
    private let day: CalendarDay
    private let service: any QueryService
    private let hashing: any Hashing
    private(set) var answered: [Answered] = []
    /// What was scanned so far has cost, at the price of the settings; what an earlier run had asked the same day costs nothing.
    public private(set) var costUSD: ExactDecimal = .zero

    /// - Parameter day: Part of every token: the same question is asked anew on another day, when the table may be another.
    public init(
        _ table: TableName, in month: BillingMonth, on day: CalendarDay, settings: AthenaSettings,
        service: any QueryService, hashing: any Hashing
    ) {
        (self.table, self.month, self.day, self.settings) = (table, month, day, settings)
        (self.service, self.hashing) = (service, hashing)
    }

    func rows(_ query: String) async throws -> [[String: JSONValue]] {
        let sql = query.hasSuffix(";") ? String(query.dropLast()) : query
        let bytesLeft = settings.bytes(leftAfter: costUSD)
        guard bytesLeft > 0 else { throw EngineFailure(.tooDear, "USD \(costUSD.text(fractionDigits: 4)) are spent") }
        let end = try await service.run(
            RemoteQuery(
                sql: sql, database: table.database, workGroup: settings.workGroup, results: settings.results,
                token: token(sql), stopAfterBytes: bytesLeft))
        let cost = end.isNew ? settings.costUSD(ofScanning: end.scannedBytes) : .zero
        costUSD += cost
        switch end.outcome {
        case .failed(let reason): throw EngineFailure(.refused, "\(reason) (query \(end.id))")
        case .stopped:
            throw EngineFailure(.tooDear, "query \(end.id) had scanned \(end.scannedBytes) bytes when it was stopped")
        case .answered(let columns, let rows):
            answered.append(
                Answered(sql: sql, id: end.id, scannedBytes: end.scannedBytes, costUSD: cost, pages: end.pages))
            return rows.map { row in
                Dictionary(uniqueKeysWithValues: zip(columns, row.map { $0.map(JSONValue.string) ?? .null }))
            }
        }
    }

    /// Everything that could change the answer, and nothing that could not.
    private func token(_ sql: String) -> Digest {
        let parts = [
            sql, "\(table)", "\(month)", "\(day)", settings.workGroup, settings.results?.description ?? "",
        ]
        return hashing.sha256(Data(parts.joined(separator: "\n").utf8))
    }
}
