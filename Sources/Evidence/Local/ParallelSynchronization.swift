import FinOps
import Glibc

/// Synchronises many paths at once.
///
/// A disk commits once for all requests that wait together; asked for one after another, every file pays for a commit of
/// its own, which is most of the time a run spends. `fsync` blocks, hence threads of our own.
final class ParallelSynchronization: @unchecked Sendable {
    private static let threadLimit = 16

    private let paths: [String]
    private let synchronize: @Sendable (String) throws -> Void
    private let lock = PosixLock()
    private var next = 0
    private var failures: [Int: any Error] = [:]

    init(_ paths: [String], _ synchronize: @escaping @Sendable (String) throws -> Void) {
        self.paths = paths
        self.synchronize = synchronize
    }

    /// Returns when all are durable; throws the error of the first path, in their order, that could not be made so.
    func run() throws {
        var threads: [pthread_t] = []
        for _ in 1..<max(1, min(Self.threadLimit, paths.count)) {
            // Where no thread is to be had, those that are there do the work.
            guard let thread = start() else { break }
            threads.append(thread)
        }
        work()
        for thread in threads { pthread_join(thread, nil) }
        if let first = failures.min(by: { $0.key < $1.key }) { throw first.value }
    }

    private func start() -> pthread_t? {
        var thread = pthread_t()
        let own = Unmanaged.passRetained(self)
        let status = pthread_create(
            &thread, nil,
            { argument in
                Unmanaged<ParallelSynchronization>.fromOpaque(argument!).takeRetainedValue().work()
                return nil
            }, own.toOpaque())
        guard status == 0 else {
            own.release()
            return nil
        }
        return thread
    }

    private func work() {
        while let index = takeNext() {
            do { try synchronize(paths[index]) } catch { lock.withLock { failures[index] = error } }
        }
    }

    private func takeNext() -> Int? {
        lock.withLock {
            guard next < paths.count else { return nil }
            next += 1
            return next - 1
        }
    }
}
