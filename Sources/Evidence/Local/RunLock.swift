public import FinOps

/// One writer at a time, by a kernel lock that dies with its process: there are no stale locks to clear.
public final class RunLock: Sendable {
    private let lock: any FileLock

    private init(_ lock: any FileLock) { self.lock = lock }

    /// Takes the lock or throws `busy`. `subject` says what is being worked on, e.g. `2026-02`.
    public static func acquire(_ path: String, subject: String, in fileSystem: any FileSystem) throws -> RunLock {
        try fileSystem.makeDirectory(AtomicFile.split(path).folder)
        guard let lock = try fileSystem.lock(path) else {
            throw EvidenceError(
                .busy, "another finops-monthly is working on \(subject)", cause: "\(path) is locked",
                hint: "wait until it has ended; `finops-monthly status` shows where it stands")
        }
        return RunLock(lock)
    }

    /// Gives the lock back before the value goes.
    public func release() { lock.release() }
}
