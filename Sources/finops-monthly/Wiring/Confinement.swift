import FinOps
import Foundation

/// Starts a program that is not ours: in an empty folder that is removed afterwards, under limits, and without a network where
/// the system lets a process give it up. The limits are util-linux's `prlimit`, the network namespace its `unshare`; both
/// replace themselves with the program, so that it is the one that is ended at the deadline.
struct Confinement {
    private let limits: ProcessConfinement

    init(_ limits: ProcessConfinement) {
        self.limits = limits
    }

    typealias Start = (ProcessInvocation) async throws -> ProcessResult

    func run(_ invocation: ProcessInvocation, _ start: Start) async throws -> ProcessResult {
        let folder = FileManager.default.temporaryDirectory.path + "/finops-role-" + UUID().uuidString
        try FileManager.default.createDirectory(
            atPath: folder, withIntermediateDirectories: false, attributes: [.posixPermissions: 0o700])
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let deniesNetwork = await Self.mayDenyNetwork(start)
        let command =
            (deniesNetwork ? Self.withoutNetwork : []) + limit + [invocation.executable] + invocation.arguments
        let result = try await start(
            ProcessInvocation(
                executable: command[0], arguments: Array(command.dropFirst()), environment: invocation.environment,
                workingDirectory: folder, deadlineSeconds: invocation.deadlineSeconds,
                outputLimitBytes: invocation.outputLimitBytes, standardInput: invocation.standardInput))
        return ProcessResult(
            exitStatus: result.exitStatus, standardOutput: result.standardOutput, standardError: result.standardError,
            wasNetworkDenied: deniesNetwork)
    }

    /// Of data, not of addresses: runtimes reserve far more of those than they use.
    private var limit: [String] {
        [
            "/usr/bin/prlimit", "--data=\(limits.memoryLimitBytes)", "--cpu=\(limits.processorSeconds)",
            "--fsize=\(limits.fileLimitBytes)", "--core=0", "--nofile=256", "--",
        ]
    }

    private static let withoutNetwork = ["/usr/bin/unshare", "--user", "--map-current-user", "--net", "--"]

    /// Containers and hardened kernels may forbid new namespaces.
    static func mayDenyNetwork(_ start: Start) async -> Bool {
        let trial = try? await start(
            ProcessInvocation(
                executable: withoutNetwork[0], arguments: Array(withoutNetwork.dropFirst()) + ["/bin/true"],
                deadlineSeconds: 5))
        return trial?.exitStatus == 0
    }
}
