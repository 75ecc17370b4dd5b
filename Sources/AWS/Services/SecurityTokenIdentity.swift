import FinOps
import Foundation

/// Asks STS who we are. Needs no permission, so a refusal is about the keys.
struct SecurityTokenIdentity: IdentityService {
    let caller: any AWSCaller

    func callerIdentity() async throws -> CallerIdentity {
        let answer = try await caller.call(
            .getCallerIdentity, body: FormBody.body(ReadOperation.getCallerIdentity.call), decode: Self.decode)
        let identity = answer.value
        return CallerIdentity(
            account: identity.account, arn: identity.arn, userID: identity.userID,
            requestID: answer.requestID ?? identity.requestID)
    }

    private struct Incomplete: Error {}

    private static func decode(_ bytes: Data) throws -> CallerIdentity {
        let root = try XMLNode(parsing: bytes)
        guard let result = root.firstNode("GetCallerIdentityResult"), let account = result.child("Account")?.text,
            account.utf8.count == 12, let arn = result.child("Arn")?.text, !arn.isEmpty,
            let userID = result.child("UserId")?.text
        else { throw Incomplete() }
        return CallerIdentity(
            account: account, arn: arn, userID: userID, requestID: root.firstNode("RequestId")?.text)
    }
}
