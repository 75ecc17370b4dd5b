/// L4: a Cost Explorer report that a person downloaded from the console. Its filters cannot be known from the file, so that
/// it is shown and decides nothing.
struct ConsoleComparison {
    let scope: ComparisonScope
    let services: CostLedger
    let metric: CostMetric

    static let id = "L4"

    func comparison(_ export: ConsoleExport) -> LayerComparison {
        let title = "Console export, filters unknown"
        guard scope.obstacles(currency: .usd).isEmpty else {
            return LayerComparison(
                id: Self.id, title: title, metric: metric, weight: .informational, figures: nil,
                obstacles: scope.obstacles(currency: .usd), record: nil)
        }
        let residuals = accountResiduals(export)
        // Each printed amount may be rounded by the console; how far is not documented, cents are what it shows.
        let rounded = max(1, export.amountCount)
        let tolerance = scope.tolerance(roundedAmounts: rounded)
        let accountTolerance = scope.tolerance(roundedAmounts: 1)
        let figures = LayerComparison.Figures(
            opening: export.total, items: [], closing: scope.closing(metric), tolerance: tolerance,
            roundedAmounts: rounded, residualByAccountAbsolute: residuals?.map(\.residual.magnitude).sum(),
            accountResiduals: (residuals ?? []).filter { $0.residual.magnitude > accountTolerance })
        let withoutDiscount = services.total(metric, in: scope.month)
        let equalsL1 =
            figures.residual.magnitude > tolerance && (export.total - withoutDiscount).magnitude <= tolerance
        return LayerComparison(
            id: Self.id, title: title, metric: metric, weight: .informational, figures: figures, obstacles: [],
            notes: equalsL1 ? ["the export equals L1: it looks as if it left the partner discount out"] : [],
            record: nil)
    }

    private func accountResiduals(_ export: ConsoleExport) -> [AccountResidual]? {
        guard let exported = export.amountsByAccount else { return nil }
        let ours = scope.recordTypes.totals(metric, in: scope.month, by: .account)
        return Set(exported.keys).union(ours.keys).map { account in
            let (theirs, known) = (exported[account] ?? .zero, ours[account] ?? .zero)
            return AccountResidual(
                account: account, layer1: theirs, layer3: known, explained: .zero, residual: theirs - known)
        }
        .sorted { ($1.residual.magnitude, $0.account) < ($0.residual.magnitude, $1.account) }
    }
}
