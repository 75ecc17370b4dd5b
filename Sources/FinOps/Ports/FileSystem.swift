public import Foundation

/// The disk, in the few operations the engine needs. Nothing is durable until it has been synchronised: file first, then
/// the directory that names it. Throws `FileError`.
public protocol FileSystem: Sendable {
    func read(_ path: String) throws -> Data
    /// Nil when the file is longer: what other people put there may be of any size.
    func read(_ path: String, atMost limitBytes: Int) throws -> Data?
    /// Nil when nothing is there. Symbolic links are not followed.
    func kind(of path: String) throws -> FileKind?
    /// Permission bits, e.g. `0o600`; nil when nothing is there.
    func permissions(of path: String) throws -> UInt32?
    /// Names in a directory, sorted by their UTF-8 bytes.
    func list(_ directory: String) throws -> [String]
    /// With parents; succeeds when it exists.
    func makeDirectory(_ path: String) throws
    /// Like `makeDirectory`, but the last folder is for its owner alone, also when it was there before.
    func makePrivateDirectory(_ path: String) throws
    /// Creates or truncates. `mode` is the permission of a new file.
    func write(_ bytes: Data, to path: String, mode: UInt32) throws
    func append(_ bytes: Data, to path: String) throws
    /// fsync of a file or a directory.
    func synchronize(_ path: String) throws
    /// fsync of many, in any order: returns when all are durable.
    func synchronize(all paths: [String]) throws
    /// Replaces `target`.
    func rename(_ path: String, to target: String) throws
    /// Recursive; succeeds when nothing is there.
    func remove(_ path: String) throws
    /// A kernel lock on the file, released when the value goes or the process dies; nil while another process holds it.
    func lock(_ path: String) throws -> (any FileLock)?
}

extension FileSystem {
    public func synchronize(all paths: [String]) throws {
        for path in paths { try synchronize(path) }
    }
    public func read(_ path: String, atMost limitBytes: Int) throws -> Data? {
        let bytes = try read(path)
        return bytes.count <= limitBytes ? bytes : nil
    }
    public func write(_ bytes: Data, to path: String) throws { try write(bytes, to: path, mode: 0o644) }
    public func exists(_ path: String) throws -> Bool { try kind(of: path) != nil }
}

public enum FileKind: String, Codable, Sendable { case file, directory, symbolicLink, other }

public protocol FileLock: AnyObject, Sendable {
    func release()
}

/// A refused disk operation, by the name of its errno.
public struct FileError: ExplainedError, Hashable {
    /// `ENOSPC`, `EROFS`, `EACCES`, …
    public let code: String
    public let path: String
    public let operation: String

    public init(code: String, path: String, operation: String) {
        self.code = code
        self.path = path
        self.operation = operation
    }

    public var summary: String {
        switch code {
        case "ENOSPC", "EDQUOT": "the disk is full: cannot \(operation) \(path)"
        case "EROFS", "EACCES", "EPERM": "no permission to \(operation) \(path)"
        case "ENOENT" where operation == "create": "no folder can be made at \(path)"
        case "ENOENT": "\(path) does not exist"
        default: "cannot \(operation) \(path)"
        }
    }
    public var cause: String? { code }
    public var hint: String? {
        switch code {
        case "ENOSPC", "EDQUOT": "free some space, then `finops-monthly resume`; nothing that was recorded is lost"
        case "EROFS", "EACCES", "EPERM", "ENOENT": "choose a writable folder with `--root DIR`"
        default: "check the disk, then `finops-monthly resume`; nothing that was recorded is lost"
        }
    }
}
