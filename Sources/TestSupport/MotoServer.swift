import Dispatch
import Foundation
import Glibc

/// moto, an AWS stand-in that other people wrote, on a free port for the time of one test.
public final class MotoServer: Sendable {
    /// The account of every key moto has not made itself.
    public static let account = "123456789012"

    /// `http://127.0.0.1:PORT`.
    public let url: String
    private let process: Process
    private let input: Pipe

    /// Moto did not answer; `said` is what it printed instead of its address.
    public struct NotStarted: Error, CustomStringConvertible {
        let said: String

        public var description: String {
            "moto did not start with \(PythonProgram.interpreter): \(said); `make test` installs it, or set FINOPS_TEST_PYTHON"
        }
    }

    /// Ends with its standard input, so that it does not outlive a test that dies.
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
        let process = PythonProgram.make(script, [], environment: [:])
        let (input, output) = (Pipe(), Pipe())
        process.standardInput = input
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        try process.run()
        let line = await firstLine(output)
        guard line.hasPrefix("http://") else {
            kill(process.processIdentifier, SIGKILL)
            process.waitUntilExit()
            throw NotStarted(said: line)
        }
        return MotoServer(url: line, process: process, input: input)
    }

    private init(url: String, process: Process, input: Pipe) {
        (self.url, self.process, self.input) = (url, process, input)
    }

    /// A test runner that ignores SIGTERM hands that down to its children; this one always ends.
    public func stop() {
        try? input.fileHandleForWriting.close()
        kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
    }

    /// From now on signatures and IAM policies are checked. Before, any key may do anything: time to fill the server.
    public func checkKeys() async throws {
        let script = """
            import sys, urllib.request
            request = urllib.request.Request(
                sys.argv[1] + "/moto-api/reset-auth", b"0", {"Content-Type": "text/plain"}, method="POST")
            print(urllib.request.urlopen(request).status)
            """
        let outcome = try await python(script)
        guard outcome.status == 0 else { throw NotStarted(said: outcome.errors) }
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

    private static func firstLine(_ pipe: Pipe) async -> String {
        await withCheckedContinuation { continuation in
            DispatchQueue.global().async {
                var bytes = Data()
                while !bytes.contains(UInt8(ascii: "\n")) {
                    let more = pipe.fileHandleForReading.availableData
                    if more.isEmpty { break }
                    bytes += more
                }
                continuation.resume(
                    returning: String(decoding: bytes.prefix { $0 != UInt8(ascii: "\n") }, as: UTF8.self))
            }
        }
    }
}

/// Moto for the length of `body`; always stopped.
public func withMoto<Value>(_ body: (MotoServer) async throws -> Value) async throws -> Value {
    let moto = try await MotoServer.start()
    defer { moto.stop() }
    return try await body(moto)
}
