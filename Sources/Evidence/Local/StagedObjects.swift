public import FinOps
public import Foundation

/// Objects that are written but need not be durable before somebody names them: `synchronize` makes all of them durable at
/// once, and must return before a journal line that names one is appended.
///
/// A power cut before that can leave an object torn. Nobody names it, and `put` writes anew what does not hold its bytes.
public final class StagedObjects: @unchecked Sendable {
    private let store: ObjectStore
    private let lock = PosixLock()
    private var written: Set<String> = []
    private var pending: Set<String> = []
    private var failure: (any Error)?

    public init(_ store: ObjectStore) {
        self.store = store
    }

    /// Writes the bytes under their digest.
    public func put(_ bytes: Data) throws -> Digest {
        let digest = Digest(of: bytes)
        let path = store.path(of: digest)
        guard !lock.withLock({ written.contains(path) }) else { return digest }
        if (try? store.fileSystem.read(path)) == bytes {
            // Another process wrote it. Whether its synchronisation failed cannot be found out any more: pages that could
            // not be written are marked clean, and a later fsync passes over them.
            try store.put(bytes)
        } else {
            try AtomicFile.makeDirectory(store.folder, in: store.fileSystem)
            try store.fileSystem.write(bytes, to: path)
            lock.withLock { _ = pending.insert(path) }
        }
        lock.withLock { _ = written.insert(path) }
        return digest
    }

    /// Returns when everything that was put is durable. After a failure every further call throws: what could not be written
    /// is lost to this process, and the next one writes it anew.
    public func synchronize() throws {
        let (paths, failure) = lock.withLock { (pending, self.failure) }
        if let failure { throw failure }
        guard !paths.isEmpty else { return }
        // The folder above as well: whoever made ours may have died before it was durable.
        let folders = [store.folder, AtomicFile.split(store.folder).folder]
        do {
            try store.fileSystem.synchronize(all: paths.sorted() + folders)
        } catch {
            lock.withLock { self.failure = error }
            throw error
        }
        lock.withLock { pending.subtract(paths) }
    }
}
