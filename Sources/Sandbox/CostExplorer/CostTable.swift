/// Everything a cost question is answered with, before it is cut into pages.
struct CostTable {
    struct Line {
        let period: Int
        let keys: [String]
        let sums: MetricSums
    }

    /// In order of period and keys; none where the question does not group.
    var lines: [Line] = []
    /// One for each period, for questions that do not group.
    var totals: [MetricSums] = []
}

/// Keeps the tables whose pages are being asked for: adding up an organisation of thousands of accounts anew for every page
/// would take the square of its size.
actor CostTables {
    struct Question: Hashable {
        let fingerprint: String
        let dataWereRefreshed: Bool
    }

    /// As many as a month asks at once.
    private static let capacity = 4
    private var kept: [(question: Question, table: CostTable)] = []

    func table(for question: Question) -> CostTable? { kept.first { $0.question == question }?.table }

    func keep(_ table: CostTable, for question: Question) {
        kept.removeAll { $0.question == question }
        kept = kept.suffix(Self.capacity - 1) + [(question, table)]
    }
}
