import FinOps
import Foundation

/// Checks that the decisions in a bag are valid, were recorded, and are about this very month.
struct ApprovalsCheck {
    let files: [String: Data]
    let journal: [JournalEntry]
    let predicate: RunPredicate
    let trust: Trust
    /// When an authority first saw the seal; no decision may be younger.
    let sealedBy: Timestamp?

    /// Nil when no approval was requested, by journal and by bag.
    func run(into list: inout CheckList) -> ApprovalTally? {
        let bundles = files.filter { $0.key.hasPrefix(BagPath.approvals) && $0.key.hasSuffix(".sigstore.json") }
            .sorted { $0.key < $1.key }
        let recorded = journal.last { $0.type == .approvalRequested }?.event.outputs["request"]
        guard let bytes = files[BagPath.approvalRequest] else {
            if recorded != nil || !bundles.isEmpty { list.add("approval request", .missing, BagPath.approvalRequest) }
            return nil
        }
        guard let request = try? ApprovalRequest(bytes) else {
            list.add("approval request", .failed, "\(BagPath.approvalRequest) is no approval request")
            return nil
        }
        list.compare("approval request", sealed: recorded, found: Digest(of: bytes))
        // A month that failed stands where it was noticed, and releases nothing that people decided on.
        if predicate.outcome != .failed {
            list.add("approval bound to the month", unbound(request).map { (.differs, $0) })
        }

        var presented: [ApprovalTally.Presented] = []
        for (path, bundle) in bundles {
            let name = "approval " + path.dropFirst(BagPath.approvals.count).dropLast(".sigstore.json".count)
            if let envelope = try? SigstoreBundle(bundle) {
                StampCheck(
                    name: name, bundle: envelope, roots: trust.stampRoots, notBefore: request.requestedOn,
                    notAfter: lastMoment(request), isDemanded: false
                ).run(into: &list)
            }
            if let receivedOn = receipt(of: bundle) {
                let check = ApprovalVerifier(request: request, trust: trust).verify(bundle, receivedOn: receivedOn)
                if case .refused(let reason, _) = check {
                    list.add(name, .failed, reason.sentence)
                } else {
                    list.add(name, .ok)
                }
                presented.append(.init(bundle: bundle, receivedOn: receivedOn))
            } else {
                list.add(name, .failed, "the journal does not record that it was received")
            }
        }
        let tally = ApprovalTally(presented, request: request, trust: trust)
        outcome(tally, request, into: &list)
        return tally
    }

    /// No decision is stamped after it expired, nor after the seal was; two authorities' clocks may differ.
    private func lastMoment(_ request: ApprovalRequest) -> Timestamp {
        min(request.expiresOn, sealedBy?.adding(seconds: StampCheck.skewSeconds) ?? request.expiresOn)
    }

    /// What the request is about and the seal is not.
    private func unbound(_ request: ApprovalRequest) -> [String] {
        let bonds: [(String, Bool)] = [
            ("period", request.period == predicate.period), ("seq", request.seq == predicate.seq),
            ("previous", request.previous == predicate.previous), ("logId", request.logId == predicate.logId),
            ("deliverables", request.deliverables == predicate.deliverables),
            ("facts", request.facts == predicate.facts),
            ("policy", request.policy == predicate.policy),
        ]
        return bonds.filter { !$0.1 }.map { "\($0.0) is not that of the seal" }
    }

    /// When the engine took the decision in, by the journal.
    private func receipt(of bundle: Data) -> Timestamp? {
        let digest = Digest(of: bundle)
        return journal.first { $0.type == .decisionRecorded && $0.event.outputs["bundle"] == digest }?.time
    }

    private func outcome(_ tally: ApprovalTally, _ request: ApprovalRequest, into list: inout CheckList) {
        let check = "approval quorum"
        switch (predicate.outcome, tally.outcome) {
        case (.passed, .approved), (.rejected, .rejected): list.add(check, .ok)
        case (.passed, .waiting):
            list.add(check, .missing, "\(tally.decisions.count) of \(max(1, request.quorum)) people approved")
        case (.passed, .rejected): list.add(check, .differs, "sealed as passed although a listed approver rejected")
        case (.rejected, .waiting) where journal.contains { $0.type == .approvalExpired }: list.add(check, .ok)
        case (.rejected, _): list.add(check, .differs, "sealed as rejected although nobody rejected")
        // A month that failed or was skipped claims no approval.
        case (.failed, _), (.skipped, _): list.add(check, .ok)
        }
    }
}
