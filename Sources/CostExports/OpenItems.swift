import FinOps

/// One month's files, looked at and ready to be asked.
struct OpenItems {
    /// The file's or folder's own name.
    let source: String
    let month: BillingMonth
    let delivery: ExportDelivery
    /// The files by digest.
    let pages: [QueryRecord.Page]
    let files: ItemFiles
    let selection: ItemsSelection
    let engine: DuckDB

    var table: String { files.table(amounts: selection.amountColumns) }
    var part: ResourceReader.Part { ResourceReader.Part(selection: selection, source: table) }
    var selected: String { selection.select(from: table) }
    var inspection: ItemInspection { ItemInspection(files: files, selection: selection, engine: engine) }

    /// What the engine answers; where it refuses, the file and line that it stumbled over.
    func rows(_ question: String) async throws -> [[String: JSONValue]] {
        try await inspection.explaining { try await engine.rows(question) }
    }
}
