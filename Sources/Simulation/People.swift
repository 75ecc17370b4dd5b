import Evidence
import FinOps
import OpenSSL

/// Who signs: made once, since making keys is slow and none of them is a secret here.
enum People {
    static let runner = made()
    static let alice = made()
    static let bob = made()
    static let carol = made()
    /// Nobody trusts her.
    static let mallory = made()

    static let approvers = ["alice": alice, "bob": bob, "carol": carol]

    static func key(of name: String) -> ECDSAPrivateKey { approvers[name] ?? mallory }

    private static func made() -> ECDSAPrivateKey {
        do { return try .generate() } catch { preconditionFailure("\(error)") }
    }

    static func trust(in folder: String, of disk: any FileSystem) throws {
        let store = TrustStore(folder: folder, fileSystem: disk)
        try store.trustRunner(runner.publicKey)
        for (name, key) in approvers.sorted(by: { $0.key < $1.key }) {
            try store.trustApprover(name, key.publicKey)
        }
    }

    static func sign(
        _ request: ApprovalRequest, as name: String, _ decision: ApprovalPredicate.Decision, on time: Timestamp
    ) async throws -> SigstoreBundle {
        try await ApprovalStatement.sign(
            request, decision: decision, approver: name, decidedOn: time, reviewed: ["the total"],
            comment: "as expected", key: key(of: name))
    }
}
