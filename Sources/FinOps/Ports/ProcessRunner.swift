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
    /// Of each stream; a program that writes more is ended, and `ProcessFlood` thrown.
    public let outputLimitBytes: Int
    /// Empty is an input at its end.
    public let standardInput: Data
    /// Nil runs the program as one of ours.
    public let confinement: ProcessConfinement?

    public init(
        executable: String, arguments: [String], environment: [String: String] = [:], workingDirectory: String? = nil,
        deadlineSeconds: Int = 60, outputLimitBytes: Int = 1 << 20, standardInput: Data = Data(),
        confinement: ProcessConfinement? = nil
    ) {
        self.executable = executable
        self.arguments = arguments
        self.environment = environment
        self.workingDirectory = workingDirectory
        self.deadlineSeconds = deadlineSeconds
        self.outputLimitBytes = outputLimitBytes
        self.standardInput = standardInput
        self.confinement = confinement
    }
}

/// What a program may use that is not ours. The network is denied where the system allows that.
public struct ProcessConfinement: Hashable, Sendable {
    public let memoryLimitBytes: Int
    public let processorSeconds: Int
    /// Of any file it writes.
    public let fileLimitBytes: Int

    public init(memoryLimitBytes: Int = 2 << 30, processorSeconds: Int = 60, fileLimitBytes: Int = 16 << 20) {
        self.memoryLimitBytes = memoryLimitBytes
        self.processorSeconds = processorSeconds
        self.fileLimitBytes = fileLimitBytes
    }
}

/// A program wrote more than it was allowed to.
public struct ProcessFlood: Error, Hashable {
    public init() {}
}

public struct ProcessResult: Hashable, Sendable {
    /// Nil when the program was killed, by us at the deadline or by a signal.
    public let exitStatus: Int?
    public let standardOutput: Data
    public let standardError: Data
    /// The program could reach no other machine.
    public let wasNetworkDenied: Bool

    public init(exitStatus: Int?, standardOutput: Data, standardError: Data, wasNetworkDenied: Bool = false) {
        self.exitStatus = exitStatus
        self.standardOutput = standardOutput
        self.standardError = standardError
        self.wasNetworkDenied = wasNetworkDenied
    }
}
