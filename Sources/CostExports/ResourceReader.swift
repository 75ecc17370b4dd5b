import FinOps
import Foundation

/// Reads what single resources cost in the month and, where the export holds it, in the month before.
struct ResourceReader {
    let engine: DuckDB
    let hashing: any Hashing
    let month: BillingMonth
    let currency: String

    /// Throws `InputError` when the rows of the month before are not what they say, or the sums are not `total`.
    func read(
        _ part: OpenItems, before: OpenItems?, basis: ResourceCosts.Basis, total: ExactDecimal
    ) async throws -> Observation<ResourceCosts> {
        guard part.selection.resourceColumn != nil else {
            return .unknown(
                Trouble(
                    .notOffered, code: "NoResourceIds", message: "the export has no column of resource ids",
                    operation: "duckdb"))
        }
        let parts = [part] + (before.map { [$0] } ?? [])
        let question = ResourcesQuery.sql(
            parts.map { $0.selection.resources(from: $0.table, basis: basis) }.joined(separator: "\nUNION ALL\n"),
            month: month)
        let answer = try await engine.rows(question)
        try check(answer)
        let rows = try answer.map { try row($0, isCompared: before != nil) }
        guard rows.map(\.cost).sum() == total else {
            throw InputError(
                "bad_export", "the costs of the resources do not add up to the line items of \(month)",
                hint: "copy the export from its bucket anew; nothing was counted")
        }
        return .known(
            ResourceCosts(
                basis: basis, previous: before.map { _ in month.previous }, rows: rows, record: record(parts, rows)))
    }

    private func check(_ answer: [[String: JSONValue]]) throws {
        guard answer.allSatisfy({ $0["strays"]?.text == "0" }) else {
            throw InputError(
                "bad_export",
                "what lies in the folder of \(month.previous) is of another billing period, or has no amount",
                hint: "copy the export from its bucket anew")
        }
        let currencies = Set(answer.flatMap { [$0["currency"]?.text, $0["last_currency"]?.text] })
        guard currencies == [currency] else {
            throw InputError(
                "bad_export", "the line items of \(month.previous) are in another currency than those of \(month)",
                hint: "export each currency on its own")
        }
    }

    private func row(_ answer: [String: JSONValue], isCompared: Bool) throws -> ResourceCosts.Row {
        func text(_ column: String) -> String { answer[column]?.text ?? "" }
        guard let cost = ExactDecimal(text("cost")), let before = ExactDecimal(text("earlier")),
            let resources = Int(text("resources"))
        else { throw EngineFailure(.unreadableAnswer, "the engine's sum of a resource is not a number") }
        func named(_ column: String) -> String? { text(column).isEmpty ? nil : text(column) }
        return ResourceCosts.Row(
            account: text("account"), service: text("service"), resource: named("resource"), region: named("region"),
            cost: cost, before: isCompared ? before : nil, resources: resources)
    }

    private func record(_ parts: [OpenItems], _ rows: [ResourceCosts.Row]) -> QueryRecord {
        let pages = parts.flatMap(\.pages)
        let parameters = String(
            decoding: JSONValue.object([
                "files": .array(pages.map { .string($0.bodySHA256.named) }), "query": .string(ResourcesQuery.name),
            ]).bytes, as: UTF8.self)
        return QueryRecord(
            id: "\(LineItemExport.layerID).resources", operation: "duckdb", parameters: parameters,
            parametersSHA256: hashing.sha256(Data(parameters.utf8)), pages: pages, rows: rows.count)
    }
}
