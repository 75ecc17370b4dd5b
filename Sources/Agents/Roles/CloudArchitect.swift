public import FinOps

/// Asks whether the month sees the estate it speaks about: the scope and price of the questions before they are asked, and
/// at the end where cost and organisation do not match, and who asked.
public struct CloudArchitect: Role {
    public let name = "cloud-architect"
    public let seats: [PhaseID] = [.coordination, .scoring]
    public let duty = "Scope, multi-account design, the identity that reads, and accounts outside the organisation."

    public init() {}

    /// Above this the plan asks more than a month needs.
    static let plannedCostLimitUSD: ExactDecimal = "0.10"

    public func review(_ briefing: RoleBriefing) -> RoleReview {
        switch briefing.phase {
        case .scoring: reviewEstate(briefing)
        default: reviewPlan(briefing)
        }
    }

    private func reviewPlan(_ briefing: RoleBriefing) -> RoleReview {
        guard let brief = briefing.brief else { return abstain(briefing, because: "There is no brief to review.") }
        var findings: [RoleFinding] = []
        if brief.request.scope == .singleAccount {
            findings.append(
                RoleFinding(
                    id: "CA-01", severity: .advice,
                    text: "One account is asked for: cost anywhere else in the organisation stays out of sight."))
        }
        if brief.request.profile == nil && !brief.request.isSample {
            findings.append(
                RoleFinding(
                    id: "CA-02", severity: .note,
                    text: "No profile is named; the default chain decides which identity reads the organisation."))
        }
        if brief.plannedCostUSD > Self.plannedCostLimitUSD {
            findings.append(
                RoleFinding(
                    id: "CA-03", severity: .advice, text: "The planned questions cost more than a month should."))
        }
        return conclude(briefing, findings + reviewQuestions(brief))
    }

    private func reviewQuestions(_ brief: CoordinationBrief) -> [RoleFinding] {
        let month = brief.request.month
        let short = brief.plannedQueries.filter { $0.firstDay > month.firstDay || $0.endDay < month.firstDayAfter }
        var findings = short.map {
            RoleFinding(
                id: "CA-05", severity: .problem, text: "Question \($0.id) does not cover the whole of \(month).")
        }
        let unfiltered = brief.plannedQueries.contains {
            $0.groupBy.contains(.recordType) && $0.excludedRecordTypes.isEmpty
        }
        if !unfiltered {
            findings.append(
                RoleFinding(
                    id: "CA-04", severity: .problem,
                    text: "No planned question shows every record type unfiltered, so nothing can be cross-validated."))
        }
        return findings
    }

    private func reviewEstate(_ briefing: RoleBriefing) -> RoleReview {
        guard let inventory = briefing.inventory else {
            return abstain(briefing, because: "There is no inventory to review.")
        }
        return conclude(
            briefing,
            EstateReview(
                inventory: inventory, collection: briefing.collection, facts: briefing.facts,
                requiredTags: briefing.brief?.request.requiredAccountTags ?? []
            ).findings
                + reviewIdentities(briefing.preflight, inventory))
    }

    private func reviewIdentities(_ preflight: PreflightReport?, _ inventory: AccountInventory) -> [RoleFinding] {
        let callers = (preflight?.identities ?? []).compactMap(\.identity.value)
        var findings: [RoleFinding] = []
        for caller in callers where caller.arn.hasSuffix(":root") {
            findings.append(
                RoleFinding(
                    id: "CA-14", severity: .problem,
                    text: "The month was read as the root user of account \(caller.account); use a read-only role."))
        }
        for caller in callers where caller.account == inventory.managementAccountID && !caller.arn.hasSuffix(":root") {
            findings.append(
                RoleFinding(
                    id: "CA-15", severity: .note,
                    text: "The month was read from the management account; a delegated administrator is enough."))
        }
        return findings
    }
}
