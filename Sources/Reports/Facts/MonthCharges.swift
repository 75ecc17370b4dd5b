import FinOps

/// L1 and L3 of one month, added up once: a large organisation has hundreds of thousands of lines, and the chapters of a book
/// ask for the same sums again and again.
struct MonthCharges {
    /// L1 by account and service without what is zero; empty when it is unknown.
    let cells: [CostCell: ExactDecimal]
    /// What of L3 does not follow the number of days, by account; empty when it is unknown.
    let fixedByAccount: [String: ExactDecimal]

    init(_ collection: CostCollection, _ metric: CostMetric, in month: BillingMonth) {
        cells = Self.cells(collection.services.value, metric, month)
        fixedByAccount = Self.fixed(collection.recordTypes.value, metric, month)
    }

    private static func cells(
        _ ledger: CostLedger?, _ metric: CostMetric, _ month: BillingMonth
    ) -> [CostCell: ExactDecimal] {
        guard let ledger else { return [:] }
        let cells = ledger.lines(in: month).reduce(into: [CostCell: ExactDecimal]()) { cells, line in
            let cell = CostCell(
                account: ledger.key(.account, of: line) ?? "", service: ledger.key(.service, of: line) ?? "")
            cells[cell, default: .zero] += line.amount(metric)
        }
        return cells.filter { !$0.value.isZero }
    }

    private static func fixed(
        _ ledger: CostLedger?, _ metric: CostMetric, _ month: BillingMonth
    ) -> [String: ExactDecimal] {
        guard let ledger else { return [:] }
        var isFixed = KeptAnswers(FixedCharge.includes)
        return ledger.lines(in: month).reduce(into: [:]) { sums, line in
            guard let type = ledger.key(.recordType, of: line), isFixed(type) else { return }
            sums[ledger.key(.account, of: line) ?? "", default: .zero] += line.amount(metric)
        }
    }
}

/// What one account was charged for one service.
struct CostCell: Hashable, Comparable {
    let account: String
    let service: String

    static func < (left: Self, right: Self) -> Bool { (left.account, left.service) < (right.account, right.service) }
}

/// The answers of a pure question about a name, each worked out once: few names stand on very many lines.
struct KeptAnswers<Answer> {
    private let question: (String) -> Answer
    private var answers: [String: Answer] = [:]

    init(_ question: @escaping (String) -> Answer) { self.question = question }

    mutating func callAsFunction(_ name: String) -> Answer {
        if let answer = answers[name] { return answer }
        let answer = question(name)
        answers[name] = answer
        return answer
    }
}
