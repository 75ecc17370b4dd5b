import Dispatch
import Foundation
import Testing

/// Runs a program of botocore that needs no server.
enum BotocoreProgram {
    static let interpreter = ProcessInfo.processInfo.environment["FINOPS_TEST_PYTHON"] ?? "python3"

    /// `input` is what the program finds on stdin as JSON; what it prints is read as JSON.
    static func run<Input: Encodable, Output: Decodable & Sendable>(
        _ program: String, _ input: Input, as type: Output.Type = Output.self
    ) async throws -> Output {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = [interpreter, "-c", program]
        let (question, answer) = (Pipe(), Pipe())
        process.standardInput = question
        process.standardOutput = answer
        let bytes = try JSONEncoder().encode(input)
        try process.run()
        let printed = await withCheckedContinuation { continuation in
            // On a thread of its own: a blocked reader on the cooperative pool would starve everybody else.
            DispatchQueue.global().async {
                question.fileHandleForWriting.write(bytes)
                try? question.fileHandleForWriting.close()
                continuation.resume(returning: answer.fileHandleForReading.readDataToEndOfFile())
            }
        }
        process.waitUntilExit()
        try #require(
            process.terminationStatus == 0,
            "run `\(interpreter) -m pip install boto3` or set FINOPS_TEST_PYTHON")
        return try JSONDecoder().decode(Output.self, from: printed)
    }
}
