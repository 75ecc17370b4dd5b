import FinOps
import FlyingFox
import FlyingSocks
import Foundation

/// Between the HTTP server and the desk: raw parts in, headers and body out.
struct SandboxHandler: HTTPHandler {
    let desk: SandboxDesk

    func handleRequest(_ request: HTTPRequest) async throws -> HTTPResponse {
        var headers: [String: String] = [:]
        for (name, value) in request.headers { headers[name.rawValue.lowercased()] = value }
        let received = ReceivedRequest(
            method: request.method.rawValue, rawPath: request.target.path(), rawQuery: request.target.query(),
            headers: headers, body: try await request.bodyData)
        let (answer, requestID) = await desk.answer(received)

        var responseHeaders: HTTPHeaders = [
            .contentType: answer.contentType, HTTPHeader("x-amzn-RequestId"): requestID,
            .date: HTTPDate.text(secondsSinceEpoch: Int(Date().timeIntervalSince1970)),
        ]
        if let code = answer.errorCode { responseHeaders[HTTPHeader("x-amzn-ErrorType")] = code }
        let status = HTTPStatusCode(answer.status, phrase: answer.status == 200 ? "OK" : "Error")
        guard answer.isTruncated else {
            return HTTPResponse(statusCode: status, headers: responseHeaders, body: answer.body)
        }
        let body = HTTPBodySequence(
            from: TruncatedBytes(bytes: answer.body.prefix(answer.body.count / 2)), count: answer.body.count)
        return HTTPResponse(statusCode: status, headers: responseHeaders, body: body)
    }
}

/// `Sun, 01 Mar 2026 00:00:07 GMT`, the form of the `Date` header.
enum HTTPDate {
    static func text(secondsSinceEpoch seconds: Int) -> String {
        let moment = Timestamp(secondsSinceEpoch: seconds)
        let weekdays = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
        let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
        let day = moment.day
        let clock = moment.description.dropFirst(11).dropLast()
        return "\(weekdays[day.weekday - 1]), \(BoundedText.padded(day.day, 2)) \(months[day.month - 1]) "
            + "\(BoundedText.padded(day.year, 4)) \(clock) GMT"
    }
}

/// Sends some bytes and then fails, so that the connection ends before the promised length.
struct TruncatedBytes: AsyncBufferedSequence {
    typealias Element = UInt8
    let bytes: Data

    struct BrokenOff: Error {}

    struct Iterator: AsyncBufferedIteratorProtocol {
        var rest: Data?

        mutating func next() async throws -> UInt8? { throw BrokenOff() }

        mutating func nextBuffer(suggested count: Int) async throws -> Data? {
            guard let bytes = rest, !bytes.isEmpty else { throw BrokenOff() }
            rest = nil
            return bytes
        }
    }

    func makeAsyncIterator() -> Iterator { Iterator(rest: bytes) }
}
