public import FinOps

/// Asks whether the month is worth having: before anything is paid, whether anybody said what done means; at the end,
/// whether every claim of value names where it comes from.
public struct ProductOwner: Role {
    public let name = "product-owner"
    public let seats: [PhaseID] = [.coordination, .scoring]
    public let duty = "Requirements, acceptance criteria and the sources of claimed savings."

    public init() {}

    public func review(_ briefing: RoleBriefing) -> RoleReview {
        switch briefing.phase {
        case .scoring: reviewValue(briefing)
        default: reviewRequirements(briefing)
        }
    }

    private func reviewRequirements(_ briefing: RoleBriefing) -> RoleReview {
        guard let brief = briefing.brief else { return abstain(briefing, because: "There is no brief to review.") }
        var findings = CriteriaReview(criteria: brief.acceptanceCriteria).findings
        if brief.request.personas.isEmpty {
            findings.append(
                RoleFinding(id: "PO-05", severity: .problem, text: "No persona was named: nobody would read the month.")
            )
        } else {
            let absent = Persona.allCases.filter { !brief.request.personas.contains($0) }.map(\.rawValue)
            if !absent.isEmpty {
                findings.append(
                    RoleFinding(
                        id: "PO-05", severity: .note,
                        text: "No report was asked for by: \(absent.joined(separator: ", "))."))
            }
        }
        if brief.policy.budget == nil, brief.policy.budgets?.contains(where: { $0.subject == .organization }) != true {
            findings.append(
                RoleFinding(
                    id: "PO-06", severity: .advice,
                    text: "No budget is configured, so the plan has to come from AWS Budgets or stay unknown."))
        }
        if brief.policy.requesterMayApprove {
            findings.append(
                RoleFinding(
                    id: "PO-07", severity: .advice,
                    text: "Whoever requests the month may approve it: no second person looks."))
        }
        return conclude(briefing, findings)
    }

    private func reviewValue(_ briefing: RoleBriefing) -> RoleReview {
        guard let facts = briefing.facts else { return abstain(briefing, because: "There are no facts to review.") }
        var findings = SavingsReview(facts: facts.facts).findings
        let total = facts.facts.first { $0.id == "total.net" }
        if total?.value == nil {
            findings.append(
                RoleFinding(
                    id: "PO-12", severity: .problem, facts: total.map { [$0.id] } ?? [],
                    text: "The month's total is not established, so no reader's question can be answered."))
        }
        let budget = facts.facts.first { $0.id == "budget.limit" }
        if budget?.value == nil {
            findings.append(
                RoleFinding(
                    id: "PO-13", severity: .advice, facts: budget.map { [$0.id] } ?? [],
                    text: "The cost stands beside no budget: nobody can tell whether it was too much."))
        }
        if let brief = briefing.brief, brief.acceptanceCriteria.isEmpty {
            findings.append(
                RoleFinding(
                    id: "PO-14", severity: .advice,
                    text: "The month closes without acceptance criteria to be held against."))
        }
        return conclude(briefing, findings)
    }
}
