package import Evidence
package import Gates

/// What a run judges by: its gates, and what makes a decision count. There is one; only the simulation leaves something out,
/// to show that it would notice.
package struct Rulebook: Sendable {
    package static let standard = Rulebook()

    package var gates = GateCatalog.standard
    package var approvals = ApprovalRules.standard

    package init() {}
}
