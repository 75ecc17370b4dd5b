import FinOps

/// `tie-out.json`: every question with what came back and what it adds up to, held against the total the month was judged
/// by. What auditors ask of information produced by the entity: complete, accurate, and tied to the figure it supports.
struct TieOut: Encodable {
    struct Row: Encodable {
        /// The full record in the bag: parameters, pages, request ids, times.
        let query: String
        let id: String
        let operation: String
        let parametersSHA256: Digest
        let pages: Int
        let rows: Int
        /// Each page's answer, by its digest; paid ones lie in `answers/` under that name.
        let answersSHA256: [Digest]
        /// When the last page arrived.
        let receivedAt: Timestamp?
        /// The rows of the month added up once more; nil where the answer is no ledger of the month.
        let total: ExactDecimal?
        /// The layer of the cross-validation that rests on it, its total, and what remains: zero when it ties.
        let tiesTo: String?
        let tiedTotal: ExactDecimal?
        let difference: ExactDecimal?
    }

    let schema = 1
    let month: BillingMonth
    let metric: CostMetric
    let currency: Currency?
    let queries: [Row]

    init(_ collection: CostCollection, check: CrossValidation?, metric: CostMetric) {
        let ledgers = [(collection.daily, "L3"), (collection.services, "L1"), (collection.recordTypes, "L3")]
            .compactMap { observation, layer in observation.value.map { (ledger: $0, layer: layer) } }
        month = collection.month
        self.metric = metric
        currency = ledgers.first?.ledger.currency
        queries = collection.records.enumerated().map { index, record in
            let source = ledgers.first { $0.ledger.record == record }
            let total = source?.ledger.total(metric, in: collection.month)
            let layer = source.flatMap { check?.layer($0.layer) }
            return Row(
                query: TieOut.file(index), id: record.id, operation: record.operation,
                parametersSHA256: record.parametersSHA256, pages: record.pages.count, rows: record.rows,
                answersSHA256: record.pages.map(\.bodySHA256), receivedAt: record.pages.map(\.receivedAt).max(),
                total: total, tiesTo: layer?.id, tiedTotal: layer?.total,
                difference: total.flatMap { total in layer.map { total - $0.total } })
        }
    }

    /// `queries/0001.json` for the first.
    static func file(_ index: Int) -> String {
        let number = String(index + 1)
        return "queries/" + String(repeating: "0", count: max(0, 4 - number.count)) + number + ".json"
    }
}
