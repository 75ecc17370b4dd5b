public import Evidence

/// Signs what the page was told, with the person's key.
public struct PageSigner: Sendable {
    public let person: String
    public let needsPassphrase: Bool
    /// What deciding here does without, beside what the policy does without; a sentence each.
    public let weakerModes: [String]
    private let seal: @Sendable (ApprovalRequest, Answers) async throws -> SigstoreBundle

    /// What the person answered.
    public struct Answers: Sendable {
        public let decision: ApprovalPredicate.Decision
        public let reviewed: [String]
        public let comment: String
        /// Empty when none was typed.
        public let passphrase: String
    }

    public init(
        person: String, needsPassphrase: Bool, weakerModes: [String] = [],
        sign: @escaping @Sendable (ApprovalRequest, Answers) async throws -> SigstoreBundle
    ) {
        (self.person, self.needsPassphrase, self.weakerModes, seal) = (person, needsPassphrase, weakerModes, sign)
    }

    func sign(_ request: ApprovalRequest, _ form: DecisionForm) async throws -> SigstoreBundle {
        let isApproval = form.decision == .approved
        return try await seal(
            request,
            Answers(
                decision: isApproval ? .approved : .rejected,
                reviewed: form.reviewed.isEmpty ? ["the waiting report"] : form.reviewed, comment: form.comment,
                passphrase: form.passphrase))
    }
}
