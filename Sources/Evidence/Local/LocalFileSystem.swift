public import FinOps
public import Foundation
import Glibc

/// The disk of this machine, through POSIX calls alone: `Foundation` neither synchronises nor says which errno it met.
public struct LocalFileSystem: FileSystem {
    public init() {}

    public func read(_ path: String) throws -> Data { try read(path, atMost: .max) ?? Data() }

    public func read(_ path: String, atMost limitBytes: Int) throws -> Data? {
        try withDescriptor(path, O_RDONLY, operation: "read") { descriptor in
            var bytes = Data()
            var buffer = [UInt8](repeating: 0, count: 1 << 16)
            while true {
                if bytes.count > limitBytes { return nil }
                let count = Glibc.read(descriptor, &buffer, buffer.count)
                if count == 0 { return bytes }
                if count > 0 {
                    bytes.append(contentsOf: buffer[..<count])
                } else if errno != EINTR {
                    throw FileError.current(path, "read")
                }
            }
        }
    }

    public func kind(of path: String) throws -> FileKind? {
        guard let status = try status(of: path) else { return nil }
        return switch status.st_mode & S_IFMT {
        case S_IFREG: .file
        case S_IFDIR: .directory
        case S_IFLNK: .symbolicLink
        default: .other
        }
    }

    public func permissions(of path: String) throws -> UInt32? { try status(of: path).map { $0.st_mode & 0o7777 } }

    public func list(_ directory: String) throws -> [String] {
        guard let stream = opendir(directory) else { throw FileError.current(directory, "list") }
        defer { closedir(stream) }
        var names: [String] = []
        errno = 0
        while let entry = readdir(stream) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) { field in
                field.withMemoryRebound(to: CChar.self, capacity: 256) { String(validatingCString: $0) }
            }
            guard let name else { throw FileError(code: "EILSEQ", path: directory, operation: "list") }
            if name != "." && name != ".." { names.append(name) }
            errno = 0
        }
        guard errno == 0 else { throw FileError.current(directory, "list") }
        return names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    }

    public func makeDirectory(_ path: String) throws { try makeDirectory(path, mode: 0o755) }

    public func makePrivateDirectory(_ path: String) throws {
        try makeDirectory(path, mode: 0o700)
        guard chmod(path, 0o700) == 0 else { throw FileError.current(path, "protect") }
    }

    public func write(_ bytes: Data, to path: String, mode: UInt32) throws {
        try withDescriptor(path, O_WRONLY | O_CREAT | O_TRUNC, mode: mode, operation: "write") {
            try put(bytes, into: $0, path)
        }
    }

    public func append(_ bytes: Data, to path: String) throws {
        try withDescriptor(path, O_WRONLY | O_CREAT | O_APPEND, mode: 0o644, operation: "write") {
            try put(bytes, into: $0, path)
        }
    }

    public func synchronize(_ path: String) throws {
        try withDescriptor(path, O_RDONLY, operation: "synchronize") { descriptor in
            guard fsync(descriptor) == 0 else { throw FileError.current(path, "synchronize") }
        }
    }

    public func synchronize(all paths: [String]) throws {
        try ParallelSynchronization(paths) { try synchronize($0) }.run()
    }

    public func rename(_ path: String, to target: String) throws {
        guard Glibc.rename(path, target) == 0 else { throw FileError.current(target, "write") }
    }

    public func remove(_ path: String) throws {
        switch try kind(of: path) {
        case nil: return
        case .directory:
            for name in try list(path) { try remove(path + "/" + name) }
            guard rmdir(path) == 0 else { throw FileError.current(path, "remove") }
        default:
            guard unlink(path) == 0 else { throw FileError.current(path, "remove") }
        }
    }

    public func lock(_ path: String) throws -> (any FileLock)? {
        let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else { throw FileError.current(path, "lock") }
        if flock(descriptor, LOCK_EX | LOCK_NB) == 0 { return DescriptorLock(descriptor) }
        let error = FileError.current(path, "lock")
        close(descriptor)
        if error.code == "EAGAIN" { return nil }
        throw error
    }
}

extension LocalFileSystem {
    private func withDescriptor<Result>(
        _ path: String, _ flags: Int32, mode: UInt32 = 0, operation: String, _ body: (Int32) throws -> Result
    ) throws -> Result {
        let descriptor = open(path, flags | O_CLOEXEC, mode)
        guard descriptor >= 0 else { throw FileError.current(path, operation) }
        defer { close(descriptor) }
        return try body(descriptor)
    }

    private func put(_ bytes: Data, into descriptor: Int32, _ path: String) throws {
        try bytes.withUnsafeBytes { buffer in
            var done = 0
            while done < buffer.count {
                let count = Glibc.write(descriptor, buffer.baseAddress! + done, buffer.count - done)
                if count >= 0 {
                    done += count
                } else if errno != EINTR {
                    throw FileError.current(path, "write")
                }
            }
        }
    }

    private func status(of path: String) throws -> stat? {
        var status = stat()
        if lstat(path, &status) == 0 { return status }
        guard errno == ENOENT || errno == ENOTDIR else { throw FileError.current(path, "look at") }
        return nil
    }

    private func makeDirectory(_ path: String, mode: UInt32) throws {
        if mkdir(path, mode) == 0 { return }
        let error = FileError.current(path, "create")
        switch error.code {
        case "EEXIST":
            // A symbolic link to a folder will do: people mount their archives where they like.
            var status = stat()
            guard stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFDIR else { throw error }
        case "ENOENT":
            let parent = AtomicFile.split(path).folder
            // Some file systems say ENOENT of a folder that cannot be made although its parent is there.
            guard parent != path, try kind(of: parent) == nil else { throw error }
            try makeDirectory(parent, mode: 0o755)
            try makeDirectory(path, mode: mode)
        default: throw error
        }
    }
}
