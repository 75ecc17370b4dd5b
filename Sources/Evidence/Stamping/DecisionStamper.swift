public import FinOps
import Foundation
import OpenSSL

/// Has a decision stamped before it is handed in: when it existed, by a clock that is not ours.
///
/// Before, and never later: the journal names a decision by its bytes, its stamps among them. What can be made up for is the
/// stamp of the seal, which covers every decision of the month.
public struct DecisionStamper: Sendable {
    let trust: TrustStore
    let authorities: [any TimestampAuthority]

    /// How far an authority's clock may be from this machine's; a stamp beyond that would only contradict the decision.
    private static let skewSeconds = 300

    public init(trust: TrustStore, authorities: [any TimestampAuthority]) {
        self.trust = trust
        self.authorities = authorities
    }

    /// The decision with every stamp that was given, and in sentences why one was not. Whatever comes of it, the decision
    /// stands.
    public func stamp(
        _ decision: SigstoreBundle, on request: ApprovalRequest, now: Timestamp
    ) async -> (decision: SigstoreBundle, troubles: [String]) {
        guard !authorities.isEmpty else { return (decision, []) }
        do {
            guard let roots = try trust.load().stampRoots else {
                return (decision, ["no trusted \(TrustStore.stampRootsName) vouches for an authority here"])
            }
            var (stamped, troubles) = (decision, [String]())
            for authority in authorities {
                let (receipt, stamp) = try await authority.stamp(decision.signature, roots: roots)
                switch receipt.result {
                case .refused(let reason), .unreachable(let reason): troubles.append("\(authority.name): \(reason)")
                case .stamped(let time, _) where !fits(time, request, now):
                    troubles.append("\(authority.name): its clock says \(time), this machine's \(now)")
                case .stamped: if let stamp { stamped = stamped.adding(stamp: stamp) }
                }
            }
            return (stamped, troubles)
        } catch {
            return (decision, [(error as? any ExplainedError)?.summary ?? "\(error)"])
        }
    }

    private func fits(_ time: Timestamp, _ request: ApprovalRequest, _ now: Timestamp) -> Bool {
        time <= request.expiresOn && time <= now.adding(seconds: Self.skewSeconds)
            && now <= time.adding(seconds: Self.skewSeconds)
    }
}
