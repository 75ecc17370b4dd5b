import FinOps

/// Reads what single resources cost in the month and, where there is one, in the month before.
struct ResourceReader {
    /// One month's line items: what their columns mean, and what a query selects them from.
    struct Part {
        let selection: ItemsSelection
        let source: String
    }

    let engine: any SQLEngine
    let month: BillingMonth
    let currency: String

    /// Why an export without ids has no resources.
    static func unnamed(_ operation: String) -> Trouble {
        Trouble(
            .notOffered, code: "NoResourceIds", message: "the export has no column of resource ids",
            operation: operation)
    }

    /// The rows, and the month they are compared with. Throws `InputError` when the rows of the month before are not what they
    /// say, or the sums are not `total`.
    func read(
        _ part: Part, before: Part?, basis: ResourceCosts.Basis, total: ExactDecimal
    ) async throws -> (rows: [ResourceCosts.Row], previous: BillingMonth?) {
        let parts = [part, before].compactMap(\.self)
        let question = ResourcesQuery.sql(
            parts.map { $0.selection.resources(from: $0.source, basis: basis) }.joined(separator: "\nUNION ALL\n"),
            month: month)
        let answer = try await engine.rows(question)
        try check(answer)
        // A table may hold nothing of the month before; that is no month without cost.
        let isCompared = answer.contains { $0["earlier_lines"]?.text != "0" }
        let rows = try answer.map { try row($0, isCompared: isCompared) }
        guard rows.map(\.cost).sum() == total else {
            throw InputError(
                "bad_export", "the costs of the resources do not add up to the line items of \(month)",
                hint: "copy the export from its bucket anew; nothing was counted")
        }
        return (rows, isCompared ? month.previous : nil)
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
}

extension LineItemExport {
    /// What the costs of resources are counted by, and what they must add up to.
    var resourceBasis: (basis: ResourceCosts.Basis, total: ExactDecimal) {
        effectiveMetric == nil
            ? (.billed, charges.map(\.billed).sum()) : (.effective, charges.compactMap(\.effective).sum())
    }
}
