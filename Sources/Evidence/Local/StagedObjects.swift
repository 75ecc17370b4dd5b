public import FinOps
public import Foundation

/// Objects that are written but need not be durable before somebody names them: `synchronize` makes all of them durable at
/// once, and must return before a journal line that names one is appended.
///
/// A power cut before that can leave an object torn. Nobody names it, and `put` writes anew what does not hold its bytes.
public final class StagedObjects: @unchecked Sendable {
    private let store: ObjectStore
    private let lock = PosixLock()
    private var pending: Set<String> = []

    public init(_ store: ObjectStore) {
        self.store = store
    }

    /// Writes the bytes under their digest.
    public func put(_ bytes: Data) throws -> Digest {
        let digest = Digest(of: bytes)
        let path = store.path(of: digest)
        if (try? store.fileSystem.read(path)) != bytes {
            try AtomicFile.makeDirectory(store.folder, in: store.fileSystem)
            try store.fileSystem.write(bytes, to: path)
        }
        // Also what was there: the process that wrote it may have died before it was durable.
        lock.withLock { _ = pending.insert(path) }
        return digest
    }

    /// Returns when everything that was put is durable; what could not be made so stays pending.
    public func synchronize() throws {
        let paths = lock.withLock { pending }
        guard !paths.isEmpty else { return }
        try store.fileSystem.synchronize(all: paths.sorted() + [store.folder])
        lock.withLock { pending.subtract(paths) }
    }
}
