public import Evidence

/// Where one decision is prepared and handed in: at the run that waits, or on another machine with the request alone.
public protocol DecisionDesk: Sendable {
    /// What the person reads.
    var reports: ReportFolder { get }

    /// What to show, from bytes that are those of the request.
    func briefing() throws -> ApprovalBriefing

    /// Takes in a signed decision. One that does not count is refused with its reason.
    func receive(_ bundle: SigstoreBundle) async throws -> DecisionReceipt
}

/// Proof that a decision was kept, synchronised.
public struct DecisionReceipt: Sendable {
    /// The line of the journal; nil when it has yet to be handed to the run.
    public let sequence: Int?
    /// The signed bundle.
    public let path: String
}
