import FinOps
import Foundation
import HTTP
import Testing

@testable import AWS

@Suite struct ServiceFailureTests {
    private func failure(_ body: String, status: Int = 400, _ headers: HTTPHeaders = [:]) -> ServiceFailure {
        ServiceFailure(HTTPResponse(status: status, headers: headers, body: Data(body.utf8)))
    }

    @Test(arguments: [
        #"{"__type":"com.amazonaws.ce#LimitExceededException","message":"m"}"#,
        #"{"__type":"LimitExceededException:http://x","Message":"m"}"#,
        #"{"code":"LimitExceededException","message":"m"}"#,
        "<ErrorResponse><Error><Type>Sender</Type><Code>LimitExceededException</Code><Message>m</Message></Error></ErrorResponse>",
        "<Response><Errors><Error><Code>LimitExceededException</Code><Message>m</Message></Error></Errors></Response>",
        "<Error><Code>LimitExceededException</Code><Message>m</Message></Error>",
    ])
    func `code and message are found in every dialect`(body: String) {
        let failure = failure(body)
        #expect(failure.code == "LimitExceededException")
        #expect(failure.message == "m")
        #expect(failure.hasProviderCode)
    }

    @Test func `the header names the code where there is one`() {
        #expect(failure("", ["x-amzn-ErrorType": "ThrottlingException:http://x"]).code == "ThrottlingException")
    }

    @Test func `a page is no code`() {
        let failure = failure("<html><body>Bad gateway<br></body></html>", status: 502)
        #expect(failure.code == "HTTP502")
        #expect(failure.message == "a page instead of an answer")
        #expect(failure.retryReason == .transient)
    }

    @Test(arguments: [
        ("ThrottlingException", 400, RetryPolicy.Reason.throttled), ("LimitExceededException", 400, .throttled),
        ("TooManyRequestsException", 429, .throttled), ("SlowDown", 503, .throttled),
        ("RequestTimeout", 400, .transient), ("InternalFailure", 500, .transient), ("Odd", 503, .transient),
        ("Odd", 500, .transient), ("Odd", 504, .transient),
    ])
    func `what may pass is asked again`(code: String, status: Int, reason: RetryPolicy.Reason) {
        #expect(failure(#"{"__type":"\#(code)"}"#, status: status).retryReason == reason)
    }

    @Test(arguments: [
        ("ExpiredTokenException", 400, Trouble.Kind.notSignedIn), ("InvalidClientTokenId", 403, .notSignedIn),
        ("UnrecognizedClientException", 400, .notSignedIn), ("SignatureDoesNotMatch", 403, .notSignedIn),
        ("AccessDenied", 403, .accessDenied), ("AccessDeniedException", 400, .accessDenied),
        ("UnknownOperationException", 404, .notOffered), ("AWSOrganizationsNotInUseException", 400, .notOffered),
        ("SubscriptionRequiredException", 400, .notOffered), ("DataUnavailableException", 400, .noData),
        ("ValidationException", 400, .invalidRequest), ("NeverHeardOf", 400, .invalidRequest),
        ("RequestChangedException", 400, .inconsistent),
    ])
    func `what cannot pass is told by kind and not asked again`(code: String, status: Int, kind: Trouble.Kind) {
        let failure = failure(#"{"__type":"\#(code)"}"#, status: status)
        #expect(failure.kind == kind)
        #expect(failure.retryReason == nil)
    }

    @Test(arguments: [
        (404, Trouble.Kind.notOffered, false), (501, .notOffered, false), (403, .accessDenied, false),
        (401, .notSignedIn, false), (302, .unreachable, false), (503, .unreachable, true), (429, .throttled, true),
    ])
    func `a status without a code is judged as it stands`(status: Int, kind: Trouble.Kind, isRetried: Bool) {
        let failure = failure("<html></html>", status: status)
        #expect(failure.kind == kind)
        #expect((failure.retryReason != nil) == isRetried)
    }

    @Test func `transport trouble is retried unless waiting cannot mend it`() {
        #expect(ServiceFailure(HTTPError(.truncated, "m")).retryReason == .transient)
        #expect(ServiceFailure(HTTPError(.reset, "m")).retryReason == .transient)
        #expect(ServiceFailure(HTTPError(.certificate, "m")).retryReason == nil)
        #expect(ServiceFailure(HTTPError(.certificate, "m")).kind == .unreachable)
    }

    @Test func `both headers that ask for patience are understood`() {
        let now = Timestamp("2026-03-10T09:00:00Z")!
        #expect(failure("", ["Retry-After": "3"]).retryAfterMilliseconds(now) == 3_000)
        #expect(failure("", ["Retry-After": "Tue, 10 Mar 2026 09:00:07 GMT"]).retryAfterMilliseconds(now) == 7_000)
        #expect(failure("", ["x-amz-retry-after": "150", "Retry-After": "3"]).retryAfterMilliseconds(now) == 150)
        #expect(failure("", ["Retry-After": "soon"]).retryAfterMilliseconds(now) == nil)
        #expect(failure("", ["Retry-After": "99999999999"]).retryAfterMilliseconds(now) == 3_600_000)
    }
}
