public import FinOps

/// Asks whether the evidence is there: every question answered, every page cited, both layers recorded and compared.
public struct ObservabilityEngineer: Role {
    public let name = "observability-engineer"
    public let seats: [PhaseID] = [.collection, .crossValidation]
    public let duty = "Completeness of the collected answers and of the cross-validation evidence."

    public init() {}

    public func review(_ briefing: RoleBriefing) -> RoleReview {
        switch briefing.phase {
        case .crossValidation: reviewComparison(briefing)
        default: reviewCollection(briefing)
        }
    }

    private func reviewCollection(_ briefing: RoleBriefing) -> RoleReview {
        guard let collection = briefing.collection else {
            return abstain(briefing, because: "There is no collection to review.")
        }
        return conclude(briefing, CollectionReview(collection: collection).findings)
    }

    private func reviewComparison(_ briefing: RoleBriefing) -> RoleReview {
        guard let check = briefing.crossValidation else {
            return abstain(briefing, because: "There is no cross-validation to review.")
        }
        var findings = check.missing.map {
            RoleFinding(id: "OE-20", severity: .problem, text: "Not compared: \($0.message) (\($0.attribution)).")
        }
        for id in ["L1", "L3", "daily"] where !(check.layer(id).map { isRecorded($0.record) } ?? false) {
            findings.append(
                RoleFinding(
                    id: "OE-21", severity: .problem, text: "Layer \(id) is not recorded with a page of its answer."))
        }
        if !check.identities.contains(where: \.isInternal) {
            findings.append(
                RoleFinding(id: "OE-22", severity: .problem, text: "No layer was held against the daily costs."))
        }
        findings += check.identities.filter { !$0.holds }.map {
            RoleFinding(id: "OE-22", severity: .problem, text: "Does not hold: \($0.statement).")
        }
        let unexplained = check.accountResiduals.count
        if unexplained > 0 {
            findings.append(
                RoleFinding(
                    id: "OE-23", severity: .advice,
                    text: "The difference between the layers is unexplained in \(unexplained) accounts."))
        }
        findings += check.warnings.map { RoleFinding(id: "OE-24", severity: .advice, text: "Looks wrong: \($0).") }
        if check.isPreliminary {
            findings.append(
                RoleFinding(
                    id: "OE-25", severity: .advice, text: "AWS has not settled the month; compare again after the 8th.")
            )
        }
        if briefing.verdict(of: .g4) == nil {
            findings.append(RoleFinding(id: "OE-26", severity: .problem, text: "G4 has not judged the comparison."))
        }
        return conclude(briefing, findings)
    }

    private func isRecorded(_ record: QueryRecord) -> Bool { !record.pages.isEmpty }
}
