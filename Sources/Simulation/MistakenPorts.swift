import FinOps
import Foundation

/// Treats paid answers in one of the ways that cost money.
final class MistakenMemo: AnswerMemo, @unchecked Sendable {
    private let bug: PlantedBug
    private let memo: any AnswerMemo
    private var late: (answer: RememberedAnswer, key: Digest)?

    init(bug: PlantedBug, memo: any AnswerMemo) {
        self.bug = bug
        self.memo = memo
    }

    var recallsEarlierRuns: Bool { get async { await memo.recallsEarlierRuns } }

    func answer(to key: Digest) async throws -> RememberedAnswer? {
        bug == .answersForgotten ? nil : try await memo.answer(to: confused(key))
    }

    func begin(_ key: Digest, operation: String) async throws {
        try await keepLate()
        if bug != .questionsNotWrittenDown { try await memo.begin(confused(key), operation: operation) }
    }

    func remember(_ answer: RememberedAnswer, for key: Digest) async throws {
        if bug == .answersKeptLate {
            try await keepLate()
            late = (answer, key)
        } else {
            try await memo.remember(answer, for: confused(key))
        }
    }

    private func keepLate() async throws {
        guard let (answer, key) = late else { return }
        late = nil
        try await memo.remember(answer, for: key)
    }

    private func confused(_ key: Digest) -> Digest { bug == .answersMixedUp ? .zero : key }
}

/// Tells one and the same time for ever.
struct StoppedClock: FinOps.Clock {
    static let start = Timestamp("2026-03-15T08:00:00Z")!
    let time: Timestamp

    func now() -> Timestamp { time }
    func uptimeNanoseconds() -> UInt64 { 0 }
    func sleep(nanoseconds: UInt64) async throws {}
}
