public import Foundation

/// aiosmtpd, a mail server that other people wrote, on loopback for the time of one test. It keeps every message it takes over,
/// and misbehaves towards recipients whose name says so.
public final class MailCounterpart: Sendable {
    /// The local part of a recipient's address that makes it happen.
    public enum Manner: String, Sendable, CaseIterable {
        /// 550 at RCPT.
        case refused
        /// 554 after the whole message.
        case late
        /// Takes the whole message over and never answers.
        case mute
        /// Takes the whole message over and closes the connection.
        case hangup
    }

    public struct Message: Sendable {
        public let sender: String
        public let recipients: [String]
        public let bytes: Data
        public let wasEncrypted: Bool
        public let user: String?
        /// As Python's `email` package reads it: headers, then `type: text` of every part.
        public let parsed: String
    }

    /// `smtp://127.0.0.1:PORT`, in the clear.
    public let plainURL: String
    /// Offers STARTTLS, and takes mail over TLS and from `alice:pass:word` only.
    public let guardedURL: String
    /// STARTTLS with a certificate for another name.
    public let misnamedURL: String
    /// `smtps://127.0.0.1:PORT`, TLS from the first byte.
    public let implicitURL: String
    /// The certificate to trust, as a PEM file.
    public let rootPath: String
    private let folder: TemporaryFolder
    private let server: PythonServer

    public static func start() async throws -> MailCounterpart {
        let folder = try TemporaryFolder()
        let server = try await PythonServer.start("the mail server", ["-c", script, folder.path], announces: "smtp://")
        return MailCounterpart(folder, server)
    }

    private init(_ folder: TemporaryFolder, _ server: PythonServer) {
        let urls = server.url.split(separator: " ").map(String.init)
        (plainURL, guardedURL, misnamedURL, implicitURL) = (urls[0], urls[1], urls[2], urls[3])
        rootPath = folder.path + "/root.pem"
        (self.folder, self.server) = (folder, server)
    }

    public func stop() { server.stop() }

    /// What was taken over, sorted by recipient.
    public func messages() throws -> [Message] {
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { $0.hasSuffix(".json") }
        return try names.map { name in
            let bytes = try Data(contentsOf: URL(fileURLWithPath: "\(folder.path)/\(name)"))
            return try JSONDecoder().decode(Kept.self, from: bytes).message
        }.sorted { $0.recipients.joined() < $1.recipients.joined() }
    }

    private struct Kept: Decodable {
        let sender: String
        let recipients: [String]
        let bytes: Data
        let wasEncrypted: Bool
        let user: String?
        let parsed: String

        var message: Message {
            Message(
                sender: sender, recipients: recipients, bytes: bytes, wasEncrypted: wasEncrypted, user: user,
                parsed: parsed)
        }
    }

    private static let script = #"""
        import asyncio, base64, email, email.policy, json, os, ssl, subprocess, sys, threading, traceback, warnings
        warnings.simplefilter("ignore")
        os.chdir(sys.argv[1])
        class Handler:
            count = 0
            async def handle_RCPT(self, server, session, envelope, address, options):
                if address.startswith("refused@"): return "550 no such mailbox"
                envelope.rcpt_tos.append(address)
                return "250 OK"
            async def handle_DATA(self, server, session, envelope):
                manner = envelope.rcpt_tos[0].split("@")[0]
                if manner == "late": return "554 not wanted"
                if manner == "mute": await asyncio.sleep(600)
                if manner == "hangup":
                    server.transport.abort()
                    await asyncio.sleep(600)
                Handler.count += 1
                message = email.message_from_bytes(envelope.content, policy=email.policy.default)
                parts = ["%s: %s" % item for item in message.items()]
                for part in message.walk():
                    if part.is_multipart(): continue
                    parts.append("[%s %s]" % (part.get_content_type(), part.get_filename() or "-"))
                    parts.append(part.get_content() if part.get_content_maintype() == "text" else "")
                kept = {"sender": envelope.mail_from, "recipients": envelope.rcpt_tos,
                        "bytes": base64.b64encode(envelope.content).decode(),
                        "wasEncrypted": server.transport.get_extra_info("ssl_object") is not None,
                        "user": session.auth_data.login.decode() if session.authenticated else None,
                        "parsed": "\n".join(parts)}
                name = "message%d" % Handler.count
                with open(name + ".partial", "w") as file: json.dump(kept, file)
                os.rename(name + ".partial", name + ".json")
                return "250 OK"
        def check(server, session, envelope, mechanism, data):
            from aiosmtpd.smtp import AuthResult
            return AuthResult(success=(data.login, data.password) == (b"alice", b"pass:word"), handled=False, auth_data=data)
        def prepare():
            EC = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"]
            run = lambda *words: subprocess.run(["openssl", *words], check=True, capture_output=True)
            run("req", "-x509", *EC, "-keyout", "root.key", "-out", "root.pem", "-days", "3", "-subj", "/CN=Root of mail")
            def context(name, names, protocol):
                run("req", *EC, "-keyout", name + ".key", "-out", name + ".csr", "-subj", "/CN=mail")
                open("names", "w").write("subjectAltName=" + names)
                run("x509", "-req", "-in", name + ".csr", "-CA", "root.pem", "-CAkey", "root.key", "-CAcreateserial",
                    "-days", "3", "-extfile", "names", "-out", name + ".pem")
                made = ssl.SSLContext(protocol)
                made.load_cert_chain(name + ".pem", name + ".key")
                return made
            return context
        def serve(**settings):
            from aiosmtpd.controller import Controller
            import socket
            free = socket.socket(); free.bind(("127.0.0.1", 0)); port = free.getsockname()[1]; free.close()
            Controller(Handler(), hostname="127.0.0.1", port=port, server_hostname="localhost", **settings).start()
            return "%s://127.0.0.1:%d" % ("smtps" if "ssl_context" in settings else "smtp", port)
        try:
            context, here, server = prepare(), "IP:127.0.0.1", ssl.PROTOCOL_TLS_SERVER
            guarded = serve(tls_context=context("mail", here, server), require_starttls=True, auth_required=True,
                            authenticator=check)
            misnamed = serve(tls_context=context("other", "DNS:mail.example.org", server), require_starttls=True)
            # The controller tries its own door, with the same context as a client.
            implicit = serve(ssl_context=context("implicit", here, ssl.PROTOCOL_TLS))
            print(serve(), guarded, misnamed, implicit, flush=True)
        except Exception:
            print(traceback.format_exc().splitlines()[-1], flush=True)
        sys.stdin.read()
        os._exit(0)
        """#
}

/// The mail server for the length of `body`; always stopped.
public func withMail<Value>(_ body: (MailCounterpart) async throws -> Value) async throws -> Value {
    let mail = try await MailCounterpart.start()
    defer { mail.stop() }
    return try await body(mail)
}
