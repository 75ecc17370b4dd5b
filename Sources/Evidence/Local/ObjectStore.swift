public import FinOps
public import Foundation

/// Bytes by their digest: what is too large for a journal line lies here, under `objects/sha256/<hex>`.
///
/// A crash can only leave an object that nobody names. Every read is verified, so rot is found before it is used.
public struct ObjectStore: Sendable {
    let folder: String
    let fileSystem: any FileSystem

    /// `folder` is the run's `objects` folder.
    public init(folder: String, fileSystem: any FileSystem) {
        self.folder = folder + "/sha256"
        self.fileSystem = fileSystem
    }

    /// Where an object lies.
    public func path(of digest: Digest) -> String { folder + "/" + digest.hex }

    /// Returns when the bytes are durable, also when they were there: whoever wrote them may have died before they were.
    @discardableResult
    public func put(_ bytes: Data) throws -> Digest {
        let digest = Digest(of: bytes)
        try AtomicFile.write(bytes, to: path(of: digest), in: fileSystem)
        return digest
    }

    /// Throws `object_missing` or `object_damaged`, or `FileError` when the disk refuses.
    public func get(_ digest: Digest) throws -> Data {
        let path = path(of: digest)
        guard try fileSystem.kind(of: path) != nil else {
            throw EvidenceError(
                .objectMissing, "the journal names \(path), which is not there",
                hint: "restore the file, or start a new run; recorded evidence is never made up")
        }
        let bytes = try fileSystem.read(path)
        guard Digest(of: bytes) == digest else {
            throw EvidenceError(
                .objectDamaged, "\(path) no longer holds the bytes that were recorded",
                cause: "their SHA-256 is \(Digest(of: bytes))", hint: "restore the file, or start a new run")
        }
        return bytes
    }

    /// There and intact.
    public func contains(_ digest: Digest) -> Bool { (try? get(digest)) != nil }
}
