import Evidence
import FinOps
import Foundation
import Pipeline
import TestSupport

/// The smallest month there is, for very many seeds: one paid question, one page, one product, and in every hundredth seed
/// people who decide. Run journal, memo, objects, files, locks, requests and decisions are the real ones; what a month is about is
/// left to `Tale`.
final class LedgerTale {
    private let seed: UInt64
    private let bug: PlantedBug?
    private let disk = ModelledDisk()
    private let clock = ModelledClock()
    private let trustMemory = TrustMemory()
    private var random: SeededRandom
    private var promised = Data()
    private var answerIsKept = false
    /// A process said that the month is closed.
    private var isClosed = false
    private var people: LedgerPeople?
    private(set) var tally = SimulationTally()

    static let runID = "2026-02-00000000"
    static let page = "reports/cfo.html"
    static let pageBytes = Data("a page that people read, and that has to be the same every time".utf8)
    private static let month = BillingMonth("2026-02")!
    private static let end = Data(#""type":"run.closed"}"#.utf8) + Data("\n".utf8)
    private static let answer = Data("an answer that was paid for".utf8)
    private let layout: ArchiveLayout

    init(seed: UInt64, bug: PlantedBug? = nil) throws {
        self.seed = seed
        self.bug = bug
        random = SeededRandom(state: seed)
        layout = try ArchiveLayout(root: "/srv", project: "p")
    }

    /// Throws `Violation` when a promise was broken.
    func tell() throws {
        tally.seeds = 1
        do {
            try disk.makeDirectory(layout.root)
            if seed.isMultiple(of: 100) {
                people = try LedgerPeople(
                    layout: layout, disk: disk, clock: clock, bug: bug, random: SeededRandom(state: random.next()))
                tally.decided = 1
            }
            disk.synchronizeAll()
            let livesInTrouble = 1 + random.below(people == nil ? 3 : 6)
            var number = 0
            while number <= livesInTrouble || !isClosed {
                guard number < 20 else { throw BrokenPromise("it never ends") }
                try live(number < livesInTrouble ? Mishap(random: &random, operations: 45) : .none)
                number += 1
            }
            cutPower()
            guard try holdsTheEnd(try disk.read(layout.journal(Self.runID))),
                try disk.read(path(Self.page)) == Self.pageBytes
            else { throw BrokenPromise("the month that was closed is not there") }
        } catch let broken as BrokenPromise {
            throw Violation(seed: seed, story: nil, bug: bug, sentence: broken.sentence)
        } catch {
            throw Violation(seed: seed, story: nil, bug: bug, sentence: "without any trouble it failed: \(error)")
        }
    }

    /// A journal of which every byte was acknowledged has been read already, up to what the last process added.
    private func holdsTheEnd(_ journal: Data) throws -> Bool {
        if journal == promised { return journal.suffix(400).firstRange(of: Self.end) != nil }
        let text = try JournalText(journal, named: "journal")
        try people?.inspect(text.entries)
        return text.entries.last?.type == .runClosed
    }

    private func live(_ mishap: Mishap) throws {
        let life = Life(mishap)
        let troubled = TroubledDisk(disk) { life.trouble(at: $0) }
        let witness = life.witness(bug?.disk(over: troubled, memory: trustMemory) ?? troubled)
        let isCalm = mishap.isHarmless
        // Longer than any error of the clock: the times it ran ahead to have come by now.
        if isCalm { clock.pass(seconds: 20_000) }
        clock.errorSeconds = !isCalm && random.oneIn(8) ? random.below(20_000) - 10_000 : 0
        let weather = isCalm ? .fair : Weather(random: &random)
        if weather != .fair { tally.cloudFaults += 1 }
        let outcome = SerialScheduler(seed: random.next()).run(
            Work<Void> { [self] in
                guard people?.isAsked == true else { return try await work(on: witness, life, weather) }
                try await people?.answer(on: witness, life, isCalm: isCalm)
            })
        if case .failure(let error) = outcome, !life.isDead { try tolerate(error, life) }
        if life.isDead { people?.isAsked = false }
        tally.lives += 1
        tally.operations += troubled.operationCount
        if life.isDead, !mishap.isPowerCut { tally.kills += 1 }
        if !life.isDead { tally.refusals += life.refusals }
        let written = life.notes.promisedJournals[layout.journal(Self.runID)]
        promised = written ?? promised
        if mishap.isPowerCut, life.isDead || mishap.isHarmless { cutPower() }
        let found = promised.isEmpty ? promised : try disk.read(layout.journal(Self.runID))
        guard found.prefix(promised.count) == promised else {
            throw BrokenPromise("events that were acknowledged are gone from the journal")
        }
        if let people, written != nil { try people.inspect(JournalText(found, named: "the journal").entries) }
    }

    private func cutPower() {
        disk.cutPower(seed: random.next())
        tally.powerCuts += 1
    }

    private func tolerate(_ error: any Error, _ life: Life) throws {
        let isLoss = [.journalDamaged, .objectMissing, .objectDamaged].contains((error as? EvidenceError)?.kind)
        if isLoss { throw BrokenPromise("what was recorded is lost: \(error)") }
        if life.refusals == 0 { throw error }
    }

    private func path(_ name: String) -> String { layout.runFolder(Self.runID) + "/" + name }
}

extension LedgerTale {
    /// What one process does: each step unless the journal says that it is done.
    private func work(on disk: any FileSystem, _ life: Life, _ weather: Weather) async throws {
        let lock = try RunLock.acquire(layout.monthLock(Self.month), subject: "the month", in: disk)
        defer { lock.release() }
        let clock = bug?.clock(over: clock) ?? clock
        let journal = try RunJournal(Self.runID, layout: layout, clock: clock, fileSystem: disk)
        let state = await journal.state
        guard state.closing == nil else { return isClosed = true }
        try await journal.record(.runOpened)
        let memo = PaidAnswerMemo(journal: journal, recallsEarlierRuns: true, hashing: SystemHashing())
        guard try await ask(life.witness(bug?.memo(over: memo) ?? memo), weather, life) else {
            try await journal.record(.stepFailed, phase: .collection, note: ["reason": "\(weather)"])
            return
        }
        if let product = state.done[.reporting] {
            guard try journal.objects.get(product) == Self.pageBytes, try disk.read(path(Self.page)) == Self.pageBytes
            else { throw BrokenPromise("what a phase made is not what it said") }
        } else {
            try AtomicFile.write(Self.pageBytes, to: path(Self.page), in: disk)
            let product = try journal.keep(bytes: Self.pageBytes)
            try await journal.record(.gateEvaluated, phase: .reporting, .withNext)
            try await journal.record(.phaseDone, phase: .reporting, out: ["product": product])
        }
        guard try await people?.decide(journal, on: disk, life) ?? true else { return }
        try await journal.record(.runClosed, note: ["status": RunState.Closing.complete.rawValue])
        if !life.isDead { isClosed = true }
    }

    /// False when there is no answer. What was paid for and kept is never asked for again.
    private func ask(_ memo: any AnswerMemo, _ weather: Weather, _ life: Life) async throws -> Bool {
        if let kept = try await memo.answer(to: .zero) {
            guard kept.body == Self.answer else { throw BrokenPromise("another answer was kept") }
            return true
        }
        guard !weather.refusesAtOnce else { return false }
        try await memo.begin(.zero, operation: "ce:GetCostAndUsage")
        if answerIsKept { throw BrokenPromise("a question was paid for again whose answer had been kept") }
        if weather == .slow { clock.pass(seconds: 1_000) }
        guard weather == .fair else { return false }
        try await memo.remember(
            RememberedAnswer(
                operation: "ce:GetCostAndUsage", requestID: "r-1", receivedAt: clock.trueTime, body: Self.answer),
            for: .zero)
        if !life.isDead { answerIsKept = true }
        return true
    }
}

/// How the cloud answers in one life.
enum Weather: CaseIterable, Sendable {
    case fair, signedOut, denied, throttled
    /// The question was paid for, and the answer is lost: cut off, half of it, or too late.
    case cut, halfAnAnswer, slow

    init(random: inout SeededRandom) {
        self = random.oneIn(3) ? Self.allCases[random.below(Self.allCases.count)] : .fair
    }

    var refusesAtOnce: Bool { [.signedOut, .denied, .throttled].contains(self) }
}
