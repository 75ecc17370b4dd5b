import Evidence
import FinOps
import Foundation
import OpenSSL

/// A request and the people around it.
struct Decisions {
    let runner: ECDSAPrivateKey
    let alice: ECDSAPrivateKey
    let bob: ECDSAPrivateKey
    let trust: Trust
    let request: ApprovalRequest

    init(quorum: Int = 1, requesterMayApprove: Bool = false, requestedBy: String = "carol") throws {
        runner = try .generate()
        alice = try .generate()
        bob = try .generate()
        trust = Trust(
            runner: try runner.publicKey, approvers: ["alice": try alice.publicKey, "bob": try bob.publicKey])
        request = ApprovalRequest(
            requestId: "2026-02#1-0011223344556677", run: "2026-02-3f9c1a2b", period: BillingMonth("2026-02")!,
            deliverables: SystemHashing().sha256(Data("deliverables".utf8)),
            facts: SystemHashing().sha256(Data("facts".utf8)), policy: SystemHashing().sha256(Data("policy".utf8)),
            seq: 2, previous: NamedDigest(name: "2026-01", digest: SystemHashing().sha256(Data("seal".utf8))),
            logId: "00112233445566778899aabbccddeeff", total: Money("318841.25", .usd),
            policyThreshold: Money("250000", .usd), quorum: quorum, requesterMayApprove: requesterMayApprove,
            requestedBy: requestedBy, requestedOn: Timestamp("2026-03-01T00:00:00Z")!,
            expiresOn: Timestamp("2026-03-15T00:00:00Z")!)
    }

    /// Signed by alice about the request, unless told otherwise.
    func sign(
        _ decision: ApprovalPredicate.Decision = .approved, about request: ApprovalRequest? = nil,
        as approver: String = "alice", with key: ECDSAPrivateKey? = nil, on time: String = "2026-03-02T00:00:00Z",
        reviewed: [String] = ["total tied to invoice"], comment: String = "as expected"
    ) throws -> Data {
        try ApprovalStatement.sign(
            request ?? self.request, decision: decision, approver: approver, decidedOn: Timestamp(time)!,
            reviewed: reviewed, comment: comment, key: key ?? alice
        ).encoded()
    }

    func presented(_ bundles: [Data], on time: String = "2026-03-02T00:00:05Z") -> [ApprovalTally.Presented] {
        bundles.map { ApprovalTally.Presented(bundle: $0, receivedOn: Timestamp(time)!) }
    }
}

extension ApprovalRequest {
    /// The same request with one field of its file changed.
    func changing(_ field: String, to value: Any) throws -> ApprovalRequest {
        var json = try JSONSerialization.jsonObject(with: try encoded()) as? [String: Any] ?? [:]
        json[field] = value
        return try ApprovalRequest(try JSONSerialization.data(withJSONObject: json))
    }
}
