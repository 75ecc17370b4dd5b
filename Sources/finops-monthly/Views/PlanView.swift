import FinOps
import Foundation
import Gates
import Pipeline

/// What a run would do and cost, printed before anything is paid.
struct PlanView {
    let order: RunOrder
    let format: OutputFormat
    let terminal: Terminal

    func show() throws -> ExitStatus {
        let plan = CollectionPlan(month: order.request.month, today: order.request.today, onlyAccount: nil)
        switch format {
        case .json, .jsonl:
            terminal.output(String(decoding: try JSONText.line(PlanReport(order: order, plan: plan)), as: UTF8.self))
        case .text:
            showText(plan)
        }
        return .complete
    }

    private func showText(_ plan: CollectionPlan) {
        terminal.output("Plan for \(order.request.month) · project \(order.request.project)\n")
        terminal.output("Phases and gates")
        for phase in PhaseID.allCases {
            let gates = GateCatalog.all.filter { $0.phase == phase }
            let text = gates.map { "\($0.id.rawValue) \($0.title)" }.joined(separator: ", ")
            terminal.output("  \(PhaseLine.pad(phase.rawValue, 2)) \(PhaseLine.pad(phase.name, 20)) \(text)")
        }
        terminal.output("\nBilled questions (Cost Explorer, USD 0.01 a page; its page size is not documented)")
        for query in plan.queries {
            let groups = query.groupBy.map(\.rawValue).joined(separator: " x ")
            terminal.output(
                "  \(PhaseLine.pad(query.id, 9)) \(query.firstDay) to \(query.endDay)  \(groups.isEmpty ? "ungrouped" : groups)"
            )
        }
        terminal.output("  \(PhaseLine.pad("forecast", 9)) the rest of the running month")
        terminal.output("Free questions\n  sts, organizations (20 accounts a page), budgets, invoicing")
        terminal.output(
            "\nAbout USD \(plan.plannedCostUSD.text(fractionDigits: 2)) for \(plan.plannedRequests) billed requests of one page each"
        )
        let threshold = order.policy.approvalThreshold.amount
        terminal.output("A total over USD \(GroupedDigits.text(threshold)) needs a human (G7)")
    }
}

private struct PlanReport: Encodable {
    struct Question: Encodable {
        let id: String
        let operation: String
        let pagesAssumed: Int
        let costUSD: String
    }

    let schema = 1
    let month: BillingMonth
    let project: String
    let questions: [Question]
    let costUSD: String

    init(order: RunOrder, plan: CollectionPlan) {
        month = order.request.month
        project = order.request.project
        let price = CollectionPlan.priceOfRequestUSD.text(fractionDigits: 2)
        questions =
            plan.queries.map {
                Question(id: $0.id, operation: "ce:GetCostAndUsage", pagesAssumed: 1, costUSD: price)
            } + [Question(id: "forecast", operation: "ce:GetCostForecast", pagesAssumed: 1, costUSD: price)]
        costUSD = plan.plannedCostUSD.text(fractionDigits: 2)
    }
}
