public import Evidence
public import Foundation

/// Where one decision is prepared and handed in: at the run that waits, or on another machine with the request alone.
public protocol DecisionDesk: Sendable {
    /// What to show, from bytes that are those of the request.
    func briefing() throws -> ApprovalBriefing

    /// One of the reports, by its name, as the request names its bytes; nil when there is none.
    func report(named name: String) throws -> Data?

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
