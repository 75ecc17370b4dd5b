import FinOps
import Foundation

/// The statement for programs: the same facts, exact, as text. Figures are left out of a month that was not established.
struct ReconciliationDocument: Encodable {
    enum Status: String, Encodable { case established, notEstablished = "not_established" }

    struct Line: Encodable {
        let fact: String
        let label: String
        let amount: ExactDecimal?
        let unit: Fact.Unit
        let currency: Currency?
        let reason: String?
    }

    struct Statement: Encodable {
        let outline: StatementOutline
        let lines: [Line]
    }

    struct Source: Encodable {
        let id: String
        let operation: String
        let sha256: Digest
        /// Pages answered; nil for a file.
        let requests: ExactDecimal?
        let rows: ExactDecimal?
    }

    let schema = 1
    let month: BillingMonth
    let project: String
    let status: Status
    let isPreliminary: Bool
    let isSample: Bool
    let currency: Currency
    let statements: [Statement]
    let accounts: ReconciliationOutline.AccountLists?
    let blindSpots: [String]
    let sources: [Source]
    let gates: [Verdict]
    /// Of `facts.json`: what the statement speaks for.
    let factsSHA256: Digest

    init(_ context: PageContext) {
        let book = context.book
        let isEstablished = PageFrame(context: context).isEstablished
        month = book.month
        project = book.project
        status = isEstablished ? .established : .notEstablished
        isPreliminary = book.isPreliminary
        isSample = book.isSample
        currency = book.currency
        statements = isEstablished ? (book.reconciliation?.statements ?? []).map { Self.statement($0, context) } : []
        accounts = book.reconciliation?.accounts
        blindSpots = book.reconciliation?.blindSpots ?? []
        sources =
            book.questions.map { question in
                Source(
                    id: question.id, operation: question.operation, sha256: question.parametersSHA256,
                    requests: context.facts.value("query.\(question.id).pages"),
                    rows: context.facts.value("query.\(question.id).rows"))
            }
            + [book.reconciliation?.consoleExport].compactMap { $0 }.map {
                Source(id: $0.id, operation: $0.operation, sha256: $0.parametersSHA256, requests: nil, rows: nil)
            }
        gates = book.gates.filter { $0.gate == .g4 || !isEstablished }
        factsSHA256 = context.factsSHA256
    }

    /// Names and values that always encode; were it otherwise, the empty file would not get past G5.
    var text: String { (try? JSONText.document(self)).map { String(decoding: $0, as: UTF8.self) } ?? "" }

    private static func statement(_ outline: StatementOutline, _ context: PageContext) -> Statement {
        let names =
            ["opening"].map(outline.fact) + outline.items.map(\.fact)
            + ["adjusted", "closing", "difference", "difference_pct", "by_account", "tolerance", "rounded"].map(
                outline.fact)
        return Statement(
            outline: outline,
            lines: names.filter(context.facts.contains).map { id in
                let fact = context.facts[id]
                return Line(
                    fact: id, label: fact.label, amount: fact.value, unit: fact.unit, currency: fact.currency,
                    reason: fact.reason)
            })
    }
}
