public import FinOps
public import Foundation

/// A file system that passes everything on to the one below; a layer overrides what it is about.
public protocol FileSystemLayer: FileSystem {
    var below: any FileSystem { get }
}

extension FileSystemLayer {
    public func read(_ path: String) throws -> Data { try below.read(path) }
    public func kind(of path: String) throws -> FileKind? { try below.kind(of: path) }
    public func permissions(of path: String) throws -> UInt32? { try below.permissions(of: path) }
    public func list(_ directory: String) throws -> [String] { try below.list(directory) }
    public func makeDirectory(_ path: String) throws { try below.makeDirectory(path) }
    public func makePrivateDirectory(_ path: String) throws { try below.makePrivateDirectory(path) }
    public func write(_ bytes: Data, to path: String, mode: UInt32) throws {
        try below.write(bytes, to: path, mode: mode)
    }
    public func append(_ bytes: Data, to path: String) throws { try below.append(bytes, to: path) }
    public func synchronize(_ path: String) throws { try below.synchronize(path) }
    public func synchronize(all paths: [String]) throws { try below.synchronize(all: paths) }
    public func rename(_ path: String, to target: String) throws { try below.rename(path, to: target) }
    public func remove(_ path: String) throws { try below.remove(path) }
    public func lock(_ path: String) throws -> (any FileLock)? { try below.lock(path) }
}
