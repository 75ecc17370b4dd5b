public import FinOps

/// A month whose total exceeds the threshold is distributed only after people have read and signed it.
public struct G7HumanApproval: Gate {
    public let id = GateID.g7
    public let title = "Human approval"
    public let criterion = "A total over the threshold was approved by as many distinct people as the policy demands."
    public let onFailure = GateAction.blockDistribution

    public init() {}

    public func judge(_ product: ApprovalState, under policy: RunPolicy) -> Verdict {
        guard product.threshold == policy.approvalThreshold else {
            return failed(["The threshold changed after the request; the request is void."])
        }
        let rejections = product.decisions.filter { !$0.approved }
        switch product.state {
        case .notRequired:
            return judgeNotRequired(product)
        case .waiting:
            return undetermined([waiting(product)] + refusals(product), action: .waitForHuman)
        case .rejected:
            let people = rejections.map { $0.comment.isEmpty ? $0.approver : "\($0.approver): \($0.comment)" }
            return failed(["Rejected by \(people.isEmpty ? "a person" : people.joined(separator: "; "))."])
        case .expired:
            return failed([
                "The request expired\(product.expiresOn.map { " on \($0)" } ?? "") without enough approvals."
            ])
        case .approved where !rejections.isEmpty:
            return failed(["Rejected by \(rejections.map(\.approver).joined(separator: ", "))."])
        case .approved:
            return judgeApproved(product, quorum: max(policy.approvalQuorum, product.quorum, 1))
        }
    }

    private func judgeNotRequired(_ state: ApprovalState) -> Verdict {
        guard state.total.currency == state.threshold.currency else {
            return failed(["The threshold is in another currency than the total, so a person has to decide."])
        }
        guard state.total.amount <= state.threshold.amount else {
            return failed(["No approval was asked for although the total exceeds \(state.threshold.text)."])
        }
        return passed("No approval needed: \(state.total.text) does not exceed \(state.threshold.text).")
    }

    /// Two decisions of one person are one person.
    private func judgeApproved(_ state: ApprovalState, quorum: Int) -> Verdict {
        let people = Set(state.decisions.map(\.approver))
        guard people.count >= quorum else {
            return failed(["\(people.count) of \(quorum) people approved."] + refusals(state))
        }
        let late = state.decisions.filter { decision in state.expiresOn.map { decision.decidedOn > $0 } ?? false }
        guard late.isEmpty else {
            return failed(["Approved after the request expired: \(late.map(\.approver).joined(separator: ", "))."])
        }
        let names = people.sorted().joined(separator: ", ")
        return Verdict(id, .passed, reasons: ["Approved by \(names)."] + refusals(state))
    }

    private func waiting(_ state: ApprovalState) -> String {
        let have = Set(state.decisions.filter(\.approved).map(\.approver)).count
        return "Waiting for \(max(1, state.quorum - have)) of \(max(1, state.quorum)) approvals: the total exceeds "
            + "\(state.threshold.text)."
    }

    private func refusals(_ state: ApprovalState) -> [String] { state.refused.map { "A decision was refused: \($0)" } }
}
