import Evidence
import FinOps
import Foundation

/// Remembers answers that cost money in the journal, so that a resume never pays twice.
struct PaidAnswerMemo: AnswerMemo {
    let journal: RunJournal
    /// Whether this run may use what earlier runs paid for.
    let recallsEarlierRuns: Bool

    /// Marks a result that cost nothing: an earlier run's answer, with the request id and time of the original.
    static let cacheSource = "cache"

    func answer(to key: Digest) async throws -> RememberedAnswer? {
        guard let digest = await journal.state.answers[key] else { return nil }
        return try journal.load(RememberedAnswer.self, digest)
    }

    func begin(_ key: Digest, operation: String) async throws {
        try await journal.record(.stepIntent, phase: .collection, step: operation, key: key)
    }

    func remember(_ answer: RememberedAnswer, for key: Digest) async throws {
        let digest = try journal.keep(answer)
        try await journal.record(
            .stepResult, phase: .collection, step: answer.operation, key: key, out: ["answer": digest],
            note: answer.isFromCache ? Self.note(answer) : [:])
    }

    private static func note(_ answer: RememberedAnswer) -> [String: String] {
        var note = ["source": cacheSource, "received_at": answer.receivedAt.description]
        note["request_id"] = answer.requestID
        return note
    }
}
