public import FinOps
import Foundation

/// Reads one month of line items from files on this machine. Everything is judged before a figure leaves: a file that cannot
/// be read whole, two currencies, two months, a quantity below nothing refuse the export with one sentence and no partial
/// sums.
public struct LineItemReader: Sendable {
    private let engine: DuckDB
    private let disk: any FileSystem
    private let clock: any Clock
    private let hashing: any Hashing
    /// SHA-256 and length of a file of any size.
    private let digest: @Sendable (_ path: String) throws -> (sha256: Digest, bytes: Int)

    public init(
        engine: DuckDB, disk: any FileSystem, clock: any Clock, hashing: any Hashing,
        digest: @escaping @Sendable (_ path: String) throws -> (sha256: Digest, bytes: Int)
    ) {
        self.engine = engine
        self.disk = disk
        self.clock = clock
        self.hashing = hashing
        self.digest = digest
    }

    /// `path` is a file, or a folder as AWS delivers it. Throws `InputError`.
    public func read(path: String, month: BillingMonth) async throws -> LineItemExport {
        try await read(try FolderShelf(path: path, disk: disk), month)
    }

    /// An object, or a prefix that AWS delivers below. Throws `InputError`, and other `ExplainedError` when AWS or this disk
    /// is in trouble.
    public func read(
        _ address: ObjectAddress, through copies: ObjectCopies, month: BillingMonth
    ) async throws -> LineItemExport {
        try await read(try await BucketShelf.open(address, copies: copies), month)
    }

    private func read(_ shelf: any ExportShelf, _ month: BillingMonth) async throws -> LineItemExport {
        try await explaining(shelf.place) {
            let items = try await open(shelf, month)
            let hasEarlier = ExportDelivery.months(on: shelf).contains(month.previous)
            return try await read(items, before: hasEarlier ? try await open(shelf, month.previous) : nil)
        }
    }

    /// The month with its resources, beside those of the month before, and its compute by the hour.
    func read(_ items: OpenItems, before: OpenItems?) async throws -> LineItemExport {
        var export = try await read(items)
        export.resources = try await resources(of: export, items, before: before)
        export.uncoveredCompute = try await uncoveredCompute(items)
        return export
    }

    func resources(
        of export: LineItemExport, _ items: OpenItems, before: OpenItems?
    ) async throws -> Observation<ResourceCosts> {
        guard items.selection.resourceColumn != nil else { return .unknown(ResourceReader.unnamed("duckdb")) }
        let (basis, total) = export.resourceBasis
        let reader = ResourceReader(engine: engine, month: items.month, currency: export.currency.code)
        let (rows, previous) = try await items.inspection.explaining {
            try await reader.read(items.part, before: before?.part, basis: basis, total: total)
        }
        return .known(
            ResourceCosts(
                basis: basis, previous: previous, rows: rows,
                record: record(
                    id: LineItemExport.resourcesID, [ResourcesQuery.name], items.selection.format,
                    pages: items.pages + (before?.pages ?? []), rows: rows.count)))
    }

    func uncoveredCompute(_ items: OpenItems) async throws -> Observation<UncoveredCompute> {
        let reader = ComputeReader(engine: engine, month: items.month, operation: "duckdb")
        if let obstacle = reader.obstacle(items.selection) { return .unknown(obstacle) }
        let rows = try await items.inspection.explaining { try await reader.rows(of: items.part) }
        return reader.compute(
            rows,
            record: record(
                id: LineItemExport.computeID, [UncoveredComputeQuery.name], items.selection.format, pages: items.pages,
                rows: rows.count))
    }

    func shelf(_ path: String) throws -> FolderShelf { try FolderShelf(path: path, disk: disk) }

    /// The month's files, looked at and not yet asked anything.
    func open(_ shelf: any ExportShelf, _ month: BillingMonth) async throws -> OpenItems {
        let delivery = try await ExportDelivery.find(on: shelf, month: month)
        let pages = try pages(of: delivery.files)
        for file in delivery.files { try await GzipEnds(engine: engine).check(file) }
        let files = try await ItemFiles(delivery.files, engine: engine)
        return OpenItems(
            source: String(shelf.place.split(separator: "/").last ?? ""), month: month, delivery: delivery,
            pages: pages, files: files,
            selection: try ItemsSelection(recognizing: files.names, in: files.files[0].name), engine: engine)
    }

    /// The engine's own trouble, in a sentence about the export.
    func explaining<Value>(_ place: String, _ work: () async throws -> Value) async throws -> Value {
        do {
            return try await work()
        } catch let failure as EngineFailure {
            throw InputError(
                "engine_failed", "the line items of \(place) could not be read", cause: failure.message,
                hint: failure.kind == .killed
                    ? "give the engine more memory or time" : "look at the files with `duckdb`")
        }
    }

    func read(_ items: OpenItems) async throws -> LineItemExport {
        let rows = try await items.rows(ChargesQuery.sql(items.selected)).map(ChargesRow.init)
        try await items.inspection.check(rows, month: items.month)
        return try LineItemExport(
            source: items.source, selection: items.selection, month: items.month, rows: rows,
            discounts: try await discounts(items.files, items.selection, items.inspection),
            delivery: status(of: items.delivery, rows, items.selection),
            record: record(
                id: LineItemExport.layerID, [ChargesQuery.name], items.selection.format, pages: items.pages,
                rows: rows.map(\.lines).reduce(0, +)))
    }

    /// The question is the files by their digests and the queries by their names.
    func record(
        id: String, _ queries: [String], _ format: LineItemExport.Format, pages: [QueryRecord.Page], rows: Int
    ) -> QueryRecord {
        let parameters = String(
            decoding: JSONValue.object([
                "files": .array(pages.map { .string($0.bodySHA256.named) }),
                "query": .string(queries.joined(separator: "; ")), "format": .string(format.rawValue),
            ]).bytes, as: UTF8.self)
        return QueryRecord(
            id: id, operation: "duckdb", parameters: parameters,
            parametersSHA256: hashing.sha256(Data(parameters.utf8)), pages: pages, rows: rows)
    }

    /// Every file by its digest; the same bytes twice would count the month twice.
    private func pages(of files: [DeliveredFile]) throws -> [QueryRecord.Page] {
        var seen: [Digest: DeliveredFile] = [:]
        return try files.map { file in
            try ParquetEnds.check(file)
            let (sha256, bytes): (Digest, Int)
            do {
                (sha256, bytes) = try digest(file.path)
            } catch let error as FileError {
                throw InputError("bad_export", "\(file.name) cannot be read", cause: error.summary)
            }
            if let twin = seen.updateValue(file, forKey: sha256) {
                throw InputError(
                    "bad_export", "\(twin.name) and \(file.name) are the same bytes: the month would be counted twice",
                    hint: "keep one delivery in a folder")
            }
            return QueryRecord.Page(requestID: nil, receivedAt: clock.now(), bodySHA256: sha256, bytes: bytes)
        }
    }

    private func discounts(
        _ files: ItemFiles, _ selection: ItemsSelection, _ inspection: ItemInspection
    ) async throws -> [LineItemExport.Discount] {
        guard let column = selection.discountsColumn, let type = files.columns.first(where: { $0.name == column })?.type
        else { return [] }
        let question = DiscountsQuery.sql(
            selection.select(
                from: files.table(amounts: selection.amountColumns), discounts: column, isText: type == "VARCHAR"))
        return try await inspection.explaining(column: column) {
            try ItemizedDiscounts.read(try await engine.rows(question), format: selection.format)
        }
    }

    private func status(
        of delivery: ExportDelivery, _ rows: [ChargesRow], _ selection: ItemsSelection
    ) -> LineItemExport.Delivery {
        LineItemExport.Delivery(
            isFolder: delivery.isFolder, manifest: delivery.manifest?.name,
            supersededDeliveries: delivery.supersededDeliveries, strayFiles: delivery.strayFiles,
            linesWithoutInvoice: selection.linesWithoutInvoice(rows), chargedUntil: rows.chargedUntil,
            proFormaView: delivery.manifest?.proFormaView)
    }
}
