import FinOps
import Foundation
import Subprocess
import Synchronization
import SystemPackage

/// A program that is talked to line by line while it runs.
final class LineConversation {
    private let writer: StandardInputWriter
    private var pieces: SubprocessOutputSequence.Iterator
    private var unread: [UInt8] = []
    private var bytesLeft: Int

    fileprivate init(_ writer: StandardInputWriter, _ output: SubprocessOutputSequence, limitBytes: Int) {
        self.writer = writer
        pieces = output.makeAsyncIterator()
        bytesLeft = limitBytes
    }

    func send(_ line: Data) async throws {
        _ = try await writer.write(Array(line) + [UInt8(ascii: "\n")])
    }

    /// The next line without its end; nil when the program says nothing more. Throws `ProcessFlood`.
    func receive() async throws -> Data? {
        while true {
            if let end = unread.firstIndex(of: UInt8(ascii: "\n")) {
                defer { unread.removeSubrange(...end) }
                return Data(unread[..<end])
            }
            guard let piece = try await pieces.next() else { return nil }
            bytesLeft -= piece.count
            guard bytesLeft >= 0 else { throw ProcessFlood() }
            piece.withUnsafeBytes { unread += $0 }
        }
    }
}

extension SubprocessRunner {
    /// The program's time was up.
    struct Late: Error {}

    /// Talks with a program for as long as `talk` lasts, and ends it and whatever it started: after `talk`, at the deadline
    /// (`Late`), or when `talk` throws. What it says on stderr is not read.
    func converse<Value: Sendable>(
        with invocation: ProcessInvocation, _ talk: @escaping @Sendable (LineConversation) async throws -> Value
    ) async throws -> Value {
        let options = Self.options
        let session = ProcessSession()
        defer { session.end() }
        return try await withThrowingTaskGroup(of: Value?.self) { group in
            group.addTask {
                try await Subprocess.run(
                    invocation.program, arguments: Arguments(invocation.arguments), environment: invocation.variables,
                    workingDirectory: invocation.workingDirectory.map { .init($0) }, platformOptions: options,
                    input: .inputWriter, output: .sequence, error: .discarded
                ) { execution in
                    session.leader.store(execution.processIdentifier.value, ordering: .releasing)
                    let value = try await talk(
                        LineConversation(
                            execution.standardInputWriter, execution.standardOutput,
                            limitBytes: invocation.outputLimitBytes))
                    try? await execution.standardInputWriter.finish()
                    await execution.teardown(using: options.teardownSequence)
                    return value
                }.closureResult
            }
            group.addTask {
                try await Task.sleep(for: .seconds(invocation.deadlineSeconds))
                return nil
            }
            let first = try await group.next() ?? nil
            group.cancelAll()
            guard let first else { throw Late() }
            return first
        }
    }
}
