import FinOps
import Foundation
import TestSupport

/// Shows the engine whose keys were trusted when it looked for the first time.
struct RememberingDisk: FileSystemLayer {
    let memory: TrustMemory
    let below: any FileSystem

    func list(_ directory: String) throws -> [String] {
        guard directory.contains("/trust") else { return try below.list(directory) }
        return try memory.names(in: directory) { try below.list(directory) }
    }
    func read(_ path: String) throws -> Data {
        guard path.contains("/trust/") else { return try below.read(path) }
        return try memory.bytes(of: path) { try below.read(path) }
    }
}

/// What a folder of keys held once.
final class TrustMemory: @unchecked Sendable {
    private var names: [String: [String]] = [:]
    private var bytes: [String: Data] = [:]

    func names(in folder: String, _ look: () throws -> [String]) throws -> [String] {
        if let known = names[folder] { return known }
        let found = try look()
        names[folder] = found
        return found
    }

    func bytes(of path: String, _ look: () throws -> Data) throws -> Data {
        if let known = bytes[path] { return known }
        let found = try look()
        bytes[path] = found
        return found
    }
}
