public import FinOps
public import Foundation

/// A disk on which operations fail by a rule, counted one by one. What is one call to the engine and several to a kernel -
/// a folder with its parents, a folder with its content, many files to synchronise - is several operations here as well.
public final class TroubledDisk: FileSystemLayer, @unchecked Sendable {
    public enum Verb: String, Sendable { case create, write, append, synchronize, rename, remove }

    /// Something that changes the disk. Reads are not counted.
    public struct Operation: Sendable, CustomStringConvertible {
        /// From 1.
        public let number: Int
        public let verb: Verb
        public let path: String

        public var description: String { "\(verb.rawValue) \(path)" }
    }

    public enum Trouble: Sendable {
        /// Nothing is done.
        case refused(String)
        /// Bytes are written in part, so many of a thousand; anything else is done or not at all.
        case halfway(String, thousandths: Int)

        var code: String {
            switch self {
            case .refused(let code), .halfway(let code, _): code
            }
        }
    }

    public let below: any FileSystem
    private let mutex = NSLock()
    private var log: [Operation] = []
    private let trouble: @Sendable (Operation) -> Trouble?

    public init(_ below: any FileSystem, trouble: @escaping @Sendable (Operation) -> Trouble? = { _ in nil }) {
        self.below = below
        self.trouble = trouble
    }

    /// Fails halfway through one operation, and refuses every later one: as if the process had died there.
    public static func dying(at point: Int, on below: any FileSystem, code: String = "EIO") -> TroubledDisk {
        TroubledDisk(below) { operation in
            if operation.number < point { return nil }
            return operation.number == point ? .halfway(code, thousandths: 500) : .refused(code)
        }
    }

    /// Refuses what the rule names by number and path, e.g. with `ENOSPC`.
    public static func refusing(
        on below: any FileSystem, _ code: @escaping @Sendable (_ number: Int, _ path: String) -> String?
    ) -> TroubledDisk {
        TroubledDisk(below) { operation in code(operation.number, operation.path).map { .refused($0) } }
    }

    /// `write /a/b`, in the order they were tried.
    public var operations: [String] { mutex.withLock { log.map(\.description) } }
    public var operationCount: Int { mutex.withLock { log.count } }

    public func makeDirectory(_ path: String) throws {
        guard try below.kind(of: path) == nil else { return try below.makeDirectory(path) }
        if let slash = path.lastIndex(of: "/"), slash != path.startIndex { try makeDirectory(String(path[..<slash])) }
        try change(.create, path) { try below.makeDirectory(path) }
    }

    public func makePrivateDirectory(_ path: String) throws {
        try makeDirectory(path)
        try below.makePrivateDirectory(path)
    }

    public func write(_ bytes: Data, to path: String, mode: UInt32) throws {
        try change(.write, path, bytes) { try below.write($0, to: path, mode: mode) }
    }

    public func append(_ bytes: Data, to path: String) throws {
        try change(.append, path, bytes) { try below.append($0, to: path) }
    }

    public func synchronize(_ path: String) throws {
        do {
            try change(.synchronize, path) { try below.synchronize(path) }
        } catch {
            (below as? ModelledDisk)?.failToSynchronize(path)
            throw error
        }
    }

    public func synchronize(all paths: [String]) throws {
        for path in paths { try synchronize(path) }
    }

    public func rename(_ path: String, to target: String) throws {
        try change(.rename, target) { try below.rename(path, to: target) }
    }

    public func remove(_ path: String) throws {
        switch try below.kind(of: path) {
        case nil: return
        case .directory: for name in try below.list(path) { try remove(path + "/" + name) }
        default: break
        }
        try change(.remove, path) { try below.remove(path) }
    }

    private func change(_ verb: Verb, _ path: String, _ body: () throws -> Void) throws {
        if let trouble = count(verb, path) { throw FileError(code: trouble.code, path: path, operation: verb.rawValue) }
        try body()
    }

    private func change(_ verb: Verb, _ path: String, _ bytes: Data, _ body: (Data) throws -> Void) throws {
        let trouble = count(verb, path)
        switch trouble {
        case nil: try body(bytes)
        case .refused: break
        case .halfway(_, let thousandths): try body(bytes.prefix(bytes.count * thousandths / 1000))
        }
        if let trouble { throw FileError(code: trouble.code, path: path, operation: verb.rawValue) }
    }

    private func count(_ verb: Verb, _ path: String) -> Trouble? {
        let operation = mutex.withLock {
            log.append(Operation(number: log.count + 1, verb: verb, path: path))
            return log[log.count - 1]
        }
        return trouble(operation)
    }
}
