import FinOps

/// What AWS advises to save, and how far people have come with it.
enum SavingsFacts {
    static let noRegister =
        "no register says what was done about the advice: name one with the setting `savings`"

    /// The advice, the largest first: `savings.1`, …; its path is what to do, then effort and source as far as AWS says them.
    static func write(_ material: FactMaterial, to ledger: inout FactLedger) -> [FactSubject] {
        writeEfficiency(material, to: &ledger)
        let advised = Advised(material.collection.insights)
        let advice = advised.advice
        func known(_ value: ExactDecimal) -> Figure { advised.figure(value) }
        let open = known(advice.map(\.monthlySavings.amount).sum())
        ledger.count("savings.open.count", known(ExactDecimal(advice.count)), "recommendations open when collected")
        ledger.money("savings.open.monthly", open, "what following all of them would save a month, estimated", in: .usd)
        ledger.money("savings.open.annual", open.scaled(by: 12, over: 1), "the same a year", in: .usd)
        ledger.percent(
            "savings.open.share_pct",
            open.percent(of: material.net(in: material.month), otherwise: "the month cost nothing"),
            "open savings in percent of the month's net cost")
        ledger.count(
            "savings.duplicates", known(ExactDecimal(advised.duplicates)),
            "recommendations left out, because another one for the same resource saves as much")
        ledger.count(
            "savings.compute_optimizer.count", advised.beyondHub,
            "recommendations of Compute Optimizer that the Hub does not carry")
        writeFunnel(material.request.savingsRegister, advice, isKnown: known(.zero).value != nil, known, to: &ledger)
        return advice.enumerated().map { index, advice in
            write(advice, "savings.\(index + 1)", known(.zero).sources, material, to: &ledger)
        }
    }

    private static func writeEfficiency(_ material: FactMaterial, to ledger: inout FactLedger) {
        let observation = material.collection.insights?.efficiency
        func figure(_ read: (CostEfficiency) -> ExactDecimal?) -> Figure {
            switch observation {
            case .known(let efficiency):
                let source = [efficiency.record.parametersSHA256]
                return read(efficiency).map { Figure($0, source) } ?? Figure(unknown: "AWS did not say", source)
            case .unknown(let trouble): return Figure(trouble)
            case nil: return Figure(unknown: "AWS was not asked for the efficiency of an organisation")
            }
        }
        ledger.percent(
            "efficiency.score_pct", figure(\.percent),
            "cost efficiency: what could not be saved, of what can be optimised")
        ledger.money("efficiency.savings", figure(\.savings), "what could be saved a month, by AWS", in: .usd)
        ledger.money("efficiency.spend", figure(\.spend), "what can be optimised, by AWS", in: .usd)
    }

    /// Identified → approved → done → verified. A stage counts what has come at least so far.
    private static func writeFunnel(
        _ register: SavingsRegister?, _ advice: [SavingsRecommendation], isKnown: Bool,
        _ known: (ExactDecimal) -> Figure, to ledger: inout FactLedger
    ) {
        let estimates = Dictionary(advice.map { ($0.id, $0.monthlySavings.amount) }) { first, _ in first }
        let entries = register?.entries ?? []
        func amounts(_ entries: [SavingsRegister.Entry]) -> [ExactDecimal?] {
            entries.map { $0.monthlySavings?.amount ?? estimates[$0.recommendationID] }
        }
        for stage in SavingsRegister.Stage.allCases {
            let reached = entries.filter { stage.isReached(by: $0.stage) }
            // Open advice is identified whether or not somebody wrote it down.
            let unwritten =
                stage == .identified ? advice.filter { one in !entries.contains { $0.recommendationID == one.id } } : []
            let source = (register.map { [$0.sha256] } ?? []) + (stage == .identified ? known(.zero).sources : [])
            let values = amounts(reached) + unwritten.map(\.monthlySavings.amount)
            let (count, money): (Figure, Figure)
            if stage == .identified, !isKnown {
                (count, money) = (known(.zero), known(.zero))
            } else if register == nil, stage != .identified {
                (count, money) = (Figure(unknown: noRegister), Figure(unknown: noRegister))
            } else {
                count = Figure(ExactDecimal(values.count), source)
                money =
                    values.contains { $0 == nil }
                    ? Figure(unknown: "the register names closed advice without its `monthly_savings`", source)
                    : Figure(values.compactMap { $0 }.sum(), source)
            }
            ledger.count("savings.\(stage.rawValue).count", count, "savings \(stage.rawValue) or further")
            ledger.money("savings.\(stage.rawValue).monthly", money, "what these save a month", in: .usd)
        }
    }

    private static func write(
        _ advice: SavingsRecommendation, _ prefix: String, _ source: [Digest], _ material: FactMaterial,
        to ledger: inout FactLedger
    ) -> FactSubject {
        ledger.money(
            "\(prefix).monthly", Figure(advice.monthlySavings.amount, source), "saved a month, estimated by AWS",
            in: advice.monthlySavings.currency)
        let cost = advice.monthlyCost.map { Figure($0.amount, source) } ?? Figure(unknown: "AWS did not say", source)
        ledger.money("\(prefix).cost", cost, "what it costs a month", in: advice.monthlyCost?.currency)
        ledger.money(
            "\(prefix).cost_after", cost.map { $0 - advice.monthlySavings.amount }, "what it would cost then",
            in: advice.monthlyCost?.currency)
        ledger.count("\(prefix).recommendation", Figure(ExactDecimal(1), source), advice.id)
        let owner = advice.account.map { id in material.inventory.accounts.first { $0.id == id }?.name ?? id }
        return FactSubject(
            factPrefix: prefix, key: advice.id,
            name: [AdviceWords.whatToDo(advice), advice.resource, owner].compactMap { $0 }.joined(separator: ", "),
            path: [advice.action] + AdviceWords.effortAndSource(advice))
    }
}

/// The Hub's advice, and what Compute Optimizer adds to it; AWS estimates in US dollars.
private struct Advised {
    /// The largest savings first.
    let advice: [SavingsRecommendation]
    /// Left out because another one for the same resource saves as much, or because the Hub advises about it.
    let duplicates: Int
    let beyondHub: Figure
    private let sources: [Digest]
    private let reason: Figure?

    init(_ insights: CostInsights?) {
        let (hub, own) = (insights?.recommendations, insights?.rightsizing)
        let beyond = own?.value?.beyond(hub?.value) ?? []
        let all = (hub?.value?.recommendations ?? []) + beyond
        advice = all.filter { $0.monthlySavings.currency == .usd }.enumerated().sorted { left, right in
            let (first, second) = (left.element.monthlySavings.amount, right.element.monthlySavings.amount)
            return first == second ? left.offset < right.offset : first > second
        }.map(\.element)
        duplicates = (hub?.value?.duplicates ?? 0) + (own?.value?.recommendations.count ?? 0) - beyond.count
        let ownSources = own?.value?.records.map(\.parametersSHA256) ?? []
        beyondHub =
            own.map { $0.trouble.map { Figure($0) } ?? Figure(ExactDecimal(beyond.count), ownSources) }
            ?? Figure(unknown: "Compute Optimizer was not asked")
        sources = (hub?.value.map { [$0.record.parametersSHA256] } ?? []) + (beyond.isEmpty ? [] : ownSources)
        // Advice of one is advice; none of one, while the other did not answer, is not known.
        reason =
            hub?.value != nil || !beyond.isEmpty
            ? nil : hub?.trouble.map { Figure($0) } ?? Figure(unknown: "AWS was not asked for its advice")
    }

    func figure(_ value: ExactDecimal) -> Figure { reason ?? Figure(value, sources) }
}

extension SavingsRegister.Stage {
    fileprivate func isReached(by stage: Self) -> Bool {
        Self.allCases.firstIndex(of: stage)! >= Self.allCases.firstIndex(of: self)!
    }
}
