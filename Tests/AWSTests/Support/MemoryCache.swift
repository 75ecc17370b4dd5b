import FinOps
import Foundation

/// Keeps listings in memory; what is read from it is what was kept.
final class MemoryCache: AnswerCache, @unchecked Sendable {
    private let lock = NSLock()
    private var listings: [PaidQuestion: CachedListing] = [:]

    func listing(of question: PaidQuestion, at now: Timestamp) -> CachedListing? {
        lock.withLock { listings[question] }.flatMap { $0.isUsable(at: now) ? $0 : nil }
    }

    func keep(_ listing: CachedListing) { lock.withLock { listings[listing.question] = listing } }

    var kept: [CachedListing] { lock.withLock { Array(listings.values) } }
}

/// The memo of a run that must ask everything anew.
actor RefreshingMemo: AnswerMemo {
    private var answers: [Digest: RememberedAnswer] = [:]

    nonisolated var recallsEarlierRuns: Bool { get async { false } }
    func answer(to key: Digest) -> RememberedAnswer? { answers[key] }
    func begin(_ key: Digest, operation: String) {}
    func remember(_ answer: RememberedAnswer, for key: Digest) { answers[key] = answer }
}
