package import Evidence
package import FinOps
package import Foundation

/// Requests, decisions and their count. Used by phase 7 and by `approve` and `reject`; both decide by the same verifier, and
/// phase 7 verifies again at the moment of use.
package struct ApprovalDesk {
    let runID: String
    let layout: ArchiveLayout
    let fileSystem: any FileSystem
    let clock: any FinOps.Clock
    let trust: TrustStore
    let journal: RunJournal
    let rules: ApprovalRules

    package init(
        runID: String, layout: ArchiveLayout, fileSystem: any FileSystem, clock: any FinOps.Clock, trust: TrustStore,
        journal: RunJournal, rules: ApprovalRules = .standard
    ) {
        (self.runID, self.layout, self.fileSystem, self.clock) = (runID, layout, fileSystem, clock)
        (self.trust, self.journal, self.rules) = (trust, journal, rules)
    }

    /// The request that decisions answer now, if one is open.
    package func openRequest() async throws -> ApprovalRequest? {
        guard let digest = await journal.state.approvalRequest else { return nil }
        return try ApprovalRequest(try journal.objects.get(digest))
    }

    /// Writes a fresh request and journals it before anyone is told.
    func request(
        _ terms: ApprovalTerms, at place: ChainPlace, randomness: any Randomness
    ) async throws -> ApprovalRequest {
        let now = clock.now()
        let request = ApprovalRequest(
            requestId: ApprovalRequest.makeID(
                terms.month, number: await journal.state.requestCount + 1, randomness: randomness),
            run: runID, period: terms.month, deliverables: terms.deliverables.deliverablesSHA256,
            facts: terms.deliverables.factsSHA256, policy: terms.policyDigest, seq: place.sequence,
            previous: place.previous, logId: place.logID ?? RandomName.logID(randomness),
            total: terms.total, policyThreshold: terms.policy.approvalThreshold, quorum: terms.policy.approvalQuorum,
            requesterMayApprove: terms.policy.requesterMayApprove, approvers: terms.policy.approvers,
            concerns: terms.concerns, requestedBy: terms.requestedBy, requestedOn: now,
            expiresOn: now.adding(seconds: terms.policy.approvalValiditySeconds))
        let bytes = try request.encoded()
        let digest = try journal.objects.put(bytes)
        try AtomicFile.write(bytes, to: layout.approvalRequest(runID), in: fileSystem)
        try await journal.record(.approvalRequested, phase: .approval, out: ["request": digest])
        return request
    }

    /// Journals a decision that verifies, and also the attempt of one that does not, with its reason.
    package func receive(_ bundle: Data, for request: ApprovalRequest) async throws -> ApprovalCheck {
        let check = ApprovalVerifier(request: request, trust: try trust.load(), rules: rules)
            .verify(bundle, receivedOn: clock.now())
        switch check {
        case .valid(let decision): try await keep(bundle, of: decision)
        case .refused(let reason, let digest): try await note(digest, refused: reason)
        }
        return check
    }

    private func keep(_ bundle: Data, of decision: Decision) async throws {
        let digest = try journal.objects.put(bundle)
        guard await !journal.state.decisions.contains(where: { $0.bundle == digest }) else { return }
        try AtomicFile.write(
            bundle, to: layout.decision(runID, approver: decision.approver), in: fileSystem)
        try await journal.record(
            .decisionRecorded, phase: .approval, out: ["bundle": digest], note: ["approver": decision.approver])
    }

    private func note(_ bundle: Digest, refused reason: ApprovalRefusal) async throws {
        guard await !journal.state.refusedDecisions.contains(bundle) else { return }
        try await journal.record(
            .stepFailed, phase: .approval, step: "decision", out: ["refused": bundle],
            note: ["reason": reason.rawValue])
    }

    /// Takes in decisions that were signed on another machine and put into the run's `decisions` folder.
    func receiveOffline(for request: ApprovalRequest) async throws -> [String] {
        let folder = layout.decisions(runID)
        guard try fileSystem.exists(folder) else { return [] }
        var refused: [String] = []
        for name in try fileSystem.list(folder) where name.hasSuffix(".sigstore.json") && !name.hasPrefix(".") {
            guard let bundle = try fileSystem.read("\(folder)/\(name)", atMost: SigstoreBundle.limitBytes) else {
                refused.append("\(name): it is larger than any decision")
                continue
            }
            if case .refused(let reason, _) = try await receive(bundle, for: request) {
                refused.append("\(name): \(reason.sentence)")
            }
        }
        return refused
    }

    /// Counts what was received, every signature verified anew.
    func tally(for request: ApprovalRequest) async throws -> ApprovalTally {
        let presented = try await journal.state.decisions.map {
            ApprovalTally.Presented(bundle: try journal.objects.get($0.bundle), receivedOn: $0.receivedOn)
        }
        return ApprovalTally(presented, request: request, trust: try trust.load(), rules: rules)
    }
}

/// What a request is about.
struct ApprovalTerms {
    let month: BillingMonth
    let policy: RunPolicy
    let policyDigest: Digest
    let deliverables: DeliverableSet
    let total: Money
    let concerns: [Verdict]
    let requestedBy: String
}
