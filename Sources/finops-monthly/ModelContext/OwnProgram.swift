import Evidence
import FinOps
import Foundation

/// This program, started again: with the same root and configuration, and never able to ask a person.
struct OwnProgram {
    let globalArguments: [String]
    let environment: [String: String]
    /// Where what a started run says is kept.
    let logFolder: String

    /// Waits for a command that answers with one JSON object, whatever its exit status.
    func json(_ arguments: [String]) async throws -> JSONValue {
        let result = try await SubprocessRunner().run(
            ProcessInvocation(
                executable: RunningBinary.path, arguments: arguments + globalArguments + ["--format", "json"],
                environment: environment, deadlineSeconds: 600, outputLimitBytes: 16 << 20))
        guard let document = try? JSONValue(parsing: result.standardOutput) else {
            throw InputError(
                "no_answer", "`finops-monthly \(arguments.joined(separator: " "))` gave no answer",
                hint: "run it by hand: what it says on stderr tells why")
        }
        return ["exit_status": .integer(result.exitStatus ?? -1), "answer": document]
    }

    /// Starts a command in a session of its own and does not wait: it outlives the agent that asked for it.
    func start(_ arguments: [String], as name: String) throws {
        try FileManager.default.createDirectory(atPath: logFolder, withIntermediateDirectories: true)
        let path = "\(logFolder)/\(name).log"
        guard FileManager.default.createFile(atPath: path, contents: nil), let log = FileHandle(forWritingAtPath: path)
        else {
            throw InputError(
                "no_log", "\(path) cannot be written", hint: "make room for it, or check its folder's owner")
        }
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/setsid")
        process.arguments = ["--fork", RunningBinary.path] + arguments + globalArguments + ["--format", "jsonl"]
        process.environment = environment
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = log
        process.standardError = log
        try process.run()
    }
}
