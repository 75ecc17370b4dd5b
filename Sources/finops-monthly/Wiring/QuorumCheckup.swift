import Evidence
import FinOps

/// Whether enough people besides the one who asks, with keys other than the runner's, can approve the next month: otherwise it
/// would wait for ever, and nobody would notice before the month was over.
struct QuorumCheckup {
    let trust: Trust
    let policy: RunPolicy
    let requester: String
    /// The place in the chain the next month takes.
    let sequence: Int

    func findings() -> [CheckupFinding] { [runner, quorum] }

    private var runner: CheckupFinding {
        if trust.runners.isEmpty {
            return CheckupFinding("runner key", .ok, "none yet: made at the first run")
        }
        guard trust.runners.contains(where: { $0.window.contains(sequence) }) else {
            return CheckupFinding(
                "runner key", .missing, "no trusted key counts for place \(sequence) of the chain",
                hint: "`finops-monthly keys rotate runner` makes one")
        }
        return CheckupFinding("runner key", .ok, "trusted")
    }

    private var quorum: CheckupFinding {
        let people = trust.approvers(at: sequence).filter {
            (policy.approvers?.contains($0) ?? true) && (policy.requesterMayApprove || $0 != requester.lowercased())
        }
        let weaker = policy.requesterMayApprove ? "; weaker mode: whoever requests may approve" : ""
        guard people.count >= policy.approvalQuorum else {
            return CheckupFinding(
                "quorum", .missing,
                "\(policy.approvalQuorum) approver(s) needed besides \(requester), \(people.count) trusted for the next month",
                hint: "`finops-monthly keys create NAME` on the approver's machine, then here "
                    + "`finops-monthly keys trust NAME NAME.pub`")
        }
        return CheckupFinding(
            "quorum", policy.requesterMayApprove ? .advice : .ok,
            "\(policy.approvalQuorum) of \(people.joined(separator: ", "))\(weaker)")
    }
}
