/// The lines of L3 whose record type L1's query leaves out by exact spelling. Observed in one layer, provably excluded by
/// the other: nothing else may explain a difference. A discount that L1's filter does not name is in both layers and
/// explains nothing.
struct ExcludedLines {
    let amounts: [RecordClass: ExactDecimal]
    let spellings: [RecordClass: Set<String>]
    let observedIn: String
    let excludingLayer: String

    init(layer3: CostLedger, layer1: CostLedger, metric: CostMetric, month: BillingMonth) {
        let excluded = Set(layer1.query.excludedRecordTypes)
        var amounts: [RecordClass: ExactDecimal] = [:]
        var spellings: [RecordClass: Set<String>] = [:]
        for (name, amount) in layer3.totals(metric, in: month, by: .recordType) where excluded.contains(name) {
            let recordClass = RecordClass(recordType: name)
            amounts[recordClass, default: .zero] += amount
            spellings[recordClass, default: []].insert(name)
        }
        self.amounts = amounts
        self.spellings = spellings
        observedIn = layer3.query.id
        excludingLayer = layer1.query.id
    }

    var total: ExactDecimal { amounts.values.sum() }

    /// Largest first.
    func items(explaining difference: ExactDecimal) -> [ReconcilingItem] {
        amounts.filter { !$0.value.isZero }
            .sorted { ($1.value.magnitude, $0.key.rawValue) < ($0.value.magnitude, $1.key.rawValue) }
            .map { recordClass, amount in
                let names = spellings[recordClass, default: []].sorted().map { "\"\($0)\"" }
                return ReconcilingItem(
                    recordClass: recordClass, amount: amount, sharePercent: amount.percent(of: difference),
                    observedIn: observedIn,
                    excludedBy: "\(excludingLayer): RECORD_TYPE is not \(names.joined(separator: " or "))")
            }
    }
}
