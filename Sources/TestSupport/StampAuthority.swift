public import Foundation

/// A time-stamping authority on loopback, made for one test from the `openssl` command: a root, a certificate that may stamp,
/// one that has expired, and `openssl ts -reply` behind HTTP. It can also misbehave, one way per path of its URL.
public final class StampAuthority: Sendable {
    /// How it behaves at `url(_:)`.
    public enum Manner: String, Sendable, CaseIterable {
        case honest
        /// An honest second authority under the same root, with a name and a key of its own.
        case second
        case wrongNonce = "wrong-nonce"
        case wrongImprint = "wrong-imprint"
        case grantedWithMods = "granted-with-mods"
        case rejection
        case expired
        case backdated
        case garbage
        case truncated
        case trailing
        case error500 = "500"
        case hang
        case huge
    }

    /// The certificate to trust, as PEM.
    public let rootPEM: String
    private let folder: TemporaryFolder
    private let server: PythonServer

    public static func start() async throws -> StampAuthority {
        let folder = try TemporaryFolder()
        let server = try await PythonServer.start(
            "the time-stamping authority", ["-c", script, folder.path], announces: "http://")
        let root = try String(contentsOfFile: folder.path + "/root.pem", encoding: .utf8)
        return StampAuthority(rootPEM: root, folder: folder, server: server)
    }

    private init(rootPEM: String, folder: TemporaryFolder, server: PythonServer) {
        (self.rootPEM, self.folder, self.server) = (rootPEM, folder, server)
    }

    public func url(_ manner: Manner = .honest) -> String { "\(server.url)/\(manner.rawValue)" }

    /// A stamp over the message, asked for by the `openssl` command.
    public func stamp(_ message: Data, _ manner: Manner = .honest) async throws -> Data {
        let script = """
            import base64, hashlib, subprocess, sys
            digest = hashlib.sha256(base64.b64decode(sys.argv[1])).hexdigest()
            query = ["openssl", "ts", "-query", "-digest", digest, "-sha256", "-cert"]
            print(base64.b64encode(subprocess.run(query, capture_output=True, check=True).stdout).decode(), end="")
            """
        let query = try await PythonProgram.run(script, [message.base64EncodedString()])
        return try await Self.answer(to: Data(base64Encoded: query.output) ?? Data(), at: url(manner))
    }

    /// The authority did not answer as one would.
    public struct NoAnswer: Error {
        let said: String
    }

    /// What an authority at `url` answers to an RFC 3161 query. Throws for every status but 200.
    public static func answer(to query: Data, at url: String) async throws -> Data {
        let script = """
            import base64, sys, urllib.request
            request = urllib.request.Request(
                sys.argv[1], base64.b64decode(sys.argv[2]), {"Content-Type": "application/timestamp-query"})
            sys.stdout.buffer.write(base64.b64encode(urllib.request.urlopen(request, timeout=30).read()))
            """
        let outcome = try await PythonProgram.run(script, [url, query.base64EncodedString()])
        guard outcome.status == 0, let bytes = Data(base64Encoded: outcome.output) else {
            throw NoAnswer(said: outcome.errors)
        }
        return bytes
    }

    public func stop() { server.stop() }

    /// Ends with its standard input, so that it does not outlive a test that dies.
    private static let script = #"""
        import http.server, os, subprocess, sys, threading, time, traceback
        os.chdir(sys.argv[1])
        CONFIG = """
        [tsa]
        default_tsa = here
        [here]
        serial = ./serial
        signer_digest = sha256
        default_policy = 1.2.3.4.1
        digests = sha256
        accuracy = secs:1
        ordering = yes
        tsa_name = yes
        ess_cert_id_alg = sha256
        """
        def run(*words, at=None):
            command = (["faketime", at] if at else []) + list(words)
            return subprocess.run(command, check=True, capture_output=True).stdout
        EC = ["ec", "-pkeyopt", "ec_paramgen_curve:P-256"]
        def certify(name, days, at, kind=EC):
            run("openssl", "req", "-newkey", *kind, "-nodes", "-keyout", name + ".key", "-out", name + ".csr",
                "-subj", "/O=Test/CN=Stamps " + name)
            run("openssl", "x509", "-req", "-in", name + ".csr", "-CA", "root.pem", "-CAkey", "root.key",
                "-CAcreateserial", "-days", days, "-extfile", "stamping", "-out", name + ".pem", at=at)
        def prepare():
            open("tsa.cnf", "w").write("\n".join(line.strip() for line in CONFIG.splitlines()))
            open("stamping", "w").write("extendedKeyUsage=critical,timeStamping\n")
            run("openssl", "req", "-x509", "-newkey", *EC, "-nodes", "-keyout", "root.key", "-out", "root.pem",
                "-days", "14000", "-subj", "/O=Test/CN=Root of stamps", at="2015-01-01")
            certify("first", "14000", "2015-01-01")
            certify("second", "14000", "2015-01-01", ["rsa:2048"])
            certify("expired", "30", "2020-01-01")
        lock, count = threading.Lock(), [0]
        def reply(query, signer="first", at=None):
            with lock:
                count[0] += 1
                name = "query%d" % count[0]
                open(name, "wb").write(query)
                return run("openssl", "ts", "-reply", "-config", "tsa.cnf", "-queryfile", name,
                           "-signer", signer + ".pem", "-inkey", signer + ".key", at=at)
        def other(query, digest="-sha256", imprint=None):
            start = query.index(b"\x04\x20") + 2
            imprint = imprint or query[start:start + 32].hex()
            return run("openssl", "ts", "-query", "-digest", imprint, digest, "-cert")
        def answer(manner, query):
            if manner == "honest": return reply(query)
            if manner == "second": return reply(query, signer="second")
            if manner == "wrong-nonce": return reply(other(query))
            if manner == "wrong-imprint": return reply(other(query, imprint="ab" * 32))
            if manner == "granted-with-mods": return reply(query).replace(b"\x30\x03\x02\x01\x00", b"\x30\x03\x02\x01\x01", 1)
            if manner == "rejection": return reply(other(query, "-md5", "ab" * 16))
            if manner == "expired": return reply(query, signer="expired")
            if manner == "backdated": return reply(query, at="2019-01-01")
            if manner == "garbage": return b"<html>welcome</html>"
            if manner == "truncated": return reply(query)[:-9]
            if manner == "trailing": return reply(query) + b"\0"
            if manner == "huge": return b"\x30" * (40 << 20)
        class Handler(http.server.BaseHTTPRequestHandler):
            def do_POST(self):
                manner = self.path.strip("/")
                query = self.rfile.read(int(self.headers["Content-Length"]))
                if self.headers["Content-Type"] != "application/timestamp-query": return self.send_error(415)
                if manner == "500": return self.send_error(500)
                if manner == "hang": return time.sleep(600)
                body = answer(manner, query)
                self.send_response(200)
                self.send_header("Content-Type", "application/timestamp-reply")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)
            def log_message(self, *words): pass
        try:
            prepare()
            server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
            threading.Thread(target=server.serve_forever, daemon=True).start()
            print("http://127.0.0.1:%d" % server.server_port, flush=True)
        except Exception:
            print(traceback.format_exc().splitlines()[-1], flush=True)
        sys.stdin.read()
        """#
}

/// The authority for the length of `body`; always stopped.
public func withStampAuthority<Value>(_ body: (StampAuthority) async throws -> Value) async throws -> Value {
    let authority = try await StampAuthority.start()
    defer { authority.stop() }
    return try await body(authority)
}
