import AWS
import CostExports
import Evidence
import FinOps
import Foundation
import Gates
import Pipeline

/// What a run would do and cost, printed before anything is paid.
struct PlanView {
    let order: RunOrder
    let sources: LineItemSources
    let global: GlobalOptions

    private var terminal: Terminal { global.terminal }

    func show() throws -> ExitStatus {
        let plan = PlannedMonth(
            order: order, cache: order.request.isSample || order.refreshes ? nil : AnswerCacheFolder(global),
            now: SystemClock().now(), isFree: sources.month != nil)
        switch global.format {
        case .json, .jsonl:
            terminal.output(
                String(
                    decoding: try JSONText.line(PlanReport(order: order, sources: sources, plan: plan)),
                    as: UTF8.self))
        case .text:
            showText(plan)
        }
        return .complete
    }

    private func showText(_ plan: PlannedMonth) {
        terminal.output("Plan for \(order.request.month) · project \(order.request.project)\n")
        terminal.output("Phases and gates")
        for phase in PhaseID.allCases {
            let gates = GateCatalog.all.filter { $0.phase == phase }
            let text = gates.map { "\($0.id.rawValue) \($0.title)" }.joined(separator: ", ")
            terminal.output("  \(PhaseLine.pad(phase.rawValue, 2)) \(PhaseLine.pad(phase.name, 20)) \(text)")
        }
        terminal.output("")
        if sources.month == nil { showQuestions(plan) }
        showLineItems()
        terminal.output(
            "\nAbout USD \(Self.dollars(plan.cost)) for \(plan.questions.count) billed requests of one page each")
        for account in plan.cachedAccounts {
            terminal.output(
                "About USD \(Self.dollars(plan.cost(for: account))) when account \(account) asks: the cache has the rest"
            )
        }
        if order.request.scope == .singleAccount {
            terminal.output("What the cache has of a single account is known only after signing in")
        }
        let threshold = order.policy.approvalThreshold.amount
        terminal.output("A total over USD \(GroupedDigits.text(threshold)) needs a human (G7)")
    }

    private func showQuestions(_ plan: PlannedMonth) {
        terminal.output("Billed questions (Cost Explorer, USD 0.01 a page; its page size is not documented)")
        for question in plan.questions {
            terminal.output("  \(PhaseLine.pad(question.id, 9)) \(question.title)")
            for listing in question.cached {
                let end = listing.keptUntil.map { "until \($0)" } ?? "for good"
                terminal.output(
                    "            in the cache for account \(listing.question.account), kept \(end): \(listing.pages.count) pages"
                )
            }
        }
        for extra in ExtraQuestion.allCases where !(order.request.extraQuestions ?? []).contains(extra) {
            let price = Self.dollars(ExactDecimal(extra.requests) * CollectionPlan.priceOfRequestUSD)
            terminal.output("  not asked \(extra.rawValue): USD \(price); add it to `extra_questions`")
        }
        terminal.output(
            "Free questions\n  sts, organizations (20 accounts a page), budgets, invoicing, billing, savingsplans,\n"
                + "  cost-optimization-hub, compute-optimizer")
    }

    private func showLineItems() {
        if let month = sources.month {
            terminal.output(
                "\(month.place.title)\n  L1        the whole month from the line items of \(month.text)\n"
                    + "            \(month.place.price); no billing service is asked")
        }
        if let beside = sources.beside {
            let against = sources.month == nil ? "L3 and the invoices" : "L3"
            terminal.output(
                "\(beside.place.title)\n  L3e       line items of \(beside.text), against \(against)\n"
                    + "            \(beside.place.price)")
        }
    }

    static func dollars(_ amount: ExactDecimal) -> String { amount.text(fractionDigits: 2) }
}

extension ItemPlace {
    fileprivate var title: String {
        switch self {
        case .local: "Read on this machine"
        case .bucket: "Read out of a bucket, before anything else is asked"
        case .table: "Asked of Athena, before anything else is asked"
        }
    }

    fileprivate var price: String {
        switch self {
        case .local: "free"
        case .bucket:
            "the month's objects, once each; S3 bills requests in millionths of a dollar, and transfer out of AWS"
        case .table:
            "billed by what the queries scan, up to `athena_spending_limit`"
        }
    }
}

/// The billed questions of a month and who need not pay for them again.
struct PlannedMonth {
    struct Question {
        let id: String
        let title: String
        let operation: String
        /// Usable answers of earlier runs, by whoever asked.
        let cached: [CachedListing]
    }

    let questions: [Question]

    /// `isFree`: an export answers, and nothing is asked.
    init(order: RunOrder, cache: AnswerCacheFolder?, now: Timestamp, isFree: Bool = false) {
        guard !isFree else {
            questions = []
            return
        }
        let today = order.request.today
        let plan = CollectionPlan(order.request)
        func question(_ id: String, _ title: String, _ billed: BilledQuestion) -> Question {
            let cached = cache?.listings(operation: billed.operation, body: billed.body, at: now) ?? []
            return Question(id: id, title: title, operation: billed.operation, cached: cached)
        }
        questions =
            plan.queries.map { query in
                let groups = query.groupBy.map(\.rawValue).joined(separator: " x ")
                return question(
                    query.id,
                    "\(query.firstDay) to \(query.endDay)  \(groups)\(query.granularity == .daily ? " by day" : "")",
                    BilledQuestion(query))
            } + [
                question(
                    "forecast", "the rest of the running month",
                    BilledQuestion(forecastFrom: today, to: today.billingMonth.firstDayAfter))
            ]
            + plan.extraQuestions.flatMap { extra in Self.billed(extra, plan).map { question($0.0, $0.1, $0.2) } }
            // Which members they are is known only once L3 has been read.
            + (0..<plan.memberAccounts).map { index in
                Question(
                    id: "L1d", title: "what the member that costs most, number \(index + 1), sees of itself",
                    operation: "ce:GetCostAndUsage", cached: [])
            }
    }

    private static func billed(_ extra: ExtraQuestion, _ plan: CollectionPlan) -> [(String, String, BilledQuestion)] {
        if extra == .anomalies {
            guard let days = plan.anomalyDays else { return [] }
            return [
                (
                    "anomalies", "\(days.first) to \(days.last)  what AWS found unusual",
                    BilledQuestion(anomaliesFrom: days.first, to: days.last)
                )
            ]
        }
        if extra == .usage {
            let query = plan.usage
            return [
                (
                    query.id, "\(query.firstDay) to \(query.endDay)  SERVICE x USAGE_TYPE with quantities",
                    BilledQuestion(usage: query)
                )
            ]
        }
        guard let days = plan.commitmentDays else { return [] }
        return extra.families.flatMap { family in
            let name = family == .savingsPlans ? "sp" : String(family.rawValue.prefix(3))
            return zip(
                [("use", "utilisation"), ("cover", "coverage")],
                BilledQuestion.commitments(family, from: days.first, to: days.end)
            ).map { what, billed in ("\(name)-\(what.0)", "\(what.1) of \(family.title)", billed) }
        }
    }

    var cost: ExactDecimal { ExactDecimal(questions.count) * CollectionPlan.priceOfRequestUSD }

    var cachedAccounts: [String] {
        Set(questions.flatMap(\.cached).map(\.question.account)).sorted()
    }

    func cost(for account: String) -> ExactDecimal {
        let unpaid = questions.count { question in !question.cached.contains { $0.question.account == account } }
        return ExactDecimal(unpaid) * CollectionPlan.priceOfRequestUSD
    }
}

private struct PlanReport: Encodable {
    struct Question: Encodable {
        let id: String
        let operation: String
        let pagesAssumed: Int
        let costUSD: String
        /// Accounts that have its answer in the cache.
        let cachedFor: [String]
    }

    struct CachedCost: Encodable {
        let account: String
        let costUSD: String
    }

    let schema = 1
    let month: BillingMonth
    let project: String
    let questions: [Question]
    /// Where line items are read from; nil when `--source` names nothing.
    let lineItems: String?
    /// Where the whole month is read from; nil when Cost Explorer is asked.
    let monthFrom: String?
    let costUSD: String
    /// What is left to pay when one of these accounts asks.
    let withCache: [CachedCost]

    init(order: RunOrder, sources: LineItemSources, plan: PlannedMonth) {
        month = order.request.month
        project = order.request.project
        let price = PlanView.dollars(CollectionPlan.priceOfRequestUSD)
        questions = plan.questions.map { question in
            Question(
                id: question.id, operation: question.operation, pagesAssumed: 1, costUSD: price,
                cachedFor: Set(question.cached.map(\.question.account)).sorted())
        }
        (lineItems, monthFrom) = (sources.beside?.text, sources.month?.text)
        costUSD = PlanView.dollars(plan.cost)
        withCache = plan.cachedAccounts.map {
            CachedCost(account: $0, costUSD: PlanView.dollars(plan.cost(for: $0)))
        }
    }
}
