/// Both layers per account, outer-joined: an account that only one layer knows is a residual of its whole amount.
struct AccountComparison {
    let layer1: CostLedger
    let layer3: CostLedger
    let metric: CostMetric
    let month: BillingMonth
    /// Every account of either layer, largest residual first, then by id.
    let residuals: [AccountResidual]
    private let lineCounts: [String: Int]

    init(layer1: CostLedger, layer3: CostLedger, metric: CostMetric, month: BillingMonth) {
        self.layer1 = layer1
        self.layer3 = layer3
        self.metric = metric
        self.month = month
        let totals1 = layer1.totals(metric, in: month, by: .account)
        let totals3 = layer3.totals(metric, in: month, by: .account)
        let excluded = Self.excluded(layer3: layer3, layer1: layer1, metric: metric, month: month)
        residuals = Set(totals1.keys).union(totals3.keys)
            .map { account in
                let (total1, total3) = (totals1[account] ?? .zero, totals3[account] ?? .zero)
                let explained = excluded[account] ?? .zero
                return AccountResidual(
                    account: account, layer1: total1, layer3: total3, explained: explained,
                    residual: total1 + explained - total3)
            }
            .sorted { ($1.residual.magnitude, $0.account) < ($0.residual.magnitude, $1.account) }
        lineCounts = [layer1, layer3].flatMap { ledger in ledger.lines(in: month).map { ledger.key(.account, of: $0)! }
        }
        .reduce(into: [:]) { $0[$1, default: 0] += 1 }
    }

    /// What rounding alone may leave in one account.
    func tolerance(of account: String) -> ExactDecimal {
        ExactDecimal(lineCounts[account] ?? 0) * CrossValidator.tolerancePerLine
    }

    var beyondTolerance: [AccountResidual] { residuals.filter { $0.residual.magnitude > tolerance(of: $0.account) } }

    private static func excluded(
        layer3: CostLedger, layer1: CostLedger, metric: CostMetric, month: BillingMonth
    ) -> [String: ExactDecimal] {
        let names = Set(layer1.query.excludedRecordTypes)
        return layer3.lines(in: month).reduce(into: [:]) { sums, line in
            guard let account = layer3.key(.account, of: line), let name = layer3.key(.recordType, of: line),
                names.contains(name)
            else { return }
            sums[account, default: .zero] += line.amount(metric)
        }
    }
}
