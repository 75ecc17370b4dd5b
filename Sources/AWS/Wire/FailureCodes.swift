import FinOps
import HTTP

/// What AWS's error codes mean. The retryable ones are those of botocore's standard mode; Cost Explorer throttles with
/// `LimitExceededException` under status 400.
enum FailureCodes {
    static let throttled: Set<String> = [
        "Throttling", "ThrottlingException", "ThrottledException", "RequestThrottledException", "RequestThrottled",
        "TooManyRequestsException", "ProvisionedThroughputExceededException", "TransactionInProgressException",
        "RequestLimitExceeded", "BandwidthLimitExceeded", "LimitExceededException", "SlowDown",
        "PriorRequestNotComplete", "EC2ThrottledException",
    ]
    static let transient: Set<String> = [
        "RequestTimeout", "RequestTimeoutException", "InternalError", "InternalFailure", "InternalServerError",
        "InternalServerException", "InternalErrorException", "ServiceUnavailable", "ServiceUnavailableException",
        "ServiceException",
    ]
    /// New keys of the same kind may help.
    static let expiredKeys: Set<String> = [
        "ExpiredToken", "ExpiredTokenException", "RequestExpired", "TokenRefreshRequired",
    ]
    static let wrongClock: Set<String> = [
        "RequestTimeTooSkewed", "RequestExpired", "SignatureDoesNotMatch", "InvalidSignatureException",
        "RequestInTheFuture",
    ]
    static let notSignedIn: Set<String> = expiredKeys.union(wrongClock).union([
        "InvalidClientTokenId", "UnrecognizedClientException", "AuthFailure", "InvalidAccessKeyId", "InvalidToken",
        "MissingAuthenticationToken", "MissingAuthenticationTokenException", "IncompleteSignature",
        "IncompleteSignatureException", "InvalidIdentityToken", "NotAuthorizedException",
    ])
    static let accessDenied: Set<String> = [
        "AccessDenied", "AccessDeniedException", "UnauthorizedOperation", "UnauthorizedException", "NotAuthorized",
        "AuthorizationError",
    ]
    static let notOffered: Set<String> = [
        "UnknownOperationException", "UnknownOperation", "InvalidAction", "NotImplemented", "NotImplementedException",
        "SubscriptionRequiredException", "OptInRequired", "OptInRequiredException", "AWSOrganizationsNotInUseException",
    ]
    static let noData: Set<String> = [
        "DataUnavailableException", "NotFoundException", "ResourceNotFoundException", "NoSuchKey", "NoSuchBucket",
    ]
    static let inconsistent: Set<String> = [
        "RequestChangedException", "InvalidNextTokenException", "ExpiredNextTokenException", "PreconditionFailed",
    ]
}

extension ServiceFailure {
    var saysKeysExpired: Bool { hasProviderCode && FailureCodes.expiredKeys.contains(code) }
    var saysClockIsWrong: Bool { hasProviderCode && FailureCodes.wrongClock.contains(code) }

    var foundStaleConnection: Bool {
        if case .transport(.stale, _) = origin { true } else { false }
    }

    /// The next attempt had better not rely on another kept connection of the same age.
    var lostConnection: Bool {
        if case .transport(let code, _) = origin {
            [.reset, .stale, .truncated, .timeout].contains(code)
        } else {
            false
        }
    }

    /// Nil when asking again cannot help.
    var retryReason: RetryPolicy.Reason? {
        switch origin {
        case .transport(_, let isTransient): return isTransient ? .transient : nil
        case .unusableAnswer: return .transient
        case .status(let status):
            if hasProviderCode, FailureCodes.throttled.contains(code) || status == 429 { return .throttled }
            if hasProviderCode, FailureCodes.transient.contains(code) { return .transient }
            if hasProviderCode, kind == .notOffered { return nil }
            if status == 429 { return .throttled }
            return [500, 502, 503, 504].contains(status) ? .transient : nil
        }
    }

    var kind: Trouble.Kind {
        switch origin {
        case .transport, .unusableAnswer: return .unreachable
        case .status(let status):
            if hasProviderCode, let kind = Self.kind(ofCode: code) { return kind }
            switch status {
            case 401: return .notSignedIn
            case 403: return .accessDenied
            // An address that knows no such service or operation, seen from outside.
            case 404, 405, 501: return .notOffered
            case 429: return .throttled
            case 407, 408, 500...: return .unreachable
            // A gateway or another server answers there.
            case ..<400: return .unreachable
            default: return .invalidRequest
            }
        }
    }

    private static func kind(ofCode code: String) -> Trouble.Kind? {
        if FailureCodes.notSignedIn.contains(code) { return .notSignedIn }
        if FailureCodes.accessDenied.contains(code) { return .accessDenied }
        if FailureCodes.notOffered.contains(code) { return .notOffered }
        if FailureCodes.throttled.contains(code) { return .throttled }
        if FailureCodes.noData.contains(code) { return .noData }
        if FailureCodes.inconsistent.contains(code) { return .inconsistent }
        if FailureCodes.transient.contains(code) { return .unreachable }
        return nil
    }
}
