import ApprovalPage
import Evidence
import FinOps
import Pipeline

/// Lets a person decide in a browser on this machine instead of at the terminal.
struct WebDecision {
    /// Long enough to read a report over lunch.
    static let limitSeconds = 3_600

    let desk: any DecisionDesk
    let person: String
    let keyName: String
    let signing: DecisionSigning
    let weakerModes: [String]
    let global: GlobalOptions

    /// Returns once a decision was kept: whether it approves, and where it lies.
    func decide() async throws -> (isApproval: Bool, receipt: DecisionReceipt) {
        // What cannot be decided is said here, before anybody opens a browser.
        _ = try desk.briefing()
        let server = try await ApprovalServer.start(desk: desk, signer: try signer(), randomness: SystemRandomness())
        global.terminal.talk("Open this link in a browser on this machine; it works once:\n\n  \(server.link)\n")
        switch await server.ending(withinSeconds: Self.limitSeconds) {
        case .decided(let isApproval, let receipt): return (isApproval, receipt)
        case .givenUp:
            throw InputError(
                "too_many_attempts", "nothing was decided: too many attempts failed",
                hint: "check the passphrase of key \(keyName), then run the same again")
        case .timedOut:
            throw InputError(
                "nobody_decided", "nothing was decided within \(Self.limitSeconds / 60) minutes",
                hint: "run the same again; the month goes on waiting")
        }
    }

    private func signer() throws -> PageSigner {
        let store = signing.keys.store
        let needsPassphrase = try store.needsPassphrase(keyName)
        let signing = signing
        return PageSigner(person: person, needsPassphrase: needsPassphrase, weakerModes: weakerModes) {
            [person] request, answers in
            // The page asked; the terminal does not ask again.
            let keys =
                needsPassphrase
                ? SigningKeys(
                    store: store, passphrase: Passphrase([{ _ in answers.passphrase }]),
                    service: signing.keys.service) : signing.keys
            return try await DecisionSigning(
                keys: keys, keyName: signing.keyName, clock: signing.clock, stamping: signing.stamping
            ).sign(
                request, answers.decision, by: person, reviewed: answers.reviewed, comment: answers.comment)
        }
    }
}
