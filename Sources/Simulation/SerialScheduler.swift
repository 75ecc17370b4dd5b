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
    func run<Value>(_ work: @escaping () async throws -> Value) -> Result<Value, any Error> {
        let outcome = Outcome<Value>(work)
        Task(executorPreference: self) { await outcome.fill() }
        while outcome.result == nil {
            precondition(!ready.isEmpty, "the engine waits for something that is not behind a port")
            let job = ready.swapAt(random.below(ready.count))
            job.runSynchronously(on: asUnownedTaskExecutor())
        }
        return outcome.result!
    }
}

/// Crosses into the task; nothing else runs while it does.
private final class Outcome<Value>: @unchecked Sendable {
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
