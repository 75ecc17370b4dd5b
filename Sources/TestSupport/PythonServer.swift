import Dispatch
import Foundation
import Glibc

/// A server that other people wrote, run by Python for the time of one test: its first line of output is its address, and it
/// ends with its standard input, so that it does not outlive a test that dies.
public final class PythonServer: Sendable {
    /// What the program announced, e.g. `http://127.0.0.1:PORT`.
    public let url: String
    private let process: Process
    private let input: Pipe

    /// The program printed something else than its address.
    public struct NotStarted: Error, CustomStringConvertible {
        let name: String
        let said: String

        public var description: String {
            "\(name) did not start with \(PythonProgram.interpreter): \(said); "
                + "`make test` installs it, or set FINOPS_TEST_PYTHON"
        }
    }

    /// - Parameters:
    ///   - name: What it is called when it does not start.
    ///   - arguments: Of the interpreter: a file, or `-c` and a program.
    ///   - announces: How the first line begins when all is well.
    static func start(_ name: String, _ arguments: [String], announces: String) async throws -> PythonServer {
        let process = PythonProgram.make(arguments)
        let (input, output) = (Pipe(), Pipe())
        process.standardInput = input
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        try process.run()
        let line = await firstLine(output)
        guard line.hasPrefix(announces) else {
            kill(process.processIdentifier, SIGKILL)
            process.waitUntilExit()
            throw NotStarted(name: name, said: line.isEmpty ? "it said nothing" : line)
        }
        return PythonServer(url: line, process: process, input: input)
    }

    private init(url: String, process: Process, input: Pipe) {
        (self.url, self.process, self.input) = (url, process, input)
    }

    /// A test runner that ignores SIGTERM hands that down to its children; this one always ends.
    func stop() {
        try? input.fileHandleForWriting.close()
        kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
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
