import FinOps
import Foundation
import OpenSSL

/// Checks who signed a request, and answers a refusal in the words of the protocol: STS says `InvalidClientTokenId` with
/// 403 where the JSON services say `UnrecognizedClientException` with 400.
struct RequestAuthentication {
    let keys: SandboxKeyRing
    let checksSignatures: Bool

    static let allowedSkewSeconds = 300

    func caller(of request: ReceivedRequest, dialect: SandboxRequest.Dialect, now: Timestamp) async throws
        -> SandboxCaller
    {
        guard let claim = SignatureClaim(request.headers) else {
            throw ServiceError(
                code: dialect.isQuery ? "MissingAuthenticationToken" : "MissingAuthenticationTokenException",
                message: "Request is missing Authentication Token", status: dialect.isQuery ? 403 : 400)
        }
        guard let entry = await keys.entry(claim.accessKeyID), entry.key.sessionToken == claim.sessionToken else {
            throw ServiceError(
                code: dialect.isQuery ? "InvalidClientTokenId" : "UnrecognizedClientException",
                message: "The security token included in the request is invalid.", status: dialect.isQuery ? 403 : 400)
        }
        if checksSignatures {
            guard let signed = claim.time,
                abs(signed.secondsSinceEpoch - now.secondsSinceEpoch) <= Self.allowedSkewSeconds
            else {
                throw ServiceError(
                    code: "RequestTimeTooSkewed",
                    message: "The difference between the request time and the current time is too large.", status: 403)
            }
            guard claim.matches(request, secret: entry.key.secretAccessKey) else {
                throw ServiceError(
                    code: dialect.isQuery ? "SignatureDoesNotMatch" : "InvalidSignatureException",
                    message:
                        "The request signature we calculated does not match the signature you provided. Check your "
                        + "AWS Secret Access Key and signing method.", status: dialect.isQuery ? 403 : 400)
            }
        }
        if entry.caller.isExpired || entry.expires.map({ $0 <= now.secondsSinceEpoch }) ?? false {
            throw Self.expired(dialect)
        }
        return entry.caller
    }

    static func expired(_ dialect: SandboxRequest.Dialect) -> ServiceError {
        ServiceError(
            code: dialect.isQuery ? "ExpiredToken" : "ExpiredTokenException",
            message: "The security token included in the request is expired", status: dialect.isQuery ? 403 : 400)
    }
}

extension SandboxRequest.Dialect {
    var isQuery: Bool {
        if case .query = self { true } else { false }
    }
}

/// The parts of a request that a signature covers, as they came over the wire.
struct ReceivedRequest: Sendable {
    let method: String
    let rawPath: String
    let rawQuery: String
    /// Names in lower case.
    let headers: [String: String]
    let body: Data
}
