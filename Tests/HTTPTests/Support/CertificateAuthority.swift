import Foundation
import Glibc

/// A certificate authority made for one test by the `openssl` command, and servers that show its certificates.
final class CertificateAuthority {
    let folder: URL
    var bundlePath: String { folder.appendingPathComponent("ca.pem").path }

    init() async throws {
        folder = FileManager.default.temporaryDirectory.appendingPathComponent("http-tests-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        try await openssl(
            "req -x509 -newkey rsa:2048 -nodes -keyout ca.key -out ca.pem -days 2 -subj /CN=TestAuthority".words)
    }

    deinit { try? FileManager.default.removeItem(at: folder) }

    /// Serves TLS with a certificate for `name` while `body` runs with the port.
    func withServer<Value>(
        for name: String, _ body: (_ port: Int) async throws -> Value
    ) async throws -> Value {
        try Data("subjectAltName=\(name)".utf8).write(to: folder.appendingPathComponent("names"))
        try await openssl("req -newkey rsa:2048 -nodes -keyout server.key -out server.csr -subj /CN=server".words)
        try await openssl(
            "x509 -req -in server.csr -CA ca.pem -CAkey ca.key -CAcreateserial -days 1 -extfile names -out server.pem"
                .words)
        let process = command("s_server -www -accept 127.0.0.1:0 -key server.key -cert server.pem".words)
        let output = Pipe()
        process.standardOutput = output
        process.standardInput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        let end = try start(process)
        let outcome: Result<Value, any Error>
        do {
            outcome = .success(try await body(try Self.port(output.fileHandleForReading)))
        } catch {
            outcome = .failure(error)
        }
        // Not a polite signal: `s_server` may sit in a handshake that never ends.
        kill(process.processIdentifier, SIGKILL)
        for await _ in end {}
        return try outcome.get()
    }

    private func openssl(_ arguments: [String]) async throws {
        let process = command(arguments)
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        for await status in try start(process) where status != 0 {
            throw CounterpartMissing("openssl \(arguments[0]) failed: install it with `apt-get install openssl`")
        }
    }

    /// `waitUntilExit` would block a thread that the tests share; the stream yields the exit status and ends.
    private func start(_ process: Process) throws -> AsyncStream<Int32> {
        let (end, signal) = AsyncStream<Int32>.makeStream()
        process.terminationHandler = {
            signal.yield($0.terminationStatus)
            signal.finish()
        }
        try process.run()
        return end
    }

    private func command(_ arguments: [String]) -> Process {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["openssl"] + arguments
        process.currentDirectoryURL = folder
        return process
    }

    /// `s_server` prints `ACCEPT 127.0.0.1:PORT` once it listens.
    private static func port(_ output: FileHandle) throws -> Int {
        var text = ""
        while !text.contains("ACCEPT") || !text.hasSuffix("\n") {
            let chunk = output.availableData
            guard !chunk.isEmpty else { throw CounterpartMissing("openssl s_server did not start: \(text)") }
            text += String(decoding: chunk, as: UTF8.self)
        }
        let line = text.split(separator: "\n").first { $0.hasPrefix("ACCEPT") } ?? ""
        guard let port = line.split(separator: ":").last.flatMap({ Int($0) }) else {
            throw CounterpartMissing("openssl s_server names no port: \(text)")
        }
        return port
    }
}

struct CounterpartMissing: Error, CustomStringConvertible {
    let description: String
    init(_ description: String) { self.description = description }
}

extension String {
    var words: [String] { split(separator: " ").map(String.init) }
}
