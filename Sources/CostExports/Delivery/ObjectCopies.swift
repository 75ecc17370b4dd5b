public import FinOps
import Foundation

/// Copies of objects in a folder of the user's cache, below their bucket one folder for each key and in it one for the
/// version, by digest. What was fetched is not fetched again, an interrupted copy goes on, and a version that was replaced is
/// removed when the new one is there. All of it may be deleted at any time. One process at a time: the caller has the lock.
public struct ObjectCopies: Sendable {
    let source: any ObjectSource
    private let folder: String
    private let disk: any FileSystem
    private let hashing: any Hashing
    /// The most that one copy has in memory, and the step in which it is made durable.
    private let partBytes: Int

    public init(
        of source: any ObjectSource, folder: String, disk: any FileSystem, hashing: any Hashing,
        partBytes: Int = 8 << 20
    ) {
        self.source = source
        self.folder = folder
        self.disk = disk
        self.hashing = hashing
        self.partBytes = partBytes
    }

    /// Where the copy lies, whole and durable. Throws `Trouble` of the bucket, and `ExportTrouble` of this disk.
    func copy(of object: StoredObject) async throws -> String {
        let versions = "\(folder)/\(object.bucket)/\(digest(object.key))"
        let version = digest(object.entityTag)
        let home = "\(versions)/\(version)"
        let path = "\(home)/\(object.key.split(separator: "/").last ?? "object")"
        if let size = FileManager.default.sizeOfFile(path), size == object.bytes { return path }
        do {
            try disk.makePrivateDirectory(folder)
            try disk.makeDirectory(home)
            try await fetch(object, to: "\(home)/.partial")
            try disk.rename("\(home)/.partial", to: path)
            for folder in [home, versions] { try disk.synchronize(folder) }
            for other in try disk.list(versions) where other != version { try disk.remove("\(versions)/\(other)") }
        } catch let error as FileError {
            throw ExportTrouble(unwritable: object.address, below: folder, cause: error.summary)
        } catch let error as CocoaError {
            throw ExportTrouble(unwritable: object.address, below: folder, cause: error.localizedDescription)
        }
        return path
    }

    /// Goes on after what is certainly durable: every part but the last of what lies there was synchronised.
    private func fetch(_ object: StoredObject, to path: String) async throws {
        if try disk.kind(of: path) == nil { try disk.write(Data(), to: path, mode: 0o600) }
        guard let file = FileHandle(forUpdatingAtPath: path) else {
            throw FileError(code: "EACCES", path: path, operation: "write")
        }
        defer { try? file.close() }
        let length = Int(try file.seekToEnd())
        var start = min(max(0, length - 1), object.bytes) / partBytes * partBytes
        try file.truncate(atOffset: UInt64(start))
        while start < object.bytes {
            let end = min(start + partBytes, object.bytes)
            try file.write(contentsOf: try await source.read(object, bytes: start..<end))
            try file.synchronize()
            start = end
        }
    }

    private func digest(_ text: String) -> String { hashing.sha256(Data(text.utf8)).hex }
}

extension FileManager {
    fileprivate func sizeOfFile(_ path: String) -> Int? {
        (try? attributesOfItem(atPath: path))?[.size].flatMap { $0 as? NSNumber }?.intValue
    }
}
