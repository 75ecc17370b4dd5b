import Exports
import FinOps
import Foundation
import Reports

/// What stands out, what is planned, and what could be saved: of the whole month, as the pages show it.
extension SectionWriter {
    /// The month to come and the fiscal year against every budget.
    var lights: ExportTable? {
        list(
            "lights", "Budgets, and how likely each is overrun, \(code)", heading: "Budget",
            columns: [
                .init("period", title: "Period", .text), .init("light", title: "Light", .text),
                .init("overrun_pct", title: "Chance", .percent),
                .init("limit", title: "Limit", amount, isDetail: true),
                .init("landing", title: "Lands at", amount), .init("gap", title: "Over or under", amount),
            ],
            rows: (book.analysis?.lights ?? []).map { light in
                let prefix = light.factPrefix
                let chance = facts["\(prefix).overrun_pct"]
                return (
                    name(light),
                    [
                        .text(light.period), light.word.map { .text($0) } ?? .unknown(chance.reason ?? ""),
                        fact("\(prefix).overrun_pct", .percent), ownCurrency("\(prefix).budget", .cents),
                        ownCurrency("\(prefix).landing", .cents), ownCurrency("\(prefix).gap", .signedCents),
                    ]
                )
            })
    }

    private func name(_ light: LightOutline) -> String {
        light.subject == BudgetTarget.Subject.organization.description
            ? "Organisation" : (book.budgets ?? []).first { $0.key == light.subject }?.name ?? light.subject
    }

    /// A column has one currency: an amount in another one does not stand in it.
    private func ownCurrency(_ id: String, _ shape: FigureText.Shape) -> ExportTable.Cell {
        let fact = facts[id]
        guard let other = fact.currency, other != book.currency, fact.value != nil else { return self.fact(id, shape) }
        return .unknown("it is in \(other)", printed: other.code)
    }

    /// By their first day, with whom to ask in the exports.
    var incidents: ExportTable? {
        list(
            "incidents", "Incidents: what cost more or less than its own days before, \(code)", heading: "What",
            columns: [
                .init("first_day", title: "From", .text), .init("last_day", title: "To", .text, isDetail: true),
                .init("kind", title: "Kind", .text), .init("severity", title: "Severity", .text, isDetail: true),
                .init("expected", title: "Expected", amount), .init("actual", title: "Actual", amount),
                .init("impact", title: "Impact", amount), .init("found_by", title: "Found by", .text),
                .init("account", title: "Account to ask", .text, isDetail: true),
            ],
            rows: (book.analysis?.incidents ?? []).map { incident in
                let prefix = incident.factPrefix
                let services = incident.causes.compactMap { $0.service?.name }
                let account = incident.causes.compactMap { $0.account?.name }.first
                return (
                    services.isEmpty ? "several services" : services.joined(separator: ", "),
                    [
                        .text("\(incident.firstDay)"), .text("\(incident.lastDay)"), .text(incident.kind),
                        .text(incident.severity), fact("\(prefix).expected", .cents), fact("\(prefix).actual", .cents),
                        fact("\(prefix).impact", .signedCents), .text(incident.detectedBy.rawValue),
                        account.map { .text(UntrustedText($0).text) }
                            ?? .unknown("no single account carries half of what moved"),
                    ]
                )
            })
    }

    /// Fees, what of them was wasted, and what is still to pay.
    var commitments: ExportTable? {
        let lines: [(String, String)] = [
            ("Fees, spread over their term", "commitment.committed"), ("Of these unused", "commitment.unused"),
            ("Saved by savings plans, net", "commitment.savings_plans.net_savings"),
            ("Still to pay over twelve months", "commitment.liability.total"),
        ]
        guard !(isZero("commitment.committed") && (book.commitments ?? []).isEmpty && further.isEmpty) else {
            return nil
        }
        return list(
            "commitments", "Commitments, \(code)", heading: "Figure",
            columns: [.init("amount", title: "Amount", amount)],
            rows: (lines.filter { facts.contains($0.1) } + further).map { ($0.0, [ownCurrency($0.1, .cents)]) })
    }

    /// What more would be worth committing to, where the hours of the month are known.
    private var further: [(String, String)] {
        [
            ("Worth committing to further, an hour", "commitment.sizing.hourly_commitment"),
            ("It would have saved, at public prices", "commitment.sizing.monthly_savings"),
        ].filter { facts.value($0.1) != nil }
    }

    /// The next ones to end; the name carries owner and day.
    var expiries: ExportTable? {
        list(
            "expiries", "Commitments by their end, \(code)", heading: "Commitment",
            columns: [
                .init("days_left", title: "Days left", .number), .init("fee", title: "This month", amount),
                .init("used", title: "Used of it", amount),
            ],
            rows: (book.commitments ?? []).prefix(limit).map { commitment in
                let prefix = commitment.factPrefix
                return (
                    commitment.name,
                    [
                        fact("\(prefix).days_left", .plain), ownCurrency("\(prefix).fee", .cents),
                        ownCurrency("\(prefix).used", .cents),
                    ]
                )
            })
    }

    /// How far advice has come. AWS estimates in US dollars, whatever the bill is in.
    var funnel: ExportTable? {
        list(
            "savings", "Savings by how far they have come, \(Currency.usd) a month", heading: "Stage",
            columns: [
                .init("count", title: "Savings", .number), .init("monthly", title: "A month", .amount(.usd)),
            ],
            rows: SavingsRegister.Stage.allCases.map { stage in
                (
                    stage.rawValue.capitalized,
                    [
                        fact("savings.\(stage.rawValue).count", .plain),
                        fact("savings.\(stage.rawValue).monthly", .cents),
                    ]
                )
            })
    }

    /// The largest advice, and all of it as the total.
    var advice: ExportTable? {
        list(
            "advice", "The largest advice of AWS, \(Currency.usd) a month", heading: "What to do",
            columns: [
                .init("cost", title: "Costs", .amount(.usd)), .init("cost_after", title: "Then", .amount(.usd)),
                .init("monthly", title: "Saves", .amount(.usd)),
                .init("recommendation", title: "Recommendation", .text, isDetail: true),
            ],
            rows: (book.recommendations ?? []).prefix(limit).map { advice in
                let prefix = advice.factPrefix
                return (
                    advice.name,
                    [
                        fact("\(prefix).cost", .cents), fact("\(prefix).cost_after", .cents),
                        fact("\(prefix).monthly", .cents), .text(UntrustedText(advice.key).text),
                    ]
                )
            }, total: ("All advice", [.empty, .empty, fact("savings.open.monthly", .cents), .empty]))
    }

    /// What earlier sealed months and AWS said of this one.
    var accuracy: ExportTable? {
        let lines: [(String, String)] = [
            ("Ours, the month before", "accuracy.lag1"), ("Ours, three months before", "accuracy.lag3"),
            ("Ours, of the days AWS spoke of", "accuracy.ours"), ("AWS's, of these days", "accuracy.aws"),
        ]
        return list(
            "accuracy", "Forecasts of \(book.month.name), \(code)", heading: "Forecast",
            columns: [
                .init("forecast", title: "Said", amount), .init("error_pct", title: "Off by", .percent),
                .init("mean_error_pct", title: "On average", .percent), .init("months", title: "Months", .number),
                .init("inside80", title: "In band", .number),
            ],
            rows: lines.filter { facts.value("\($0.1).forecast") != nil }.map { name, prefix in
                func known(_ id: String, _ shape: FigureText.Shape) -> ExportTable.Cell {
                    facts.contains("\(prefix).\(id)") ? fact("\(prefix).\(id)", shape) : .empty
                }
                return (
                    name,
                    [
                        known("forecast", .cents), known("error_pct", .percent), known("mean_error_pct", .percent),
                        known("months", .plain), known("inside80", .plain),
                    ]
                )
            })
    }
}
