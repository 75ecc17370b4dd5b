import FinOps

/// STS: who am I, and temporary keys for the estate's accounts.
struct SecurityTokenService {
    let keys: SandboxKeyRing
    let signIn: SandboxSignIn

    func answer(_ request: SandboxRequest, requestID: String, now: Timestamp) async throws -> SandboxAnswer {
        switch request.operation {
        case "GetCallerIdentity":
            return envelope(
                request.operation, requestID,
                element("Arn", request.caller.arn) + element("UserId", request.caller.userID)
                    + element("Account", request.caller.accountID))
        case "AssumeRole":
            return try await assumeRole(request, requestID, now)
        default:
            throw ServiceError(
                code: "InvalidAction", message: "Could not find operation \(request.operation) for version 2011-06-15")
        }
    }

    private func assumeRole(_ request: SandboxRequest, _ requestID: String, _ now: Timestamp) async throws
        -> SandboxAnswer
    {
        guard let role = request.form["RoleArn"], let session = request.form["RoleSessionName"], session.count >= 2
        else {
            throw ServiceError(
                code: "ValidationError", message: "RoleArn and RoleSessionName (two characters or more) are required")
        }
        guard let seconds = Int(request.form["DurationSeconds"] ?? "3600"), (900...43_200).contains(seconds) else {
            throw ServiceError(
                code: "ValidationError", message: "DurationSeconds must be a whole number between 900 and 43200")
        }
        if let device = request.form["SerialNumber"] { try checkOneTimeCode(request.form["TokenCode"], device) }
        guard request.caller.isPayer,
            let (entry, roleID) = await keys.assume(
                role, sessionName: session, seconds: seconds, now: now.secondsSinceEpoch)
        else {
            throw ServiceError(
                code: "AccessDenied",
                message:
                    "User: \(request.caller.arn) is not authorized to perform: sts:AssumeRole on resource: \(role)",
                status: 403)
        }
        let credentials =
            element("AccessKeyId", entry.key.accessKeyID) + element("SecretAccessKey", entry.key.secretAccessKey)
            + element("SessionToken", entry.key.sessionToken ?? "")
            + element("Expiration", now.adding(seconds: seconds).description)
        return envelope(
            request.operation, requestID,
            "<AssumedRoleUser>" + element("AssumedRoleId", "\(roleID):\(session)") + element("Arn", entry.caller.arn)
                + "</AssumedRoleUser><Credentials>\(credentials)</Credentials>")
    }

    private func checkOneTimeCode(_ code: String?, _ device: String) throws {
        guard let code else {
            throw ServiceError(code: "ValidationError", message: "TokenCode is required with SerialNumber \(device)")
        }
        guard code == signIn.oneTimeCode else {
            throw ServiceError(
                code: "AccessDenied", message: "MultiFactorAuthentication failed with invalid MFA one time pass code.",
                status: 403)
        }
    }

    private func element(_ name: String, _ text: String) -> String { "<\(name)>\(XMLText.escape(text))</\(name)>" }

    private func envelope(_ operation: String, _ requestID: String, _ result: String) -> SandboxAnswer {
        .xml(
            "<\(operation)Response xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\"><\(operation)Result>\(result)"
                + "</\(operation)Result><ResponseMetadata>\(element("RequestId", requestID))</ResponseMetadata>"
                + "</\(operation)Response>")
    }
}
