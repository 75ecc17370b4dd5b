import Evidence
import FinOps
import Foundation

/// The local disk, until the operation with a given number: that one fails, before or halfway through its effect, and every
/// later one fails too, as if the process had died there. Used from one task at a time.
final class FaultyFileSystem: FileSystem, @unchecked Sendable {
    private let disk = LocalFileSystem()
    private let failingOperation: Int?
    private let code: String
    private(set) var operations: [String] = []

    init(failingOperation: Int? = nil, code: String = "EIO") {
        self.failingOperation = failingOperation
        self.code = code
    }

    func read(_ path: String) throws -> Data { try disk.read(path) }
    func kind(of path: String) throws -> FileKind? { try disk.kind(of: path) }
    func list(_ directory: String) throws -> [String] { try disk.list(directory) }
    func lock(_ path: String) throws -> (any FileLock)? { try disk.lock(path) }

    func makeDirectory(_ path: String) throws { try change("create", path) { try disk.makeDirectory(path) } }
    func truncate(_ path: String, to length: Int) throws {
        try change("shorten", path) { try disk.truncate(path, to: length) }
    }
    func synchronize(_ path: String) throws { try change("synchronize", path) { try disk.synchronize(path) } }
    func rename(_ path: String, to target: String) throws {
        try change("rename", target) { try disk.rename(path, to: target) }
    }
    func remove(_ path: String) throws {
        guard try disk.kind(of: path) != nil else { return }
        try change("remove", path) { try disk.remove(path) }
    }
    func write(_ bytes: Data, to path: String, mode: UInt32) throws {
        try change("write", path) { try disk.write($0 ? bytes : bytes.prefix(bytes.count / 2), to: path, mode: mode) }
    }
    func append(_ bytes: Data, to path: String) throws {
        try change("append", path) { try disk.append($0 ? bytes : bytes.prefix(bytes.count / 2), to: path) }
    }

    private func change(_ operation: String, _ path: String, _ body: () throws -> Void) throws {
        try change(operation, path) { isWhole in if isWhole { try body() } }
    }

    private func change(_ operation: String, _ path: String, _ body: (_ isWhole: Bool) throws -> Void) throws {
        operations.append("\(operation) \(path)")
        guard let failingOperation, operations.count >= failingOperation else { return try body(true) }
        if operations.count == failingOperation { try body(false) }
        throw FileError(code: code, path: path, operation: operation)
    }
}

/// A clock that tests set.
final class SetClock: FinOps.Clock, @unchecked Sendable {
    var time: Timestamp

    init(_ time: String = "2026-03-01T00:00:00Z") { self.time = Timestamp(time)! }

    func now() -> Timestamp { time }
    func uptimeNanoseconds() -> UInt64 { UInt64(time.secondsSinceEpoch) * 1_000_000_000 }
    func sleep(nanoseconds: UInt64) async throws { time = time.adding(seconds: Int(nanoseconds / 1_000_000_000)) }
}
