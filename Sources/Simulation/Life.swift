import FinOps
import Foundation
import TestSupport

/// One process: from its start until it ends, is killed, or loses its power. What it was promised - bytes that were
/// synchronised, answers that were kept - is noted as it hears of it, above whatever deceives it.
final class Life: @unchecked Sendable {
    let mishap: Mishap
    private(set) var isDead = false
    private(set) var refusals = 0
    let notes: Notes

    /// What was promised to a process, or to several that live at the same time.
    final class Notes {
        /// Journals by path, as they were when a synchronisation of them last returned.
        fileprivate(set) var promisedJournals: [String: Data] = [:]
        /// Questions that were sent and answers whose keeping was acknowledged, in order.
        fileprivate(set) var paidReads: [PaidRead] = []
    }

    enum PaidRead {
        case sent(Digest)
        case kept(Digest)
    }

    init(_ mishap: Mishap, beside other: Life? = nil) {
        self.mishap = mishap
        notes = other?.notes ?? Notes()
    }

    func trouble(at operation: TroubledDisk.Operation) -> TroubledDisk.Trouble? {
        if let death = mishap.death, operation.number >= death { isDead = true }
        let trouble = mishap.trouble(at: operation)
        if trouble != nil { refusals += 1 }
        return trouble
    }

    func witness(_ disk: any FileSystem) -> any FileSystem { Witness(life: self, below: disk) }
    func witness(_ memo: any AnswerMemo) -> any AnswerMemo { MemoWitness(life: self, memo: memo) }

    private struct Witness: FileSystemLayer {
        let life: Life
        let below: any FileSystem

        func synchronize(_ path: String) throws {
            try below.synchronize(path)
            guard path.hasSuffix("/journal.jsonl"), !life.isDead else { return }
            // A journal without an entry promises nothing, and its name may not be durable yet.
            let bytes = try below.read(path)
            if !bytes.isEmpty { life.notes.promisedJournals[path] = bytes }
        }
        func read(_ path: String) throws -> Data {
            // The dead read nothing: it spares what they would do with it.
            if life.isDead { throw FileError(code: "EIO", path: path, operation: "read") }
            return try below.read(path)
        }
    }

    private struct MemoWitness: AnswerMemo {
        let life: Life
        let memo: any AnswerMemo

        var recallsEarlierRuns: Bool { get async { await memo.recallsEarlierRuns } }
        func answer(to key: Digest) async throws -> RememberedAnswer? { try await memo.answer(to: key) }
        func begin(_ key: Digest, operation: String) async throws {
            try await memo.begin(key, operation: operation)
            if !life.isDead { life.notes.paidReads.append(.sent(key)) }
        }
        func remember(_ answer: RememberedAnswer, for key: Digest) async throws {
            try await memo.remember(answer, for: key)
            if !life.isDead { life.notes.paidReads.append(.kept(key)) }
        }
    }
}
