import Evidence
import FinOps
import Foundation

/// The local disk with a rule for what fails. Used from one task at a time. Synchronising is counted and not done: what is
/// tried here is the death of a process, which keeps what the kernel holds.
final class FaultyDisk: FileSystem, @unchecked Sendable {
    private let disk = LocalFileSystem()
    private let lock = NSLock()
    private var operations = 0
    private let fails: @Sendable (_ operation: Int, _ path: String) -> String?

    /// `fails` names the errno of an operation that changes something, or nil.
    init(_ fails: @escaping @Sendable (_ operation: Int, _ path: String) -> String?) { self.fails = fails }

    /// Dies at one operation: it and all after it fail, as if the process had been killed there.
    static func dying(at point: Int) -> FaultyDisk { FaultyDisk { operation, _ in operation >= point ? "EIO" : nil } }

    var operationCount: Int { lock.withLock { operations } }

    func read(_ path: String) throws -> Data { try disk.read(path) }
    func kind(of path: String) throws -> FileKind? { try disk.kind(of: path) }
    func list(_ directory: String) throws -> [String] { try disk.list(directory) }
    func lock(_ path: String) throws -> (any FileLock)? { try disk.lock(path) }
    func makeDirectory(_ path: String) throws { try change("create", path) { try disk.makeDirectory(path) } }
    func truncate(_ path: String, to length: Int) throws {
        try change("shorten", path) { try disk.truncate(path, to: length) }
    }
    func synchronize(_ path: String) throws { try change("synchronize", path) {} }
    func rename(_ path: String, to target: String) throws {
        try change("rename", target) { try disk.rename(path, to: target) }
    }
    func remove(_ path: String) throws { try change("remove", path) { try disk.remove(path) } }
    func write(_ bytes: Data, to path: String, mode: UInt32) throws {
        try change("write", path) { try disk.write(bytes, to: path, mode: mode) }
    }
    func append(_ bytes: Data, to path: String) throws {
        try change("append", path) { try disk.append(bytes, to: path) }
    }

    private func change(_ operation: String, _ path: String, _ body: () throws -> Void) throws {
        let number = lock.withLock {
            operations += 1
            return operations
        }
        if let code = fails(number, path) { throw FileError(code: code, path: path, operation: operation) }
        try body()
    }
}
