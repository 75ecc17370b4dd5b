import Evidence
import FinOps
import Foundation
import TestSupport

/// The smallest month there is, for very many seeds: one paid question, one page, one product, one decision to close. Journal,
/// objects, files and locks are the real ones; what a month is about is left to `Tale`.
final class LedgerTale {
    private let seed: UInt64
    private let bug: PlantedBug?
    private let disk = ModelledDisk()
    private let clock = ModelledClock()
    private var random: SeededRandom
    private var promised = Data()
    private var answerIsKept = false
    private(set) var tally = SimulationTally()

    private static let root = "/srv"
    private static let folder = "/srv/tmp/p/finops/aws/2026-02-00000000"
    private static let journal = folder + "/journal.jsonl"
    private static let page = folder + "/reports/cfo.html"
    private static let answer = Data("an answer that was paid for".utf8)
    private static let pageBytes = Data("a page that people read, and that has to be the same every time".utf8)

    init(seed: UInt64, bug: PlantedBug? = nil) {
        self.seed = seed
        self.bug = bug
        random = SeededRandom(state: seed)
    }

    /// Throws `Violation` when a promise was broken.
    func tell() throws {
        tally.seeds = 1
        do {
            try disk.makeDirectory(Self.root)
            disk.synchronizeAll()
            let livesInTrouble = 1 + random.below(3)
            for number in 0...livesInTrouble {
                try live(number < livesInTrouble ? Mishap(random: &random, operations: 45) : .none)
            }
            disk.cutPower(seed: random.next())
            try inspect()
            guard let last = try JournalText(try disk.read(Self.journal), named: "journal").entries.last,
                last.type == .runClosed, try disk.read(Self.page) == Self.pageBytes
            else { throw BrokenPromise("the month that was closed is not there") }
        } catch let broken as BrokenPromise {
            throw Violation(seed: seed, story: nil, bug: bug, sentence: broken.sentence)
        } catch {
            throw Violation(seed: seed, story: nil, bug: bug, sentence: "without any trouble it failed: \(error)")
        }
    }

    private func live(_ mishap: Mishap) throws {
        let life = Life(mishap)
        let troubled = TroubledDisk(disk) { life.trouble(at: $0) }
        clock.errorSeconds = random.oneIn(8) ? random.below(20_000) - 10_000 : 0
        do {
            try work(on: life.witness(bug?.disk(over: troubled) ?? troubled), life)
        } catch {
            if !life.isDead { try tolerate(error, life) }
        }
        tally.lives += 1
        tally.operations += troubled.operationCount
        if life.isDead, !mishap.isPowerCut { tally.kills += 1 }
        if !life.isDead { tally.refusals += life.refusals }
        promised = life.notes.promisedJournals[Self.journal] ?? promised
        if mishap.isPowerCut, life.isDead || mishap.isHarmless {
            disk.cutPower(seed: random.next())
            tally.powerCuts += 1
        }
        try inspect()
    }

    private func tolerate(_ error: any Error, _ life: Life) throws {
        let isLoss = [.journalDamaged, .objectMissing, .objectDamaged].contains((error as? EvidenceError)?.kind)
        if isLoss { throw BrokenPromise("what was recorded is lost: \(error)") }
        if life.refusals == 0 { throw error }
    }

    private func inspect() throws {
        guard try promised.isEmpty || disk.read(Self.journal).prefix(promised.count) == promised else {
            throw BrokenPromise("events that were acknowledged are gone from the journal")
        }
    }

    /// What one process does: each step unless the journal says that it is done.
    private func work(on disk: any FileSystem, _ life: Life) throws {
        let lock = try RunLock.acquire("/srv/tmp/p/.locks/2026-02.lock", subject: "the month", in: disk)
        defer { lock.release() }
        try AtomicFile.makeDirectory(Self.folder, durableBelow: Self.root, in: disk)
        let journal = try Journal(path: Self.journal, run: "2026-02-00000000", clock: clock, fileSystem: disk)
        let objects = ObjectStore(folder: Self.folder + "/objects", fileSystem: disk)
        let staged = StagedObjects(objects)
        func done(_ type: JournalEventType) -> JournalEntry? { journal.recovered.first { $0.type == type } }
        guard done(.runClosed) == nil else { return }
        try journal.append(JournalEvent(.runOpened))
        if let kept = done(.stepResult)?.event.outputs["answer"] {
            guard try objects.get(kept) == Self.answer else { throw BrokenPromise("another answer was kept") }
        } else {
            try journal.append(JournalEvent(.stepIntent, key: .zero))
            if answerIsKept { throw BrokenPromise("a question was paid for again whose answer had been kept") }
            let digest = try staged.put(Self.answer)
            try staged.synchronize()
            try journal.append(JournalEvent(.stepResult, key: .zero, outputs: ["answer": digest]))
            if !life.isDead { answerIsKept = true }
        }
        if let product = done(.phaseDone)?.event.outputs["product"] {
            guard try objects.get(product) == Self.pageBytes, try disk.read(Self.page) == Self.pageBytes else {
                throw BrokenPromise("what a phase made is not what it said")
            }
        } else {
            try AtomicFile.write(Self.pageBytes, to: Self.page, in: disk)
            let product = try staged.put(Self.pageBytes)
            try journal.append(JournalEvent(.gateEvaluated, phase: .reporting), .withNext)
            try staged.synchronize()
            try journal.append(JournalEvent(.phaseDone, phase: .reporting, outputs: ["product": product]))
        }
        try journal.append(JournalEvent(.runClosed))
    }
}
