public import FinOps
import Foundation

/// Reads one month of line items from a table at AWS with the queries that read files. Nothing says whether a table is all of
/// the month: such a layer advises.
public struct AthenaReader: Sendable {
    private let engine: AthenaEngine
    private let hashing: any Hashing

    public init(engine: AthenaEngine, hashing: any Hashing) {
        self.engine = engine
        self.hashing = hashing
    }

    /// Throws `InputError`, and other `ExplainedError` when AWS is in trouble.
    public func read(_ month: BillingMonth) async throws -> LineItemExport {
        try await AthenaTrouble(engine: engine).telling {
            let items = try await TableItems(engine: engine, month: month)
            let rows = try await engine.rows(ChargesQuery.sql(items.selection.select(from: items.source)))
                .map(ChargesRow.init)
            if let fault = ItemFault.first(in: rows, of: month) {
                throw InputError(
                    "bad_export", "table \(engine.table)\(fault.condition == nil ? "" : ": a row") \(fault.complaint)",
                    hint: fault.hint ?? "look at the table in Athena; nothing was counted")
            }
            let discounts = try await discounts(items)
            let record = await record(items.selection, rows)
            return try LineItemExport(
                source: "\(engine.table)", selection: items.selection, month: month, rows: rows,
                discounts: discounts, delivery: Self.delivery(rows, items.selection), record: record)
        }
    }

    /// What is known before anything is asked, as a sentence: only a work group's own limit is kept by AWS itself.
    public func fence() async throws -> String {
        try await AthenaTrouble(engine: engine).telling {
            let settings = engine.settings
            let limit =
                "Athena: table \(engine.table), at most USD \(settings.spendingLimitUSD.text(fractionDigits: 2))"
            guard let bytes = try await engine.scanLimitBytes() else {
                return "\(limit); work group \(settings.workGroup) itself stops no query"
            }
            let cost = settings.costUSD(ofScanning: bytes).text(fractionDigits: 4)
            return "\(limit); work group \(settings.workGroup) stops a query at \(bytes) bytes, USD \(cost)"
        }
    }

    private func discounts(_ items: TableItems) async throws -> [LineItemExport.Discount] {
        guard let column = items.selection.discountsColumn else { return [] }
        let selected = items.selection.select(
            from: items.source, discounts: column, isText: items.type(of: column) == "VARCHAR")
        return try ItemizedDiscounts.read(
            try await engine.rows(DiscountsQuery.sql(selected)), format: items.selection.format)
    }

    private static func delivery(_ rows: [ChargesRow], _ selection: ItemsSelection) -> LineItemExport.Delivery {
        LineItemExport.Delivery(
            isFolder: false, manifest: nil, supersededDeliveries: 0, strayFiles: 0,
            linesWithoutInvoice: selection.linesWithoutInvoice(rows), chargedUntil: rows.chargedUntil,
            proFormaView: nil, isTable: true)
    }

    /// The question is every query as it was sent; what was scanned stands beside it, with Athena's name for the execution.
    private func record(_ selection: ItemsSelection, _ rows: [ChargesRow]) async -> QueryRecord {
        let answered = await engine.answered
        let parameters = String(
            decoding: JSONValue.object([
                "table": .string("\(engine.table)"), "work_group": .string(engine.settings.workGroup),
                "format": .string(selection.format.rawValue), "cost_usd": .string(await engine.costUSD.description),
                "queries": .array(
                    answered.map {
                        .object([
                            "sql": .string($0.sql), "execution": .string($0.id),
                            "scanned_bytes": .string("\($0.scannedBytes)"),
                        ])
                    }),
            ]).bytes, as: UTF8.self)
        return QueryRecord(
            id: LineItemExport.layerID, operation: "athena:StartQueryExecution", parameters: parameters,
            parametersSHA256: hashing.sha256(Data(parameters.utf8)), pages: answered.flatMap(\.pages),
            rows: rows.map(\.lines).reduce(0, +))
    }
}
