import Evidence
package import FinOps
import Foundation

/// Remembers answers that cost money in the journal, so that a resume never pays twice.
package struct PaidAnswerMemo: AnswerMemo, RepeatableMemo {
    let journal: RunJournal
    let hashing: any Hashing
    private let mayRecall: Bool
    private let round = MemoRound()

    /// `recallsEarlierRuns`: whether this run may use what earlier runs paid for.
    package init(journal: RunJournal, recallsEarlierRuns: Bool, hashing: any Hashing) {
        self.journal = journal
        self.hashing = hashing
        mayRecall = recallsEarlierRuns
    }

    /// Not in a second round: it is asked because the answers contradicted one another.
    package var recallsEarlierRuns: Bool {
        get async {
            let number = await round.number
            return mayRecall && number == 0
        }
    }

    /// Marks a result that cost nothing: an earlier run's answer, with the request id and time of the original.
    static let cacheSource = "cache"

    /// Forgets nothing, but answers no more from what was asked until now: the next round of questions has a memory of its
    /// own, which a resume finds again because it goes through the same rounds.
    func beginAnew() async { await round.next() }

    package func answer(to key: Digest) async throws -> RememberedAnswer? {
        guard let digest = await journal.state.answers[await inRound(key)] else { return nil }
        return try journal.load(RememberedAnswer.self, digest)
    }

    package func begin(_ key: Digest, operation: String) async throws {
        try await journal.record(.stepIntent, phase: .collection, step: operation, key: await inRound(key))
    }

    package func remember(_ answer: RememberedAnswer, for key: Digest) async throws {
        let digest = try journal.keep(answer)
        try await journal.record(
            .stepResult, phase: .collection, step: answer.operation, key: await inRound(key), out: ["answer": digest],
            note: answer.isFromCache ? Self.note(answer) : [:])
    }

    private static func note(_ answer: RememberedAnswer) -> [String: String] {
        var note = ["source": cacheSource, "received_at": answer.receivedAt.description]
        note["request_id"] = answer.requestID
        return note
    }

    private func inRound(_ key: Digest) async -> Digest {
        let number = await round.number
        return number == 0 ? key : hashing.sha256(Data("\(key.hex)\n\(number)".utf8))
    }
}

private actor MemoRound {
    private(set) var number = 0
    func next() { number += 1 }
}
