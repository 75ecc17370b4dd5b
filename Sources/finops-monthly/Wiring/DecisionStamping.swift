import Evidence
import FinOps
import HTTP

/// Has a decision that was just signed stamped by the configured authorities, and says where one did not.
struct DecisionStamping: Sendable {
    let settings: Settings
    let layout: ArchiveLayout
    let environment: [String: String]
    let tell: @Sendable (String) -> Void

    /// Whatever becomes of it, the decision stands. Throws `InputError` for a setting that names no authority.
    func stamp(_ decision: SigstoreBundle, on request: ApprovalRequest, now: Timestamp) async throws -> SigstoreBundle {
        let authorities = try settings.timestampAuthorities(environment: environment)
        defer { authorities.http.shutdown() }
        let trust = TrustStore(folder: layout.trustFolder, fileSystem: LocalFileSystem())
        let (stamped, troubles) = await DecisionStamper(trust: trust, authorities: authorities.all)
            .stamp(decision, on: request, now: now)
        for trouble in troubles {
            let standing = stamped.timestamps.isEmpty ? "unstamped" : "with \(stamped.timestamps.count) stamp(s)"
            tell("the decision stands, \(standing): \(trouble)")
        }
        return stamped
    }
}
