import FinOps

/// When commitments end. Plans of the caller's account are always asked for; plans that members bought and reservations are
/// known only where somebody pays for the question.
struct CommitmentCalendar {
    private let material: FactMaterial

    init(_ material: FactMaterial) {
        self.material = material
    }

    /// `commitment.1`, … by their end.
    func write(to ledger: inout FactLedger) -> [FactSubject] {
        let insights = material.collection.insights
        let answers = CommitmentFamily.allCases.compactMap { insights?.utilization[$0]?.value }
        let listing = insights?.savingsPlans?.value
        guard listing != nil || !answers.isEmpty else {
            let unknown =
                insights?.savingsPlans?.trouble.map { Figure($0) } ?? Figure(unknown: "AWS was not asked")
            ledger.count("commitment.count", unknown, "commitments whose end is known")
            ledger.count("commitment.ending_soon", unknown, "of these ending soon")
            return []
        }
        let sources = (listing.map { [$0.record] } ?? []) + answers.map(\.record)
        let known = merged(listing?.plans ?? [], answers.flatMap(\.commitments)).filter { $0.endDay != nil }
        let month = material.month
        let soon = known.filter { $0.endDay! < month.firstDayAfter.adding(days: CommitmentFacts.soonDays) }
        let digests = sources.map(\.parametersSHA256)
        ledger.count("commitment.count", Figure(ExactDecimal(known.count), digests), "commitments whose end is known")
        ledger.count(
            "commitment.ending_soon", Figure(ExactDecimal(soon.count), digests),
            "of these ending soon after \(month.name)")
        ledger.days("commitment.soon_days", CommitmentFacts.soonDays, "days after the month that count as soon")
        CommitmentLiability(known, material).write(digests, to: &ledger)
        return known.enumerated().map { index, commitment in
            write(commitment, "commitment.\(index + 1)", digests, to: &ledger)
        }
    }

    /// The same plan may come twice: what was asked for money knows more.
    private func merged(_ listed: [Commitment], _ asked: [Commitment]) -> [Commitment] {
        let known = Set(asked.map(\.id))
        return (listed.filter { !known.contains($0.id) } + asked).sorted { left, right in
            left.endDay == right.endDay
                ? left.id < right.id
                : (left.endDay ?? material.month.firstDay) < (right.endDay ?? material.month.firstDay)
        }
    }

    private func write(
        _ commitment: Commitment, _ prefix: String, _ source: [Digest], to ledger: inout FactLedger
    ) -> FactSubject {
        func money(_ id: String, _ amount: Money?, _ label: String, otherwise reason: String) {
            ledger.money(
                "\(prefix).\(id)", amount.map { Figure($0.amount, source) } ?? Figure(unknown: reason, source), label,
                in: amount?.currency)
        }
        let unasked = "AWS was not asked for the use of each: that is a billed question of `extra_questions`"
        money(
            "hourly", commitment.hourlyCommitment, "committed an hour", otherwise: "a reservation has no hourly amount")
        money("committed", commitment.committed, "its fee in the month, by AWS", otherwise: unasked)
        money("used", commitment.used, "the part of the fee that was used", otherwise: unasked)
        money(
            "fee", CommitmentLiability([commitment], material).fee(commitment),
            "its fee in the month, by AWS or by the hour", otherwise: unasked)
        let left = commitment.endDay!.daysSinceEpoch - material.month.firstDayAfter.daysSinceEpoch
        ledger.count(
            "\(prefix).days_left", Figure(ExactDecimal(left), source), "days from the end of the month to its end")
        let owner = commitment.account.map { id in material.inventory.accounts.first { $0.id == id }?.name ?? id }
        return FactSubject(
            factPrefix: prefix, key: commitment.id,
            name: [commitment.type, owner, "ends \(commitment.endDay!)"].compactMap { $0 }.joined(separator: ", "),
            path: nil)
    }
}
