public import FinOps
public import Foundation

/// A disk in memory that keeps apart what processes see and what a power cut would leave: bytes and names survive it for
/// certain only when they were synchronised, the file first and then the folder that names it.
///
/// It is as unkind as POSIX allows. Synchronising a file does not make its name durable; what was not synchronised may
/// survive in part; and after a failed synchronisation the bytes are still read, but never written again.
public final class ModelledDisk: FileSystem, @unchecked Sendable {
    private let mutex = NSLock()
    private var root = ModelledFolder(number: 0)
    private var nodes: UInt64 = 0
    private var foldersByPath: [String: ModelledFolder] = [:]
    private var locked: Set<String> = []

    public init() {}

    /// Every process dies, and the machine comes back with what the disk held. The same seed leaves the same.
    public func cutPower(seed: UInt64) {
        mutex.withLock {
            root.cutPower(seed: seed)
            foldersByPath = [:]
            locked = []
        }
    }

    /// Makes everything durable: where a tale begins.
    public func synchronizeAll() { mutex.withLock { root.synchronizeAll() } }

    /// What a refused `fsync` does to a file.
    public func failToSynchronize(_ path: String) {
        mutex.withLock { if case .file(let file)? = find(path) { file.failToSynchronize() } }
    }

    public func read(_ path: String) throws -> Data { try mutex.withLock { try file(path, "read").bytes } }

    public func kind(of path: String) throws -> FileKind? {
        mutex.withLock {
            switch find(path) {
            case nil: nil
            case .file: .file
            case .folder: .directory
            }
        }
    }

    public func permissions(of path: String) throws -> UInt32? {
        mutex.withLock {
            switch find(path) {
            case nil: nil
            case .file(let file): file.permissions
            case .folder(let folder): folder.permissions
            }
        }
    }

    public func list(_ directory: String) throws -> [String] {
        try mutex.withLock {
            guard let folder = folder(directory) else { throw error("ENOENT", directory, "list") }
            return folder.entries.keys.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
        }
    }

    public func makeDirectory(_ path: String) throws {
        try mutex.withLock { _ = try makeFolder(path) }
    }

    public func makePrivateDirectory(_ path: String) throws {
        try mutex.withLock { try makeFolder(path).permissions = 0o700 }
    }

    public func write(_ bytes: Data, to path: String, mode: UInt32) throws {
        try mutex.withLock { try openFile(path, permissions: mode).replace(with: bytes) }
    }

    public func append(_ bytes: Data, to path: String) throws {
        try mutex.withLock { try openFile(path).append(bytes) }
    }

    public func synchronize(_ path: String) throws {
        try mutex.withLock {
            switch find(path) {
            case nil: throw error("ENOENT", path, "synchronize")
            case .file(let file): file.synchronize()
            case .folder(let folder): folder.synchronize()
            }
        }
    }

    public func rename(_ path: String, to target: String) throws {
        try mutex.withLock {
            let (from, to) = (split(path), split(target))
            guard let source = folder(from.folder), let entry = source.entries[from.name],
                let destination = folder(to.folder)
            else { throw error("ENOENT", target, "write") }
            if source === destination {
                source.rename(from.name, to: to.name, entry)
            } else {
                destination.link(to.name, entry)
                source.unlink(from.name)
            }
            if case .folder = entry { foldersByPath = [:] }
        }
    }

    public func remove(_ path: String) throws {
        mutex.withLock {
            let (parent, name) = split(path)
            guard let parent = folder(parent), let entry = parent.entries[name] else { return }
            if case .folder(let folder) = entry {
                empty(folder)
                foldersByPath = [:]
            }
            parent.unlink(name)
        }
    }

    public func lock(_ path: String) throws -> (any FileLock)? {
        try mutex.withLock {
            _ = try openFile(path)
            guard locked.insert(path).inserted else { return nil }
            return ModelledLock { [self] in mutex.withLock { _ = locked.remove(path) } }
        }
    }
}

extension ModelledDisk {
    private func empty(_ folder: ModelledFolder) {
        for (name, entry) in folder.entries.sorted(by: { $0.key < $1.key }) {
            if case .folder(let inner) = entry { empty(inner) }
            folder.unlink(name)
        }
    }

    private func folder(_ path: String) -> ModelledFolder? {
        if path == "/" { return root }
        if let found = foldersByPath[path] { return found }
        let (parent, name) = split(path)
        guard case .folder(let found)? = folder(parent)?.entries[name] else { return nil }
        foldersByPath[path] = found
        return found
    }

    private func find(_ path: String) -> ModelledFolder.Entry? {
        if path == "/" { return .folder(root) }
        let (parent, name) = split(path)
        return folder(parent)?.entries[name]
    }

    private func file(_ path: String, _ operation: String) throws -> ModelledFile {
        switch find(path) {
        case .file(let file): return file
        case .folder: throw error("EISDIR", path, operation)
        case nil: throw error("ENOENT", path, operation)
        }
    }

    private func openFile(_ path: String, permissions: UInt32 = 0o644) throws -> ModelledFile {
        let (parent, name) = split(path)
        guard let parent = folder(parent) else { throw error("ENOENT", path, "write") }
        switch parent.entries[name] {
        case .file(let file): return file
        case .folder: throw error("EISDIR", path, "write")
        case nil:
            nodes += 1
            let file = ModelledFile(number: nodes, permissions: permissions)
            parent.link(name, .file(file))
            return file
        }
    }

    private func makeFolder(_ path: String) throws -> ModelledFolder {
        switch find(path) {
        case .folder(let folder): return folder
        case .file: throw error("EEXIST", path, "create")
        case nil:
            let (parent, name) = split(path)
            nodes += 1
            let folder = ModelledFolder(number: nodes)
            try makeFolder(parent).link(name, .folder(folder))
            return folder
        }
    }

    private func split(_ path: String) -> (folder: String, name: String) {
        guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return ("/", path) }
        let name = String(path[path.utf8.index(after: slash)...])
        return (slash == path.startIndex ? "/" : String(path[..<slash]), name)
    }

    private func error(_ code: String, _ path: String, _ operation: String) -> FileError {
        FileError(code: code, path: path, operation: operation)
    }
}

/// Held until it is released or the value goes.
private final class ModelledLock: FileLock, @unchecked Sendable {
    private let mutex = NSLock()
    private var free: (() -> Void)?

    init(_ free: @escaping () -> Void) { self.free = free }

    deinit { release() }

    func release() {
        let free = mutex.withLock {
            defer { self.free = nil }
            return self.free
        }
        free?()
    }
}
