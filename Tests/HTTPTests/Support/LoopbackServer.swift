import FlyingFox
import FlyingSocks
import Foundation

/// What a loopback server was asked, and what it says. Values of our own: the server's library and ours use the same names.
struct LoopbackRequest: Sendable {
    let method: String
    let path: String
    let headers: [String: String]
    let body: Data
}

struct LoopbackAnswer: Sendable {
    var status = 200
    var headers: [String: String] = [:]
    var body = Data()
}

/// A well-behaved HTTP server for the length of `body`.
func withLoopbackServer<Value>(
    answer: @escaping @Sendable (LoopbackRequest) async throws -> LoopbackAnswer,
    _ body: (_ url: String) async throws -> Value
) async throws -> Value {
    let handler = ClosureHTTPHandler { request in
        let headers = request.headers.reduce(into: [String: String]()) { $0[$1.key.rawValue.lowercased()] = $1.value }
        let said = try await answer(
            LoopbackRequest(
                method: request.method.rawValue, path: request.path, headers: headers,
                body: try await request.bodyData))
        return HTTPResponse(
            statusCode: HTTPStatusCode(said.status, phrase: "Status"),
            headers: said.headers.reduce(into: [:]) { $0[HTTPHeader($1.key)] = $1.value }, body: said.body)
    }
    let server = HTTPServer(
        address: try .inet(ip4: "127.0.0.1", port: 0), timeout: 60, logger: .disabled, handler: handler)
    let serving = Task { try await server.run() }
    try await server.waitUntilListening()
    guard case .ip4(_, let port) = await server.listeningAddress else { throw POSIXError(.EADDRNOTAVAIL) }
    let outcome: Result<Value, any Error>
    do { outcome = .success(try await body("http://127.0.0.1:\(port)")) } catch { outcome = .failure(error) }
    await server.stop(timeout: 0)
    serving.cancel()
    _ = await serving.result
    return try outcome.get()
}
