public import Foundation

/// What a chat service's webhook does, on loopback for the time of one test: keeps what it is told, or misbehaves by the path of
/// its URL.
public final class WebhookCounterpart: Sendable {
    public enum Manner: String, Sendable, CaseIterable {
        case ok
        /// 202, as Teams workflows answer.
        case accepted
        case error500 = "500"
        /// Sends whoever asks elsewhere; a secret must not follow.
        case redirect
        case hangup
        case slow
    }

    private let folder: TemporaryFolder
    private let server: PythonServer

    public static func start() async throws -> WebhookCounterpart {
        let folder = try TemporaryFolder()
        let server = try await PythonServer.start("the webhook", ["-c", script, folder.path], announces: "http://")
        return WebhookCounterpart(folder, server)
    }

    private init(_ folder: TemporaryFolder, _ server: PythonServer) { (self.folder, self.server) = (folder, server) }

    public func url(_ manner: Manner, secret: String = "secret") -> String {
        "\(server.url)/\(manner.rawValue)/\(secret)"
    }

    public func stop() { server.stop() }

    /// The bodies that were taken, in order.
    public func bodies() throws -> [Data] {
        try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { $0.hasSuffix(".json") }.sorted()
            .map { try Data(contentsOf: URL(fileURLWithPath: "\(folder.path)/\($0)")) }
    }

    private static let script = #"""
        import http.server, json, os, sys, threading, time
        os.chdir(sys.argv[1])
        count, lock = [0], threading.Lock()
        class Handler(http.server.BaseHTTPRequestHandler):
            def do_POST(self):
                manner = self.path.split("/")[1]
                body = self.rfile.read(int(self.headers["Content-Length"]))
                if manner == "slow": return time.sleep(600)
                if manner == "hangup": return self.connection.close()
                if manner == "500": return self.send_error(500, self.path)
                if manner == "redirect":
                    self.send_response(302)
                    self.send_header("Location", self.path.replace("redirect", "ok"))
                    self.send_header("Content-Length", "0")
                    return self.end_headers()
                json.loads(body)
                with lock:
                    count[0] += 1
                    open("%04d.partial" % count[0], "wb").write(body)
                    os.rename("%04d.partial" % count[0], "%04d.json" % count[0])
                self.send_response(202 if manner == "accepted" else 200)
                self.send_header("Content-Length", "2")
                self.end_headers()
                self.wfile.write(b"ok")
            def do_GET(self): self.send_error(404)
            def log_message(self, *words): pass
        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        print("http://127.0.0.1:%d" % server.server_port, flush=True)
        sys.stdin.read()
        os._exit(0)
        """#
}

/// The webhook for the length of `body`; always stopped.
public func withWebhook<Value>(_ body: (WebhookCounterpart) async throws -> Value) async throws -> Value {
    let webhook = try await WebhookCounterpart.start()
    defer { webhook.stop() }
    return try await body(webhook)
}
