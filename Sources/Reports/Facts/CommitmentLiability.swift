import FinOps

/// What is still to be paid for commitments month by month, each as high as in the month of the report until it ends.
struct CommitmentLiability {
    static let shownMonths = 12

    private let commitments: [Commitment]
    private let material: FactMaterial

    init(_ commitments: [Commitment], _ material: FactMaterial) {
        (self.commitments, self.material) = (commitments, material)
    }

    /// `commitment.liability.2026-03`, … and their sum.
    func write(_ sources: [Digest], to ledger: inout FactLedger) {
        guard !commitments.isEmpty else { return }
        let months = (1...Self.shownMonths).map { material.month.adding(months: $0) }
        let figures = months.map { fees(in: $0, sources) }
        for (month, figure) in zip(months, figures) {
            ledger.money(
                "commitment.liability.\(month)", figure,
                "fees of the commitments that still run at the start of \(month.name), as high as this month's")
        }
        ledger.money(
            "commitment.liability.total", figures.dropFirst().reduce(figures[0]) { $0 + $1 },
            "fees of commitments over the next \(Self.shownMonths) months")
    }

    private func fees(in month: BillingMonth, _ sources: [Digest]) -> Figure {
        let running = commitments.filter { $0.endDay.map { $0 > month.firstDay } ?? false }
        let fees = running.map(fee)
        if let silent = zip(running, fees).first(where: { $0.1 == nil })?.0 {
            return Figure(unknown: "the fee of \(silent.id) is not known", sources)
        }
        guard fees.allSatisfy({ $0?.currency == material.currency }) else {
            return Figure(unknown: "the fees are in another currency than the costs", sources)
        }
        return Figure(fees.compactMap { $0?.amount }.sum(), sources)
    }

    /// As it was asked for, else the commitment an hour over the hours of the month.
    func fee(_ commitment: Commitment) -> Money? {
        commitment.committed
            ?? commitment.hourlyCommitment.map {
                Money($0.amount * ExactDecimal(24 * material.month.days), $0.currency)
            }
    }
}
