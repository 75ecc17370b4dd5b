import Dispatch
import Foundation

/// A Python program beside a test: other people's AWS clients and servers. `FINOPS_TEST_PYTHON` names the interpreter that
/// has them installed.
public enum PythonProgram {
    public static let interpreter = ProcessInfo.processInfo.environment["FINOPS_TEST_PYTHON"] ?? "python3"

    public struct Outcome: Sendable {
        public let status: Int32
        public let output: String
        public let errors: String
    }

    /// Runs `python3 -c script arguments…`. Nothing of this process's own AWS setup is inherited.
    public static func run(
        _ script: String, _ arguments: [String] = [], environment: [String: String] = [:]
    ) async throws -> Outcome {
        let process = make(["-c", script] + arguments, environment: environment)
        process.standardInput = FileHandle.nullDevice
        let (output, errors) = (Pipe(), Pipe())
        process.standardOutput = output
        process.standardError = errors
        try process.run()
        async let outputBytes = read(output)
        async let errorBytes = read(errors)
        let (said, complained) = await (outputBytes, errorBytes)
        process.waitUntilExit()
        return Outcome(
            status: process.terminationStatus, output: String(decoding: said, as: UTF8.self),
            errors: String(decoding: complained, as: UTF8.self))
    }

    static func make(_ arguments: [String], environment: [String: String] = [:]) -> Process {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = [interpreter] + arguments
        var variables = ProcessInfo.processInfo.environment.filter { !$0.key.hasPrefix("AWS_") }
        variables["AWS_DEFAULT_REGION"] = "us-east-1"
        variables["AWS_CONFIG_FILE"] = "/dev/null"
        variables["AWS_SHARED_CREDENTIALS_FILE"] = "/dev/null"
        variables["PYTHONIOENCODING"] = "utf-8"
        process.environment = variables.merging(environment) { _, given in given }
        return process
    }

    /// On a thread of its own: a blocked reader on the cooperative pool would starve the server it waits for.
    private static func read(_ pipe: Pipe) async -> Data {
        await withCheckedContinuation { continuation in
            DispatchQueue.global().async {
                continuation.resume(returning: pipe.fileHandleForReading.readDataToEndOfFile())
            }
        }
    }
}
