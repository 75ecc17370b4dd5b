import Foundation
import HTTP

/// A wire whose answers are written down beforehand. Every request that leaves is kept.
final class ScriptedWire: HTTPSending, @unchecked Sendable {
    enum Step: Sendable {
        case answer(HTTPResponse)
        case failure(HTTPError.Code)
    }

    private let lock = NSLock()
    private var steps: [Step]
    private var sent: [HTTPRequest] = []

    init(_ steps: [Step]) { self.steps = steps }

    var requests: [HTTPRequest] { lock.withLock { sent } }

    func send(_ request: HTTPRequest) async throws -> HTTPResponse {
        let step = lock.withLock { () -> Step in
            sent.append(request)
            // The last step repeats, so that an endless outage can be written down.
            return steps.count > 1 ? steps.removeFirst() : steps[0]
        }
        switch step {
        case .answer(let response): return response
        case .failure(let code): throw HTTPError(code, "scripted")
        }
    }
}

extension ScriptedWire.Step {
    static func json(_ text: String, status: Int = 200, _ headers: HTTPHeaders = [:]) -> Self {
        var headers = headers
        headers.add("x-amzn-RequestId", "request-1")
        return .answer(HTTPResponse(status: status, headers: headers, body: Data(text.utf8)))
    }

    static func refusal(_ code: String, status: Int = 400, _ headers: HTTPHeaders = [:]) -> Self {
        json(#"{"__type":"\#(code)","message":"scripted"}"#, status: status, headers)
    }

    static let identity = json(
        """
        <GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><GetCallerIdentityResult>\
        <Arn>arn:aws:iam::111122223333:user/ann</Arn><UserId>AIDA1</UserId><Account>111122223333</Account>\
        </GetCallerIdentityResult><ResponseMetadata><RequestId>r-0</RequestId></ResponseMetadata>\
        </GetCallerIdentityResponse>
        """)
}

extension HTTPRequest {
    var bodyText: String { String(decoding: body ?? Data(), as: UTF8.self) }
}
