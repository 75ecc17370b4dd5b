import FlyingFox
import FlyingSocks
import Foundation

/// A server that says what a test wants, for the length of `body`. `answer` is given the operation and the request's body.
func withLoopbackServer<Value>(
    answer: @escaping @Sendable (_ operation: String, _ body: String) async -> LoopbackAnswer,
    _ body: (_ url: String) async throws -> Value
) async throws -> Value {
    let handler = ClosureHTTPHandler { request in
        let text = String(decoding: try await request.bodyData, as: UTF8.self)
        let target = request.headers[HTTPHeader("X-Amz-Target")]?.split(separator: ".").last.map(String.init)
        let said = await answer(target ?? "query", text)
        return HTTPResponse(
            statusCode: HTTPStatusCode(said.status, phrase: "Status"),
            headers: [HTTPHeader("x-amzn-RequestId"): "loopback"], body: Data(said.body.utf8))
    }
    let server = HTTPServer(
        address: try .inet(ip4: "127.0.0.1", port: 0), timeout: 60, logger: .disabled, handler: handler)
    let serving = Task { try await server.run() }
    try await server.waitUntilListening(timeout: 300)
    guard case .ip4(_, let port) = await server.listeningAddress else { throw POSIXError(.EADDRNOTAVAIL) }
    let outcome: Result<Value, any Error>
    do { outcome = .success(try await body("http://127.0.0.1:\(port)")) } catch { outcome = .failure(error) }
    await server.stop(timeout: 0)
    serving.cancel()
    _ = await serving.result
    return try outcome.get()
}

struct LoopbackAnswer: Sendable {
    var status = 200
    var body: String

    static func refusal(_ code: String, status: Int = 400) -> Self {
        Self(status: status, body: #"{"__type":"\#(code)","message":"from the loopback"}"#)
    }
}
