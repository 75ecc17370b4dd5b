import FinOps
import Foundation
import SigV4

/// Checks who signed a request, and answers a refusal in the words of the protocol: STS says `InvalidClientTokenId` with
/// 403 where the JSON services say `UnrecognizedClientException` with 400.
struct RequestAuthentication {
    let keys: SandboxKeyRing
    let checksSignatures: Bool

    func caller(of request: ReceivedRequest, address: RequestAddress, now: Timestamp) async throws -> SandboxCaller {
        let refusal = Refusal(dialect: address.dialect)
        let entries = await keys.entries
        let entry: SandboxKeyRing.Entry
        if checksSignatures {
            let verifier = Verifier { entries[$0]?.key.secretAccessKey }
            switch verifier.verify(request.wire, now: SigningTime(secondsSinceEpoch: now.secondsSinceEpoch)) {
            case .accepted(let claim):
                guard let known = entries[claim.accessKeyID], known.key.sessionToken == claim.sessionToken else {
                    throw refusal.unknownKey
                }
                guard !SandboxRequest.services.values.contains(address.service) || claim.service == address.service
                else {
                    throw refusal.wrongSignature(
                        "Credential should be scoped to correct service: '\(address.service)'.")
                }
                entry = known
            case .unsigned: throw refusal.unsigned
            case .malformed: throw refusal.incomplete
            case .unknownKey: throw refusal.unknownKey
            case .outOfTime: throw refusal.skewed
            case .wrongBody, .wrongSignature: throw refusal.wrongSignature()
            }
        } else {
            guard let scope = CredentialScope(request), let known = entries[scope.accessKeyID] else {
                throw refusal.unknownKey
            }
            entry = known
        }
        if entry.caller.isExpired || entry.expires.map({ $0 <= now.secondsSinceEpoch }) ?? false {
            throw refusal.expired
        }
        return entry.caller
    }
}

/// The refusals of AWS's front door in either dialect.
struct Refusal {
    let dialect: SandboxRequest.Dialect

    var unsigned: ServiceError {
        make(
            "MissingAuthenticationToken", "MissingAuthenticationTokenException",
            "Request is missing Authentication Token")
    }

    var incomplete: ServiceError {
        make(
            "IncompleteSignature", "IncompleteSignatureException",
            "The request signature does not conform to AWS standards.")
    }

    var unknownKey: ServiceError {
        make(
            "InvalidClientTokenId", "UnrecognizedClientException",
            "The security token included in the request is invalid.")
    }

    var expired: ServiceError {
        make("ExpiredToken", "ExpiredTokenException", "The security token included in the request is expired")
    }

    var skewed: ServiceError {
        ServiceError(
            code: "RequestTimeTooSkewed",
            message: "The difference between the request time and the current time is too large.", status: 403)
    }

    func wrongSignature(
        _ message: String = "The request signature we calculated does not match the signature you provided. Check your "
            + "AWS Secret Access Key and signing method."
    ) -> ServiceError {
        make("SignatureDoesNotMatch", "InvalidSignatureException", message)
    }

    private func make(_ queryCode: String, _ jsonCode: String, _ message: String) -> ServiceError {
        dialect.isQuery
            ? ServiceError(code: queryCode, message: message, status: 403)
            : ServiceError(code: jsonCode, message: message)
    }
}

extension SandboxRequest.Dialect {
    var isQuery: Bool {
        if case .query = self { true } else { false }
    }
}
