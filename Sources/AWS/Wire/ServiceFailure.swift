import FinOps
import Foundation
import HTTP

/// An attempt without an answer: refused by the service, or lost on the way.
struct ServiceFailure: Hashable, Sendable {
    enum Origin: Hashable, Sendable {
        /// An HTTP status other than 200.
        case status(Int)
        /// Status 200, but nothing that could be read.
        case unusableAnswer
        case transport(HTTPError.Code, isTransient: Bool)
    }

    let origin: Origin
    /// The provider's code; our own, or `HTTP503`, where it gave none.
    let code: String
    let hasProviderCode: Bool
    let message: String
    let requestID: String?
    /// `Retry-After` and `x-amz-retry-after` as sent.
    let retryAfter: String?
    let retryAfterMilliseconds: String?
    /// Where the bucket lies that S3 was asked for; it says so even when it refuses.
    let bucketRegion: String?

    static let emptyAnswer = "EmptyAnswer"
    static let unreadableAnswer = "UnreadableAnswer"

    init(_ error: HTTPError) {
        origin = .transport(error.code, isTransient: error.isTransient)
        code = error.code.rawValue
        hasProviderCode = false
        message = error.message + (error.cause.map { " (\($0))" } ?? "")
        (requestID, retryAfter, retryAfterMilliseconds, bucketRegion) = (nil, nil, nil, nil)
    }

    init(_ response: HTTPResponse) {
        let error = ErrorBody(response)
        let isPage = error.code == nil && response.body.contains(UInt8(ascii: "<"))
        self.init(
            response, origin: .status(response.status), code: error.code,
            message: error.message ?? (isPage ? "a page instead of an answer" : "no explanation"))
    }

    static func unusable(_ response: HTTPResponse, _ code: String, _ message: String) -> Self {
        Self(response, origin: .unusableAnswer, code: nil, message: message, ownCode: code)
    }

    private init(
        _ response: HTTPResponse, origin: Origin, code: String?, message: String, ownCode: String? = nil
    ) {
        self.origin = origin
        self.code = code ?? ownCode ?? "HTTP\(response.status)"
        hasProviderCode = code != nil
        self.message = message
        requestID = Self.requestID(in: response) ?? ErrorBody(response).requestID
        retryAfter = response.headers["Retry-After"]
        retryAfterMilliseconds = response.headers["x-amz-retry-after"]
        bucketRegion = response.headers["x-amz-bucket-region"]
    }

    static func requestID(in response: HTTPResponse) -> String? {
        ["x-amzn-RequestId", "x-amz-request-id", "x-amzn-request-id"].lazy.compactMap { response.headers[$0] }.first
    }

    /// What the server asked us to wait; seconds or a date in `Retry-After`, milliseconds in AWS's own header.
    func retryAfterMilliseconds(_ now: Timestamp) -> Int? {
        if let text = retryAfterMilliseconds, let milliseconds = Int(text) { return min(milliseconds, 3_600_000) }
        guard let retryAfter else { return nil }
        if let seconds = Int(retryAfter) { return min(max(0, seconds), 3_600) * 1_000 }
        return Timestamp(httpDate: retryAfter).map {
            min(max(0, $0.secondsSinceEpoch - now.secondsSinceEpoch), 3_600) * 1_000
        }
    }
}
