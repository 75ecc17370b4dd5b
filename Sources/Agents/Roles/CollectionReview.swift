import FinOps

/// Are the answers complete, cited and plausible?
struct CollectionReview {
    let collection: CostCollection

    /// A month this many times the one before, or this small a part of it, deserves a look before anybody reads it.
    static let jump: ExactDecimal = "3"

    var findings: [RoleFinding] {
        missing + collection.records.flatMap(citations) + ledgers.flatMap(rows) + plausibility
    }

    private var ledgers: [CostLedger] {
        [collection.daily, collection.services, collection.recordTypes].compactMap(\.value)
    }

    /// The comparison cannot do without the first three; the others cost their own absence.
    private var missing: [RoleFinding] {
        let needed = [("daily", collection.daily), ("L1", collection.services), ("L3", collection.recordTypes)]
            .compactMap { name, layer in layer.trouble.map { (name, $0) } }
        let optional = [
            ("forecast", collection.forecast.trouble), ("budgets", collection.budgets.trouble),
            ("invoices", collection.invoices.trouble), ("anomalies of AWS", collection.insights?.anomalies?.trouble),
            ("savings plans", collection.insights?.savingsPlans?.trouble),
            ("recommendations", collection.insights?.recommendations?.trouble),
        ].compactMap { name, trouble in trouble.map { (name, $0) } }
        return needed.map {
            RoleFinding(id: "OE-01", severity: .problem, text: "Layer \($0) is unknown: \($1.attribution).")
        }
            + optional.map {
                // A source the endpoint does not offer is nobody's mistake; one that broke should be asked again.
                RoleFinding(
                    id: "OE-02", severity: [.notOffered, .noData].contains($1.kind) ? .note : .advice,
                    text: "No \($0): \($1.attribution).")
            }
    }

    private func citations(_ record: QueryRecord) -> [RoleFinding] {
        var findings: [RoleFinding] = []
        if record.pages.isEmpty {
            findings.append(
                RoleFinding(id: "OE-03", severity: .problem, text: "\(record.id) cites no page of its answer."))
        }
        if record.pages.contains(where: { $0.bytes <= 0 || $0.bodySHA256 == .zero }) {
            findings.append(
                RoleFinding(id: "OE-04", severity: .problem, text: "\(record.id) cites a page without a body."))
        }
        let anonymous = record.pages.count { ($0.requestID ?? "").isEmpty }
        if anonymous > 0 {
            findings.append(
                RoleFinding(
                    id: "OE-05", severity: .advice, text: "\(anonymous) pages of \(record.id) carry no request id."))
        }
        return findings
    }

    /// Pages may repeat a group, never the ledger: it cannot have more lines than its answer had rows.
    private func rows(_ ledger: CostLedger) -> [RoleFinding] {
        ledger.lines.count > ledger.record.rows
            ? [
                RoleFinding(
                    id: "OE-06", severity: .problem,
                    text: "\(ledger.record.id) has more lines than the answer it cites had rows.")
            ] : []
    }

    private var plausibility: [RoleFinding] {
        guard let ledger = collection.recordTypes.value else { return [] }
        let month = collection.month
        guard ledger.lines(in: month).contains(where: { !$0.amount(.unblended).isZero }) else {
            return [
                RoleFinding(
                    id: "OE-07", severity: .problem, text: "\(month) has no cost at all: no data, or no rights.")
            ]
        }
        let now = ledger.total(.unblended, in: month)
        let before = ledger.total(.unblended, in: month.previous)
        guard before > .zero, now > before * Self.jump || now * Self.jump < before else { return [] }
        return [
            RoleFinding(
                id: "OE-08", severity: .advice,
                text:
                    "\(month) and \(month.previous) differ by more than a factor of three; check both before publishing."
            )
        ]
    }
}
