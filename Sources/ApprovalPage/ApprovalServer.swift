public import FinOps
import FlyingFox
import FlyingSocks
import Foundation
public import Pipeline

/// A page on loopback where one person reads and decides one request, in a browser on the same machine.
public final class ApprovalServer: Sendable {
    /// Works once.
    public let link: String
    private let server: HTTPServer
    private let serving: Task<Void, any Error>
    private let endings: AsyncStream<Ending>

    /// How it ended.
    public enum Ending: Sendable {
        case decided(Bool, DecisionReceipt)
        /// Too many attempts that were no decision.
        case givenUp
        /// Nobody decided in time.
        case timedOut
    }

    /// Listens on a free port. Throws `port_unavailable`.
    public static func start(
        desk: any DecisionDesk, signer: PageSigner, randomness: any Randomness
    ) async throws -> ApprovalServer {
        try await ApprovalServer(desk, signer, randomness)
    }

    private init(_ desk: any DecisionDesk, _ signer: PageSigner, _ randomness: any Randomness) async throws {
        let (endings, teller) = AsyncStream<Ending>.makeStream()
        self.endings = endings
        let handler = PageHandler()
        do {
            server = HTTPServer(
                address: try .inet(ip4: "127.0.0.1", port: 0), timeout: 60, logger: .disabled, handler: handler)
            serving = Task { [server] in try await server.run() }
            try await server.waitUntilListening()
            guard case .ip4(_, let port) = await server.listeningAddress else { throw NotListening() }
            let door = PageDoor(host: "127.0.0.1:\(port)", randomness: randomness)
            link = "http://\(door.host)/open/\(door.secret)"
            await handler.furnish(DecisionRoom(desk: desk, signer: signer, door: door, ended: teller))
        } catch {
            throw InputError(
                "port_unavailable", "the approval page cannot listen on this machine", cause: String(describing: error),
                hint: "decide at the terminal instead: leave `--web` out")
        }
    }

    /// Waits for the person, and then for the last page to be shown.
    public func ending(withinSeconds limit: Int) async -> Ending {
        let (endings, server, serving) = (endings, server, serving)
        let ending = await withTaskGroup(of: Ending.self) { group in
            group.addTask {
                for await ending in endings { return ending }
                return .timedOut
            }
            group.addTask {
                try? await Task.sleep(for: .seconds(limit))
                return .timedOut
            }
            defer { group.cancelAll() }
            return await group.next() ?? .timedOut
        }
        await server.stop(timeout: 2)
        serving.cancel()
        return ending
    }

    private struct NotListening: Error {}
}

/// Between the HTTP server and the room: raw parts in, headers and body out.
private actor PageHandler: HTTPHandler {
    private var room: DecisionRoom?

    func furnish(_ room: DecisionRoom) { self.room = room }

    func handleRequest(_ request: HTTPRequest) async throws -> HTTPResponse {
        var headers: [String: String] = [:]
        for (name, value) in request.headers { headers[name.rawValue.lowercased()] = value }
        guard let length = Int(headers["content-length"] ?? "0"), (0...PageDoor.bodyLimitBytes).contains(length),
            headers["transfer-encoding"] == nil, let room
        else {
            return HTTPResponse(statusCode: HTTPStatusCode(413, phrase: "Too Large"), headers: [.connection: "close"])
        }
        let answer = await room.answer(
            PageRequest(
                method: request.method.rawValue, path: request.target.path(), headers: headers,
                body: length == 0 ? Data() : try await request.bodyData))
        var fields = HTTPHeaders()
        for (name, value) in answer.headers { fields[HTTPHeader(name)] = value }
        return HTTPResponse(
            statusCode: HTTPStatusCode(answer.status, phrase: answer.status < 400 ? "OK" : "Refused"), headers: fields,
            body: answer.body)
    }
}
