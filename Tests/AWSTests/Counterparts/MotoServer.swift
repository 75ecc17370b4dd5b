import Dispatch
import Foundation
import Glibc
import Testing

/// moto with signatures checked, on a port of its own choice, for the length of `body`.
/// Its first `uncheckedRequests` need no signature: a small program of botocore fills it with them.
struct MotoServer: Sendable {
    let url: String
    static let interpreter = ProcessInfo.processInfo.environment["FINOPS_TEST_PYTHON"] ?? "python3"

    static func run<Value>(
        uncheckedRequests: Int, _ body: (MotoServer) async throws -> Value
    ) async throws -> Value {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = [interpreter, "-u", "-m", "moto.server", "-H", "127.0.0.1", "-p", "0"]
        var environment = ProcessInfo.processInfo.environment
        environment["INITIAL_NO_AUTH_ACTION_COUNT"] = String(uncheckedRequests)
        process.environment = environment
        let output = Pipe()
        process.standardOutput = FileHandle.nullDevice
        process.standardError = output
        try process.run()
        defer {
            // A runner that ignores SIGTERM hands that down to its children; this one always ends.
            kill(process.processIdentifier, SIGKILL)
            process.waitUntilExit()
        }
        let port = await port(in: output.fileHandleForReading)
        let url = try #require(
            port,
            "moto did not start: run `\(interpreter) -m pip install 'moto[server]' boto3` or set FINOPS_TEST_PYTHON")
        // Keeps the pipe from filling up and stopping the server; ends with the server.
        DispatchQueue.global().async { _ = output.fileHandleForReading.readDataToEndOfFile() }
        return try await body(MotoServer(url: url))
    }

    /// Runs a program of botocore against the server and returns what it printed.
    func python(_ program: String, _ arguments: [String] = []) async throws -> String {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = [Self.interpreter, "-c", program, url] + arguments
        let output = Pipe()
        process.standardOutput = output
        try process.run()
        let text = await Self.onItsOwnThread {
            String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        }
        process.waitUntilExit()
        try #require(process.terminationStatus == 0, "the program that fills moto failed")
        return text
    }

    /// The line `Running on http://127.0.0.1:PORT`.
    private static func port(in handle: FileHandle) async -> String? {
        await onItsOwnThread {
            var text = ""
            while true {
                let chunk = handle.availableData
                if chunk.isEmpty { return nil }
                text += String(decoding: chunk, as: UTF8.self)
                for line in text.split(separator: "\n").dropLast(text.hasSuffix("\n") ? 0 : 1) {
                    if let range = line.range(of: "Running on ") { return String(line[range.upperBound...]) }
                }
            }
        }
    }

    /// A blocked reader on the cooperative pool would starve everybody else.
    private static func onItsOwnThread<Value: Sendable>(_ work: @escaping @Sendable () -> Value) async -> Value {
        await withCheckedContinuation { continuation in
            DispatchQueue.global().async { continuation.resume(returning: work()) }
        }
    }
}
