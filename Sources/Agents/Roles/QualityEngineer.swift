public import FinOps

/// Asks whether an auditor would find everything: gates judged, files present, figures sourced, archive sealed. Scores it
/// by the rubric of `EvidenceScore`.
public struct QualityEngineer: Role {
    public let name = "qa-engineer"
    public let seats: [PhaseID] = [.scoring]
    public let duty = "Completeness of the evidence, scored out of 100 by a published rubric."

    public init() {}

    public func review(_ briefing: RoleBriefing) -> RoleReview {
        conclude(
            briefing,
            reviewGates(briefing) + reviewDeliverables(briefing.deliverables) + reviewFacts(briefing.facts)
                + reviewArchive(briefing.archive) + reviewExamined(briefing), score: EvidenceScore(briefing).points)
    }

    private func reviewGates(_ briefing: RoleBriefing) -> [RoleFinding] {
        GateID.allCases.compactMap { gate in
            guard let verdict = briefing.verdict(of: gate) else {
                return RoleFinding(id: "QA-01", severity: .problem, text: "\(gate.rawValue) was not judged.")
            }
            switch verdict.outcome {
            case .passed: return nil
            case .advised:
                return RoleFinding(id: "QA-03", severity: .note, text: "\(gate.rawValue) passed with advice.")
            case .failed:
                return RoleFinding(id: "QA-02", severity: .problem, text: "\(gate.rawValue) failed.")
            case .undetermined:
                return RoleFinding(id: "QA-02", severity: .problem, text: "\(gate.rawValue) could not be judged.")
            }
        }
    }

    private func reviewDeliverables(_ set: DeliverableSet?) -> [RoleFinding] {
        guard let set else { return [RoleFinding(id: "QA-04", severity: .problem, text: "There are no deliverables.")] }
        let expected = EvidenceScore.expectedFiles(for: set.requested)
        let missing = expected.filter { !EvidenceScore.isPresent($0, in: set) }.map {
            RoleFinding(id: "QA-04", severity: .problem, text: "Missing or without a digest: \($0.title).")
        }
        return missing
            + set.damaged.map { RoleFinding(id: "QA-05", severity: .problem, text: "\($0) could not be read back.") }
    }

    private func reviewFacts(_ book: FactBook?) -> [RoleFinding] {
        guard let facts = book?.facts, !facts.isEmpty else {
            return [
                RoleFinding(
                    id: "QA-06", severity: .problem, text: "There are no facts: no printed figure can be traced.")
            ]
        }
        let unknown = facts.filter { $0.value == nil && $0.reason != nil }.map(\.id)
        let unexplained = facts.filter { $0.value == nil && $0.reason == nil }.map(\.id)
        let untraceable = facts.filter(EvidenceScore.isUntraceable).map(\.id)
        return [
            (unknown, "QA-07", .note, "Figures that could not be established, each with its reason: \(unknown.count)."),
            (unexplained, "QA-08", .problem, "Figures that are unknown without a reason: \(unexplained.count)."),
            (untraceable, "QA-09", .problem, "Amounts that cite no answer: \(untraceable.count)."),
        ].compactMap { (ids: [String], id: String, severity: RoleFinding.Severity, text: String) in
            ids.isEmpty ? nil : RoleFinding(id: id, severity: severity, facts: ids, text: text)
        }
    }

    private func reviewArchive(_ archive: ArchiveManifest?) -> [RoleFinding] {
        guard let archive else { return [RoleFinding(id: "QA-10", severity: .problem, text: "There is no archive.")] }
        let unsealed =
            archive.seal == nil
            ? [RoleFinding(id: "QA-10", severity: .problem, text: "The archive carries no seal.")] : []
        return unsealed + archive.problems.map { RoleFinding(id: "QA-11", severity: .problem, text: "Archive: \($0)") }
    }

    private func reviewExamined(_ briefing: RoleBriefing) -> [RoleFinding] {
        briefing.examined.isEmpty
            ? [RoleFinding(id: "QA-12", severity: .advice, text: "This review cites nothing it looked at by digest.")]
            : []
    }
}
