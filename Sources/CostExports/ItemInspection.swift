import FinOps

/// Says what is wrong with files of line items, in one sentence with file, row or column. Looks for the place only once
/// something is known to be wrong.
struct ItemInspection {
    let files: ItemFiles
    let selection: ItemsSelection
    let engine: DuckDB

    /// Runs a query; when the engine refuses it, finds the file and line that it stumbled over.
    func explaining<Value>(column: String? = nil, _ query: () async throws -> Value) async throws -> Value {
        do {
            return try await query()
        } catch let failure as EngineFailure where failure.kind == .refused {
            throw try await refusal(of: failure, column)
        }
    }

    /// Throws `InputError` for what no figure may be made from.
    func check(_ rows: [ChargesRow], month: BillingMonth) async throws {
        guard let fault = ItemFault.first(in: rows, of: month) else { return }
        guard let condition = fault.condition else { throw refused("\(name) \(fault.complaint)", hint: fault.hint) }
        throw try await refused(firstRow: condition, fault.complaint)
    }

    private func refused(firstRow condition: String, _ complaint: String) async throws -> InputError {
        for file in files.files {
            let items = selection.select(from: files.table(amounts: selection.amountColumns, only: file))
            let found = try await engine.rows(FirstRowQuery.sql(items, where: condition)).first?["place"]?.text
            if let found { return refused("\(file.name) row \(found) \(complaint)") }
        }
        return refused("\(name): a row \(complaint)")
    }

    private func refusal(of failure: EngineFailure, _ column: String?) async throws -> any Error {
        guard files.files[0].encoding == .csv else { return try await damagedFile(failure, column) }
        let table = files.table(amounts: selection.amountColumns, keepingRejects: true)
        guard let place = try? await engine.rows(RejectsQuery.sql(table, amounts: selection.amountColumns)).first,
            let path = place["file"]?.text,
            let file = files.files.first(where: { $0.path == path })
        else { return try await damagedFile(failure, column) }
        let line = place["line"]?.text ?? "?"
        let complaint: String
        switch place["kind"]?.text {
        case "CAST": complaint = "column \(place["column_name"]?.text ?? "?") is not an amount"
        case "MISSING COLUMNS": complaint = "has fewer columns than the heading"
        case "TOO MANY COLUMNS": complaint = "has more columns than the heading"
        case "UNQUOTED VALUE": complaint = "has a quote inside a value, or one that is never closed"
        default: complaint = "is not CSV as AWS writes it"
        }
        return refused("\(file.name) line \(line): \(complaint)", cause: failure.message)
    }

    /// The first file that cannot be read on its own.
    private func damagedFile(_ failure: EngineFailure, _ column: String?) async throws -> any Error {
        for file in files.files {
            let table = files.table(amounts: selection.amountColumns, only: file)
            let question = ChargesQuery.sql(selection.select(from: table))
            do {
                _ = try await engine.rows(question)
            } catch let failure as EngineFailure where failure.kind == .refused {
                return refused("\(file.name) cannot be read to its end", cause: failure.message)
            }
        }
        guard let column else { return failure }
        return refused("\(name): column \(column) is not what the layout says it is", cause: failure.message)
    }

    private var name: String {
        files.files.count == 1 ? files.files[0].name : "the export (\(files.files.count) files)"
    }

    private func refused(_ sentence: String, cause: String? = nil, hint: String? = nil) -> InputError {
        InputError(
            "bad_export", sentence, cause: cause,
            hint: hint ?? "copy the export from its bucket anew; nothing was counted")
    }
}
