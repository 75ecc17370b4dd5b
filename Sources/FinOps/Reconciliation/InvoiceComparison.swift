/// L3i: the invoices of the month, tax and credit memos included. A legal document made by another system than Cost
/// Explorer; final once the month is settled.
struct InvoiceComparison {
    let scope: ComparisonScope
    let today: CalendarDay

    static let id = "L3i"
    static let title = "AWS's invoices, tax and credit memos included"

    func comparison(_ invoices: Observation<InvoiceListing>) -> LayerComparison {
        switch invoices {
        case .unknown(let trouble): refused([ComparisonScope.obstacle(trouble)], nil)
        case .known(let listing): compare(listing)
        }
    }

    private func compare(_ listing: InvoiceListing) -> LayerComparison {
        let invoices = listing.invoices
        guard !invoices.isEmpty else {
            return refused(["no invoice has been issued for \(scope.month)"], listing.record)
        }
        let currencies = Set(invoices.map(\.base.currency)).sorted { $0.code < $1.code }
        let obstacles =
            scope.obstacles + currencies.flatMap(scope.obstacles(currency:)) + scope.obstacles(metric: .unblended)
        guard obstacles.isEmpty else { return refused(obstacles, listing.record) }
        let turned = invoices.filter { $0.isCreditMemo && $0.base.amount > .zero }
        let rounded = invoices.map(\.printedAmounts).reduce(0, +)
        return LayerComparison(
            id: Self.id, title: Self.title, metric: .unblended,
            weight: scope.month.isSettled(on: today) ? .binding : .provisional,
            figures: LayerComparison.Figures(
                opening: invoices.map(\.owed).sum(), items: [], closing: scope.closing(.unblended),
                tolerance: scope.tolerance(roundedAmounts: rounded), roundedAmounts: rounded),
            obstacles: [],
            notes: turned.map { "credit memo \($0.id) carries a positive amount and is counted as a reduction" },
            record: listing.record)
    }

    private func refused(_ obstacles: [String], _ record: QueryRecord?) -> LayerComparison {
        LayerComparison(
            id: Self.id, title: Self.title, metric: .unblended, weight: .provisional, figures: nil,
            obstacles: obstacles, record: record)
    }
}
