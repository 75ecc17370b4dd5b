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
        try await AthenaTrouble(table: engine.table, settings: engine.settings).telling {
            let items = try await TableItems(engine: engine)
            let selected = items.selection.select(from: items.source(month))
            let rows = try await engine.rows(ChargesQuery.sql(selected)).map(ChargesRow.init)
            if let fault = ItemFault.first(in: rows, of: month) {
                throw InputError(
                    "bad_export", "table \(engine.table)\(fault.condition == nil ? "" : ": a row") \(fault.complaint)",
                    hint: fault.hint ?? "look at the table in Athena; nothing was counted")
            }
            var export = try LineItemExport(
                source: "\(engine.table)", selection: items.selection, month: month, rows: rows,
                discounts: try await discounts(items, month), delivery: Self.delivery(rows, items.selection),
                record: record(
                    LineItemExport.layerID, await engine.answered, items.selection,
                    rows: rows.map(\.lines).reduce(0, +)))
            export.resources = try await resources(of: export, items)
            export.uncoveredCompute = try await uncoveredCompute(month, items)
            return export
        }
    }

    private func discounts(_ items: TableItems, _ month: BillingMonth) async throws -> [LineItemExport.Discount] {
        guard let column = items.selection.discountsColumn else { return [] }
        let selected = items.selection.select(
            from: items.source(month), discounts: column, isText: items.type(of: column) == "VARCHAR")
        return try ItemizedDiscounts.read(
            try await engine.rows(DiscountsQuery.sql(selected)), format: items.selection.format)
    }

    /// Beside those of the month before, as far as the table holds it.
    private func resources(of export: LineItemExport, _ items: TableItems) async throws -> Observation<ResourceCosts> {
        guard items.selection.resourceColumn != nil else {
            return .unknown(ResourceReader.unnamed("athena:StartQueryExecution"))
        }
        let (basis, total) = export.resourceBasis
        let asked = await engine.answered.count
        let (rows, previous) = try await ResourceReader(
            engine: engine, month: export.month, currency: export.currency.code
        ).read(items.part(export.month), before: items.part(export.month.previous), basis: basis, total: total)
        return .known(
            ResourceCosts(
                basis: basis, previous: previous, rows: rows,
                record: record(
                    LineItemExport.resourcesID, Array(await engine.answered.dropFirst(asked)), items.selection,
                    rows: rows.count)))
    }

    private func uncoveredCompute(
        _ month: BillingMonth, _ items: TableItems
    ) async throws -> Observation<UncoveredCompute> {
        let reader = ComputeReader(engine: engine, month: month, operation: "athena:StartQueryExecution")
        if let obstacle = reader.obstacle(items.selection) { return .unknown(obstacle) }
        let asked = await engine.answered.count
        let rows = try await reader.rows(of: items.part(month))
        return reader.compute(
            rows,
            record: record(
                LineItemExport.computeID, Array(await engine.answered.dropFirst(asked)), items.selection,
                rows: rows.count))
    }

    private static func delivery(_ rows: [ChargesRow], _ selection: ItemsSelection) -> LineItemExport.Delivery {
        LineItemExport.Delivery(
            isFolder: false, manifest: nil, supersededDeliveries: 0, strayFiles: 0,
            linesWithoutInvoice: selection.linesWithoutInvoice(rows), chargedUntil: rows.chargedUntil,
            proFormaView: nil, isTable: true)
    }

    /// The question is every query as it was sent; what was scanned stands beside it, with Athena's name for the execution.
    private func record(
        _ id: String, _ answered: [AthenaEngine.Answered], _ selection: ItemsSelection, rows: Int
    ) -> QueryRecord {
        let parameters = String(
            decoding: JSONValue.object([
                "table": .string("\(engine.table)"), "work_group": .string(engine.settings.workGroup),
                "format": .string(selection.format.rawValue),
                "queries": .array(
                    answered.map {
                        .object([
                            "sql": .string($0.sql), "execution": .string($0.id),
                            "scanned_bytes": .string("\($0.scannedBytes)"), "cost_usd": .string("\($0.costUSD)"),
                        ])
                    }),
            ]).bytes, as: UTF8.self)
        return QueryRecord(
            id: id, operation: "athena:StartQueryExecution", parameters: parameters,
            parametersSHA256: hashing.sha256(Data(parameters.utf8)), pages: answered.flatMap(\.pages), rows: rows)
    }
}
