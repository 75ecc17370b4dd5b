import FinOps

/// What savings plans and reservations cost, how far they were used, what they saved, and when they end.
///
/// Cost and use come from the bill itself (L3, amortised: the share of a fee that covered nothing stays on the fee's own
/// record type), so they are known without a further question. How much *could* have been covered AWS alone can say, or line
/// items by the hour.
enum CommitmentFacts {
    /// Ends within so many days are called soon.
    static let soonDays = 90

    /// The commitments by their end: `commitment.1`, …
    static func write(_ material: FactMaterial, to ledger: inout FactLedger) -> [FactSubject] {
        let plans = BilledCommitments(material, .savingsPlans)
        let reservations = BilledCommitments(material, .reservations)
        plans.write("commitment.savings_plans", to: &ledger)
        reservations.write("commitment.reservations", to: &ledger)
        let unused = plans.unused + reservations.unused
        let committed = plans.committed + reservations.committed
        ledger.money("commitment.committed", committed, "fees of all commitments, spread over their term")
        ledger.money("commitment.unused", unused, "of these paid for and not used")
        ledger.percent(
            "commitment.utilization_pct",
            (committed - unused).percent(of: committed, otherwise: "no commitment was paid for"),
            "share of the commitments that was used")
        writeSavings(of: plans, material, to: &ledger)
        for family in CommitmentFamily.allCases { writeFamily(family, material, to: &ledger) }
        CommitmentSizingFacts(
            material, plans: PlanDiscount.Billed(used: plans.used, onDemand: plans.onDemandEquivalent)
        ).write(to: &ledger)
        return CommitmentCalendar(material).write(to: &ledger)
    }

    /// The savings of plans from the bill, and the effective savings rate where the coverage was asked for.
    private static func writeSavings(
        of plans: BilledCommitments, _ material: FactMaterial, to ledger: inout FactLedger
    ) {
        let prefix = "commitment.savings_plans"
        ledger.money("\(prefix).on_demand", plans.onDemandEquivalent, "what the covered usage costs on demand")
        ledger.money(
            "\(prefix).net_savings", plans.onDemandEquivalent - plans.committed,
            "saved by savings plans, their unused part deducted")
        let uncovered = coverage(.savingsPlans, material).figure { $0.onDemandCost.amount }
        let wouldCost = plans.onDemandEquivalent + uncovered
        ledger.percent(
            "\(prefix).effective_savings_rate_pct",
            (wouldCost - plans.committed - uncovered).percent(
                of: wouldCost, otherwise: "nothing was eligible for a savings plan"),
            "saved in percent of what all eligible usage would cost on demand")
    }

    /// What AWS says of one family, where it was asked.
    private static func writeFamily(
        _ family: CommitmentFamily, _ material: FactMaterial, to ledger: inout FactLedger
    ) {
        let prefix = "commitment." + family.rawValue.replacing("-", with: "_")
        let coverage = coverage(family, material)
        ledger.money(
            "\(prefix).uncovered", coverage.figure { $0.onDemandCost.amount },
            "usage that \(family.title) could have covered and did not", in: .usd)
        ledger.percent(
            "\(prefix).coverage_pct",
            coverage.figure(\.covered).percent(of: coverage.figure(\.eligible), otherwise: "nothing was eligible"),
            family == .savingsPlans
                ? "covered in percent of eligible on-demand cost" : "covered in percent of running hours")
        // Plans are known from the bill; of reservations it does not tell the on-demand price.
        guard family != .savingsPlans else { return }
        let use = Answered(material.collection.insights?.utilization[family], family)
        ledger.money(
            "\(prefix).on_demand", use.figure { $0.onDemandEquivalent.amount },
            "what the hours that used \(family.title) cost on demand", in: .usd)
        ledger.money(
            "\(prefix).net_savings", use.figure { $0.onDemandEquivalent.amount - $0.committed.amount },
            "saved by \(family.title), their unused part deducted", in: .usd)
        ledger.percent(
            "\(prefix).utilization_pct",
            use.figure { $0.used.amount }.percent(
                of: use.figure { $0.committed.amount }, otherwise: "none was paid for"),
            "share of \(family.title) that was used")
    }

    private static func coverage(
        _ family: CommitmentFamily, _ material: FactMaterial
    ) -> Answered<CommitmentCoverage> {
        Answered(material.collection.insights?.coverage[family], family)
    }
}

/// An answer about commitments: known, unknown for a reason, or never asked for.
private struct Answered<Answer: Sendable & Cited> {
    let observation: Observation<Answer>?
    let family: CommitmentFamily

    init(_ observation: Observation<Answer>?, _ family: CommitmentFamily) {
        (self.observation, self.family) = (observation, family)
    }

    func figure(_ read: (Answer) -> ExactDecimal) -> Figure {
        switch observation {
        case .known(let answer): Figure(read(answer), [answer.record.parametersSHA256])
        case .unknown(let trouble): Figure(trouble)
        case nil: Figure(unknown: "AWS was not asked: that is a billed question, `\(question)` of `extra_questions`")
        }
    }

    private var question: String {
        ExtraQuestion.allCases.first { $0.families.contains(family) }?.rawValue ?? ""
    }
}

private protocol Cited {
    var record: QueryRecord { get }
}
extension CommitmentCoverage: Cited {}
extension CommitmentUtilization: Cited {}

/// The commitments of one kind as the bill shows them.
private struct BilledCommitments {
    enum Kind {
        case savingsPlans, reservations

        var title: String { self == .savingsPlans ? "savings plans" : "reservations" }
        /// Letters of the record types, in lower case, of usage that was covered and of fees.
        var covered: [String] { self == .savingsPlans ? ["savingsplancoveredusage"] : ["discountedusage"] }
        func isFee(_ name: String) -> Bool {
            RecordClass(recordType: name) == .commitmentFee
                && name.lowercased().contains("savings") == (self == .savingsPlans)
        }
    }

    let kind: Kind
    let used: Figure
    let unused: Figure
    /// Known of savings plans only.
    let onDemandEquivalent: Figure

    var committed: Figure { used + unused }

    init(_ material: FactMaterial, _ kind: Kind) {
        self.kind = kind
        let month = material.month
        func sum(_ metric: CostMetric, where matches: @escaping (String) -> Bool) -> Figure {
            material.figure(material.collection.recordTypes, in: month) { ledger in
                ledger.totals(metric, in: month, by: .recordType).filter { matches($0.key) }.map(\.value).sum()
            }
        }
        func isCovered(_ name: String) -> Bool {
            kind.covered.contains(String(name.lowercased().filter(\.isLetter)))
        }
        used = sum(.amortized, where: isCovered)
        unused = sum(.amortized, where: kind.isFee)
        onDemandEquivalent = sum(.unblended, where: isCovered)
    }

    func write(_ prefix: String, to ledger: inout FactLedger) {
        ledger.money("\(prefix).committed", committed, "fees of \(kind.title), spread over their term")
        ledger.money("\(prefix).used", used, "of these used")
        ledger.money("\(prefix).unused", unused, "of these paid for and not used")
        ledger.percent(
            "\(prefix).utilization_pct",
            used.percent(of: committed, otherwise: "no \(kind.title) were paid for"),
            "share of \(kind.title) that was used")
    }
}
