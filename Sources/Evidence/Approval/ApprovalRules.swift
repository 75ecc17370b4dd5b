package import FinOps

/// What makes a decision count. Runs and auditors judge by `standard` and by nothing else; only the simulation takes a rule
/// away, to show that it would notice.
package struct ApprovalRules: Sendable {
    package static let standard = ApprovalRules()

    /// Reasons for which no decision is refused: there are none.
    package var overlooked: Set<ApprovalRefusal> = []
    /// Who decided: two decisions of one person are one.
    package var person: @Sendable (Decision) -> String = { $0.approver }
    /// One rejection by a listed approver is worth more than every approval.
    package var rejectionOutweighs = true

    func refuse(_ reason: ApprovalRefusal) -> Bool { !overlooked.contains(reason) }
}
