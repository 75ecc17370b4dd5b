import FinOps
import OpenSSL

@testable import Evidence

extension ApprovalStatement {
    /// A key in memory answers at once, so tests need not wait for it.
    static func sign(
        _ request: ApprovalRequest, decision: ApprovalPredicate.Decision, approver: String, decidedOn: Timestamp,
        reviewed: [String], comment: String, key: ECDSAPrivateKey
    ) throws -> SigstoreBundle {
        let payload = try payload(
            request, decision: decision, approver: approver, decidedOn: decidedOn, reviewed: reviewed, comment: comment)
        return try SigstoreBundle(signing: payload, with: key)
    }
}
