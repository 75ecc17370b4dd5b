/// moto, an AWS stand-in that other people wrote, on a free port for the time of one test.
public final class MotoServer: Sendable {
    /// The account of every key moto has not made itself.
    public static let account = "123456789012"

    /// `http://127.0.0.1:PORT`.
    public let url: String
    private let server: PythonServer

    private static let script = """
        import sys, traceback
        try:
            from moto.server import ThreadedMotoServer
            server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
            server.start()
            print("http://%s:%d" % server.get_host_and_port(), flush=True)
        except Exception:
            print(traceback.format_exc().splitlines()[-1], flush=True)
        sys.stdin.read()
        """

    public static func start() async throws -> MotoServer {
        MotoServer(try await PythonServer.start("moto", ["-c", script], announces: "http://"))
    }

    private init(_ server: PythonServer) {
        (self.server, url) = (server, server.url)
    }

    public func stop() { server.stop() }

    /// From now on signatures and IAM policies are checked. Before, any key may do anything: time to fill the server.
    public func checkKeys() async throws {
        let script = """
            import sys, urllib.request
            request = urllib.request.Request(
                sys.argv[1] + "/moto-api/reset-auth", b"0", {"Content-Type": "text/plain"}, method="POST")
            print(urllib.request.urlopen(request).status)
            """
        let outcome = try await python(script)
        guard outcome.status == 0 else { throw PythonServer.NotStarted(name: "moto", said: outcome.errors) }
    }

    /// Runs a boto3 program against this server; `arguments` follow its address.
    public func python(
        _ script: String, _ arguments: [String] = [], keyID: String = "AKIAMOTOADMIN0000001",
        secret: String = "not-a-secret"
    ) async throws -> PythonProgram.Outcome {
        try await PythonProgram.run(
            script, [url] + arguments,
            environment: ["AWS_ENDPOINT_URL": url, "AWS_ACCESS_KEY_ID": keyID, "AWS_SECRET_ACCESS_KEY": secret])
    }
}

/// Moto for the length of `body`; always stopped.
public func withMoto<Value>(_ body: (MotoServer) async throws -> Value) async throws -> Value {
    let moto = try await MotoServer.start()
    defer { moto.stop() }
    return try await body(moto)
}
