public import FinOps

/// A seat at the table: reads what the run has produced so far and comments on it. A review binds nobody; no role approves,
/// skips a gate or chooses a phase. Deterministic: the same briefing always gives the same review.
public protocol Role: Sendable {
    /// As it names its coordination log: `product-owner`.
    var name: String { get }
    /// The phases it is heard at.
    var seats: [PhaseID] { get }
    /// What it is there for, in one sentence; `explain` prints it.
    var duty: String { get }

    func review(_ briefing: RoleBriefing) -> RoleReview
}

extension Role {
    /// The review whose verdict follows from its gravest finding.
    func conclude(_ briefing: RoleBriefing, _ findings: [RoleFinding], score: Int? = nil) -> RoleReview {
        let verdict: RoleReview.Verdict =
            if findings.contains(where: { $0.severity == .problem }) {
                .fail
            } else if findings.contains(where: { $0.severity == .advice }) {
                .advise
            } else {
                .pass
            }
        return RoleReview(
            role: name, phase: briefing.phase, examined: briefing.examined, findings: findings, verdict: verdict,
            score: score)
    }

    /// There was nothing to judge by, and that is said instead of a verdict.
    func abstain(_ briefing: RoleBriefing, because text: String) -> RoleReview {
        RoleReview(
            role: name, phase: briefing.phase, examined: briefing.examined,
            findings: [RoleFinding(id: "NO-MATERIAL", severity: .note, text: text)], verdict: .abstain)
    }
}
