public import Evidence

/// Asks a person at the controlling terminal. Returns nil when the person says nothing: that is "not yet", never "yes".
public protocol Approver: Sendable {
    func ask(_ briefing: ApprovalBriefing) async throws -> SigstoreBundle?
}
