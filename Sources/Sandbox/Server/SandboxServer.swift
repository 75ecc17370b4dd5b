import FlyingFox
import FlyingSocks
public import Foundation

/// The sample estate as an AWS-compatible server on loopback. Any AWS client that lets its endpoint be set can read it.
public final class SandboxServer: Sendable {
    /// `http://127.0.0.1:PORT`, without a trailing slash.
    public let url: URL
    public let estate: SampleEstate
    public let credentials: SandboxCredentials
    public let signIn: SandboxSignIn
    /// What was asked so far, and what AWS would have billed for it.
    public let meter: SandboxMeter

    private let server: HTTPServer
    private let serving: Task<Void, any Error>

    /// Starts serving and returns once requests are answered. Throws `InputError` when an option cannot be, and
    /// `SandboxError` when the port cannot be had.
    public static func start(_ options: SandboxOptions = SandboxOptions()) async throws -> SandboxServer {
        try await SandboxServer(options)
    }

    /// Ends every connection and frees the port.
    public func stop() async {
        await server.stop(timeout: 1)
        serving.cancel()
        _ = await serving.result
    }

    private init(_ options: SandboxOptions) async throws {
        try options.validate()
        estate = SampleEstate(accounts: options.accounts, today: options.today, seed: options.seed)
        try options.validateAccounts(of: estate)
        credentials = options.credentials
        signIn = options.signIn
        meter = SandboxMeter()
        let desk = SandboxDesk(options, estate, meter)
        do {
            let server = HTTPServer(
                address: try .inet(ip4: "127.0.0.1", port: options.port), timeout: 900,
                pool: LowLatencySocketPool(base: HTTPServer.defaultPool()), logger: .disabled,
                handler: SandboxHandler(desk: desk))
            let serving = Task { try await server.run() }
            (self.server, self.serving) = (server, serving)
            try await Self.listen(server, serving)
            guard case .ip4(_, let port) = await server.listeningAddress else {
                throw SandboxError(port: options.port, cause: "the server does not listen")
            }
            url = URL(string: "http://127.0.0.1:\(port)")!
        } catch let error as SandboxError {
            throw error
        } catch {
            throw SandboxError(port: options.port, cause: String(describing: error))
        }
    }

    /// Waits for whichever comes first: the socket listens, or the server gave up on it. Not a task group, because that
    /// would wait for the server itself to end.
    private static func listen(_ server: HTTPServer, _ serving: Task<Void, any Error>) async throws {
        let (news, teller) = AsyncThrowingStream<Void, any Error>.makeStream()
        let watcher = Task {
            do {
                try await serving.value
                teller.finish()
            } catch {
                teller.finish(throwing: error)
            }
        }
        let listener = Task {
            do {
                try await server.waitUntilListening()
                teller.yield()
            } catch {
                teller.finish(throwing: error)
            }
        }
        defer {
            watcher.cancel()
            listener.cancel()
        }
        for try await _ in news { return }
    }
}
