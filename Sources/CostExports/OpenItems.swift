import FinOps

/// One month's files, looked at and ready to be asked.
struct OpenItems {
    /// The file's or folder's own name.
    let source: String
    let month: BillingMonth
    let delivery: ExportDelivery
    let part: ResourceReader.Part
    let engine: DuckDB

    /// The files by digest.
    var pages: [QueryRecord.Page] { part.pages }
    var files: ItemFiles { part.files }
    var selection: ItemsSelection { part.selection }
    var table: String { files.table(amounts: selection.amountColumns) }
    var selected: String { selection.select(from: table) }
    var inspection: ItemInspection { ItemInspection(files: files, selection: selection, engine: engine) }

    /// What the engine answers; where it refuses, the file and line that it stumbled over.
    func rows(_ question: String) async throws -> [[String: JSONValue]] {
        try await inspection.explaining { try await engine.rows(question) }
    }
}
