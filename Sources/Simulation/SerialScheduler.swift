import Foundation
import TestSupport

/// Runs a piece of concurrent code on one thread, in an order that a seed decides: the same seed gives the same order of
/// every step, a different one another order that real threads could have taken.
final class SerialScheduler: TaskExecutor, @unchecked Sendable {
    private var ready: [UnownedJob] = []
    private var random: SeededRandom

    init(seed: UInt64) { random = SeededRandom(state: seed) }

    func enqueue(_ job: consuming ExecutorJob) { ready.append(UnownedJob(job)) }

    /// Returns when the work and all it started are done. Work that waits for something outside this thread would have
    /// left the simulation: that stops the program.
    func run<Value>(_ work: Work<Value>) -> Result<Value, any Error> {
        start(work)
        finish { work.result != nil }
        return work.result!
    }

    /// Two pieces of work at once, step by step in any order.
    func run<One, Other>(
        _ one: Work<One>, beside other: Work<Other>
    ) -> (Result<One, any Error>, Result<Other, any Error>) {
        start(one)
        start(other)
        finish { one.result != nil && other.result != nil }
        return (one.result!, other.result!)
    }

    private func start<Value>(_ work: Work<Value>) { Task(executorPreference: self) { await work.fill() } }

    private func finish(_ isDone: () -> Bool) {
        while !isDone() {
            precondition(!ready.isEmpty, "the engine waits for something that is not behind a port")
            let job = ready.swapAt(random.below(ready.count))
            job.runSynchronously(on: asUnownedTaskExecutor())
        }
    }
}

/// Crosses into a task; nothing else runs while it does.
final class Work<Value>: @unchecked Sendable {
    private let work: () async throws -> Value
    private(set) var result: Result<Value, any Error>?

    init(_ work: @escaping () async throws -> Value) { self.work = work }

    func fill() async {
        do { result = .success(try await work()) } catch { result = .failure(error) }
    }
}

extension Array {
    /// Takes out one element; the last takes its place.
    fileprivate mutating func swapAt(_ index: Int) -> Element {
        swapAt(index, count - 1)
        return removeLast()
    }
}
