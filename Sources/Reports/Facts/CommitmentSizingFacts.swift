import Analysis
import FinOps

/// How much of what nothing covers is worth committing to, by the newsvendor's rule: out of the hours of the month's own line
/// items and a plan's discount, both read or set and never supposed.
struct CommitmentSizingFacts {
    static let prefix = "commitment.sizing"

    private let hours: [ExactDecimal]?
    /// Why there are no hours.
    private let reason: String?
    private let sources: [Digest]
    private let currency: Currency
    private let discount: PlanDiscount

    init(_ material: FactMaterial, plans: PlanDiscount.Billed) {
        currency = material.collection.lineItems?.currency ?? material.currency
        discount = PlanDiscount(material, plans)
        switch material.collection.uncoveredCompute {
        case .known(let compute):
            (hours, reason, sources) = (compute.hours, nil, [compute.record.parametersSHA256])
        case .unknown(let trouble):
            (hours, reason, sources) = (nil, Reason.of(trouble), [])
        case nil:
            let given = material.collection.lineItems != nil || material.collection.origin != nil
            (hours, sources) = (nil, [])
            reason =
                given
                ? "how much to commit to follows from the hours of the whole organisation, which were not read"
                : "how much to commit to follows from hourly usage, which line items by the hour say; `--source` names them"
        }
    }

    func write(to ledger: inout FactLedger) {
        let prefix = Self.prefix
        ledger.percent("\(prefix).discount_pct", discount.percent, "discount of a plan: \(discount.origin)")
        let sizing = sizing
        ledger.money(
            prefix, sizing.figure(\.level),
            "on-demand cost an hour of compute that should be covered, of what nothing covers",
            in: currency)
        ledger.money(
            "\(prefix).hourly_commitment", sizing.figure(\.hourlyCommitment), "what to commit an hour to cover it",
            in: currency)
        ledger.money(
            "\(prefix).monthly_savings", sizing.figure(\.savings), "what that commitment would have saved in the month",
            in: currency)
        ledger.money(
            "\(prefix).on_demand", Figure(hours, reason, sources) { $0.sum() },
            "compute of the month that nothing covers, on demand", in: currency)
        let nothing = "no hour used anything that is not covered"
        ledger.percent(
            "\(prefix).coverage_pct", sizing.percent(\.coverage, otherwise: nothing),
            "share of that compute that the commitment would have covered")
        ledger.percent(
            "\(prefix).utilization_pct", sizing.percent(\.utilization, otherwise: nothing),
            "share of the commitment that would have been used")
        ledger.percent(
            "\(prefix).effective_savings_rate_pct", sizing.percent(\.effectiveSavingsRate, otherwise: nothing),
            "what it would have saved in percent of that compute on demand")
        writeBands(to: &ledger)
    }

    /// The hours by what they cost: `commitment.sizing.band.1`, …
    private func writeBands(to ledger: inout FactLedger) {
        ledger.count(
            "\(Self.prefix).hours", Figure(hours, reason, sources) { ExactDecimal($0.count) }, "hours of the month")
        for (index, band) in HourBands(hours ?? []).bands.enumerated() {
            let prefix = "\(Self.prefix).band.\(index + 1)"
            ledger.money(
                "\(prefix).from", Figure(band.from, sources), "an hour's compute on demand, from", in: currency)
            ledger.money(
                "\(prefix).to", Figure(band.to, sources), "an hour's compute on demand, to below", in: currency)
            ledger.count("\(prefix).hours", band.hours, "hours of the month in between", sources: sources)
        }
    }

    private var sizing: Sized {
        guard let hours else { return Sized(sizing: nil, reason: reason, sources: sources) }
        guard let share = discount.percent.value else {
            return Sized(sizing: nil, reason: discount.percent.reason, sources: discount.percent.sources)
        }
        return Sized(
            sizing: CommitmentSizing(hourlyUsage: hours, discount: share * "0.01"), reason: nil,
            sources: sources + discount.percent.sources.filter { !sources.contains($0) })
    }
}

/// A sizing, or why there is none.
private struct Sized {
    let sizing: CommitmentSizing?
    let reason: String?
    let sources: [Digest]

    func figure(_ read: (CommitmentSizing) -> ExactDecimal) -> Figure { Figure(sizing, reason, sources, read) }

    func percent(_ read: (CommitmentSizing) -> ExactDecimal?, otherwise nothing: String) -> Figure {
        guard let sizing else { return Figure(unknown: reason ?? "", sources) }
        return read(sizing).map { Figure($0 * "100", sources) } ?? Figure(unknown: nothing, sources)
    }
}

extension Figure {
    /// Read out of what may not be there.
    fileprivate init<Source>(
        _ source: Source?, _ reason: String?, _ sources: [Digest], _ read: (Source) -> ExactDecimal
    ) {
        if let source { self.init(read(source), sources) } else { self.init(unknown: reason ?? "", sources) }
    }
}
