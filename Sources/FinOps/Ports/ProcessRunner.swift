public import Foundation

/// Runs another program without a shell: a browser, the tool itself for its smoke test, later roles and engines.
public protocol ProcessRunner: Sendable {
    func run(_ invocation: ProcessInvocation) async throws -> ProcessResult
}

public struct ProcessInvocation: Hashable, Sendable {
    /// An absolute path, or a name looked up on the PATH.
    public let executable: String
    public let arguments: [String]
    /// Exactly this environment; nothing is inherited.
    public let environment: [String: String]
    public let workingDirectory: String?
    public let deadlineSeconds: Int
    public let outputLimitBytes: Int

    public init(
        executable: String, arguments: [String], environment: [String: String] = [:], workingDirectory: String? = nil,
        deadlineSeconds: Int = 60, outputLimitBytes: Int = 1 << 20
    ) {
        self.executable = executable
        self.arguments = arguments
        self.environment = environment
        self.workingDirectory = workingDirectory
        self.deadlineSeconds = deadlineSeconds
        self.outputLimitBytes = outputLimitBytes
    }
}

public struct ProcessResult: Hashable, Sendable {
    /// Nil when the program was killed, by us at the deadline or by a signal.
    public let exitStatus: Int?
    public let standardOutput: Data
    public let standardError: Data

    public init(exitStatus: Int?, standardOutput: Data, standardError: Data) {
        self.exitStatus = exitStatus
        self.standardOutput = standardOutput
        self.standardError = standardError
    }
}
