import FinOps
import Foundation
import Subprocess
import Synchronization
import SystemPackage

/// Runs programs through swift-subprocess: no shell, exactly the environment given, and whatever a program started ends with it,
/// be that by itself or at the deadline.
struct SubprocessRunner: ProcessRunner {
    static var options: PlatformOptions {
        var options = PlatformOptions()
        options.createSession = true
        options.teardownSequence = [
            .gracefulShutDown(toProcessGroup: true, allowedDurationToNextStep: .milliseconds(200))
        ]
        return options
    }

    func run(_ invocation: ProcessInvocation) async throws -> ProcessResult {
        guard let confinement = invocation.confinement else { return try await start(invocation) }
        return try await Confinement(confinement).run(invocation, start)
    }

    /// Whether a confined program is started without a network on this machine.
    func mayDenyNetwork() async -> Bool { await Confinement.mayDenyNetwork(start) }

    private func start(_ invocation: ProcessInvocation) async throws -> ProcessResult {
        let options = Self.options
        let input = try Self.open(invocation.standardInput)
        defer { try? input.close() }
        let session = ProcessSession()
        defer { session.end() }
        return try await withThrowingTaskGroup(of: ProcessResult?.self) { group in
            group.addTask {
                do {
                    let record = try await Subprocess.run(
                        invocation.program, arguments: Arguments(invocation.arguments),
                        environment: invocation.variables,
                        workingDirectory: invocation.workingDirectory.map { .init($0) }, platformOptions: options,
                        input: .fileDescriptor(input, closeAfterSpawningProcess: false),
                        output: .data(limit: invocation.outputLimitBytes),
                        error: .data(limit: invocation.outputLimitBytes)
                    ) { session.leader.store($0.processIdentifier.value, ordering: .releasing) }
                    var status: Int?
                    if case .exited(let code) = record.terminationStatus { status = Int(code) }
                    return ProcessResult(
                        exitStatus: status, standardOutput: record.standardOutput,
                        standardError: record.standardError)
                } catch let error as SubprocessError where error.code == .outputLimitExceeded {
                    throw ProcessFlood()
                }
            }
            group.addTask {
                try await Task.sleep(for: .seconds(invocation.deadlineSeconds))
                return nil
            }
            // Whoever is first decides; leaving the group cancels the other, and cancelling the program kills it.
            let first = try await group.next() ?? nil
            group.cancelAll()
            return first ?? ProcessResult(exitStatus: nil, standardOutput: Data(), standardError: Data())
        }
    }

    /// A file without a name, so that nothing has to be written while the program runs: one that never reads costs nothing.
    private static func open(_ input: Data) throws -> SystemPackage.FileDescriptor {
        guard !input.isEmpty else { return try .open("/dev/null", .readOnly) }
        let path = FileManager.default.temporaryDirectory.path + "/finops-input-" + UUID().uuidString
        let file = try SystemPackage.FileDescriptor.open(
            FilePath(path), .readWrite, options: [.create, .exclusiveCreate, .closeOnExec],
            permissions: [.ownerReadWrite])
        try? FileManager.default.removeItem(atPath: path)
        try file.writeAll(input)
        try file.seek(offset: 0, from: .start)
        return file
    }
}

extension ProcessInvocation {
    var program: Executable { executable.contains("/") ? .path(.init(executable)) : .name(executable) }

    var variables: Environment {
        .custom(
            environment.reduce(into: [Environment.Key: String]()) { result, variable in
                if let key = Environment.Key(rawValue: variable.key) { result[key] = variable.value }
            })
    }
}

/// The processes of one program. Its leader may be gone while children of it are not.
final class ProcessSession: Sendable {
    let leader = Atomic<pid_t>(0)

    func end() {
        let leader = leader.load(ordering: .acquiring)
        if leader > 0 { kill(-leader, SIGKILL) }
    }
}
