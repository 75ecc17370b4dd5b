import Evidence
import FinOps
import Pipeline

/// What a person is shown at the terminal before deciding; 80 columns, no colour needed.
struct ApprovalSummary {
    let briefing: ApprovalBriefing
    /// What deciding here does without, beside what the policy does without.
    var weakerModes: [String] = []

    var text: String {
        let request = briefing.request
        var lines = ["", "Approval of \(request.period) (request \(request.requestId))", ""]
        func row(_ label: String, _ text: String) {
            lines.append("  \(label.padded(to: 11))\(text)")
        }
        row("Total", amount(briefing.total) + (briefing.isPreliminary ? "  PRELIMINARY" : ""))
        row("Before", "\(amount(briefing.previousTotal)) in \(request.period.previous)")
        if let change = briefing.change {
            let share = briefing.changeShare.map { " (\(signed($0, 1)) %)" } ?? ""
            row("Change", signed(change) + share)
        }
        if let underlying = briefing.underlyingChange {
            row("", "\(signed(underlying)) beyond the number of days")
        }
        let people = request.quorum == 1 ? "1 person" : "\(request.quorum) people"
        row("Threshold", "\(request.policyThreshold); \(people) must approve")
        for mode in briefing.weakerModes + weakerModes { row("Weaker", mode) }
        movers("Accounts", briefing.accountMovers(), row)
        movers("Services", briefing.serviceMovers(3), row)
        for concern in briefing.concerns {
            for (index, reason) in concern.reasons.enumerated() {
                row(
                    index == 0 ? concern.gate.rawValue : "",
                    (index == 0 ? "\(concern.outcome.rawValue): " : "") + reason)
            }
        }
        row("Report", briefing.reportPath)
        row("Digest", request.deliverables.hex)
        row("Requested", "by \(request.requestedBy), valid until \(request.expiresOn)")
        return lines.joined(separator: "\n") + "\n\n"
    }

    private func movers(_ label: String, _ movers: [ApprovalBriefing.Mover], _ row: (String, String) -> Void) {
        for (index, mover) in movers.enumerated() {
            row(index == 0 ? label : "", "\(signed(mover.change).leftPadded(to: 14))  \(mover.name)")
        }
    }

    private func amount(_ value: ExactDecimal?) -> String {
        value.map { "\(briefing.currency) \(GroupedDigits.text($0))" } ?? "unknown"
    }

    private func signed(_ value: ExactDecimal, _ digits: Int = 2) -> String {
        (value.isNegative ? "" : "+") + GroupedDigits.text(value, fractionDigits: digits)
    }
}

extension String {
    fileprivate func padded(to width: Int) -> String { self + String(repeating: " ", count: max(0, width - count)) }
    fileprivate func leftPadded(to width: Int) -> String {
        String(repeating: " ", count: max(0, width - count)) + self
    }
}
