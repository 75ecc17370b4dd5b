import Evidence
import FinOps
import Foundation
import Pipeline

/// Asks at the controlling terminal. The person types the first eight characters of the report's digest; a reflex `y`
/// approves nothing.
struct TerminalApprover: Approver {
    let terminal: ControllingTerminal
    /// Who is asked, when named by a flag.
    let name: String?
    let signing: DecisionSigning
    /// What deciding here does without, beside what the policy does without.
    let weakerModes: [String]

    func ask(_ briefing: ApprovalBriefing) async throws -> SigstoreBundle? {
        terminal.write(ApprovalSummary(briefing: briefing, weakerModes: weakerModes).text)
        guard let person = name ?? answer("Your name as an approver (empty: decide later): ") else { return nil }
        guard try signing.keys.has(person) else {
            terminal.write(
                "There is no key of \(person) on this machine. `finops-monthly keys create \(person)` makes one.\n")
            return nil
        }
        let digest = briefing.request.deliverables.short
        guard let typed = answer("Type the first 8 characters of the digest to approve, `reject`, or nothing to wait: ")
        else { return nil }
        if typed == "reject" {
            guard let reason = answer("Reason: ") else { return nil }
            return try await signing.sign(
                briefing.request, .rejected, by: person, reviewed: ["the report"], comment: reason)
        }
        guard typed == digest else {
            terminal.write("That is not the digest. Nothing was approved.\n")
            return nil
        }
        guard let reviewed = answer("What did you review? "), let comment = answer("Comment: ") else { return nil }
        return try await signing.sign(briefing.request, .approved, by: person, reviewed: [reviewed], comment: comment)
    }

    private func answer(_ prompt: String) -> String? {
        guard let line = terminal.readLine(prompt: prompt), !line.isEmpty else { return nil }
        return line
    }
}

/// Signs decisions with keys of this machine's key store, and has them stamped where an authority is configured.
struct DecisionSigning: Sendable {
    let keys: SigningKeys
    /// A key of another name than the person, or the file of one.
    var keyName: String?
    let clock: any FinOps.Clock
    let stamping: DecisionStamping

    func sign(
        _ request: ApprovalRequest, _ decision: ApprovalPredicate.Decision, by person: String, reviewed: [String],
        comment: String
    ) async throws -> SigstoreBundle {
        let decided = try await ApprovalStatement.sign(
            request, decision: decision, approver: person, decidedOn: clock.now(), reviewed: reviewed, comment: comment,
            key: try await keys.open(keyName ?? person))
        return try await stamping.stamp(decided, on: request, now: clock.now())
    }
}
