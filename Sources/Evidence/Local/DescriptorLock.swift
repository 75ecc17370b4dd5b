import FinOps
import Glibc
import Synchronization

/// A `flock` that lives as long as its descriptor, so that a killed process can leave no lock behind.
final class DescriptorLock: FileLock {
    private let descriptor: Atomic<Int32>

    init(_ descriptor: Int32) { self.descriptor = Atomic(descriptor) }

    deinit { release() }

    func release() {
        let descriptor = self.descriptor.exchange(-1, ordering: .acquiringAndReleasing)
        guard descriptor >= 0 else { return }
        // Unlocked by name: a child that was being started at this moment holds a copy of the descriptor until it runs its
        // own program, and closing ours would leave the lock with it.
        _ = flock(descriptor, LOCK_UN)
        close(descriptor)
    }
}
