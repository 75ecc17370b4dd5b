import Evidence
import FinOps
import Foundation
import TestSupport
import Testing

struct JournalTests {
    let folder: TemporaryFolder
    let disk = LocalFileSystem()
    let clock = SetClock()

    init() throws { folder = try TemporaryFolder() }

    func open(_ fileSystem: any FileSystem = LocalFileSystem()) throws -> Journal {
        try Journal(path: folder["run/journal.jsonl"], run: "2026-02#1", clock: clock, fileSystem: fileSystem)
    }

    /// Three entries in two epochs.
    func fill() throws -> Data {
        let first = try open()
        try first.append(JournalEvent(.runOpened, note: ["engine": "1"]))
        clock.time = clock.time.adding(seconds: 7)
        let second = try open()
        try second.append(
            JournalEvent(
                .stepResult, phase: .collection, step: "ce.get_cost_and_usage/0003", key: .zero,
                inputs: ["request": .zero], outputs: ["response": .zero], attempt: 2))
        try second.append(JournalEvent(.phaseDone, phase: .collection))
        return try disk.read(folder["run/journal.jsonl"])
    }

    @Test func `the lines are those of the published format`() throws {
        let zero = String(repeating: "0", count: 64)
        let lines = String(decoding: try fill(), as: UTF8.self).split(separator: "\n")
        #expect(
            lines[0]
                == #"{"epoch":1,"note":{"engine":"1"},"prev":"\#(zero)","run":"2026-02#1","seq":1,"t":"2026-03-01T00:00:00Z","type":"run.opened"}"#
        )
        let previous = SystemHashing().sha256(Data((lines[0] + "\n").utf8))
        #expect(
            lines[1]
                == #"{"attempt":2,"epoch":2,"in":{"request":"\#(zero)"},"key":"\#(zero)","out":{"response":"\#(zero)"},"phase":"3","prev":"\#(previous)","run":"2026-02#1","seq":2,"step":"ce.get_cost_and_usage/0003","t":"2026-03-01T00:00:07Z","type":"step.result"}"#
        )
    }

    @Test func `opening again gives everything back and counts the epochs`() throws {
        _ = try fill()
        let journal = try open()
        #expect(journal.recovered.map(\.sequence) == [1, 2, 3])
        #expect(journal.recovered.map(\.epoch) == [1, 2, 2])
        #expect(journal.epoch == 3)
        #expect(journal.recovered[1].event.attempt == 2)
        #expect(journal.cutBytes == 0)
    }

    @Test func `cut at every byte it resumes with the whole lines before the cut`() throws {
        let bytes = try fill()
        for length in 0...bytes.count {
            let cut = bytes.prefix(length)
            try disk.write(cut, to: folder["run/journal.jsonl"])
            let journal = try open()
            let whole = cut.count { $0 == UInt8(ascii: "\n") }
            #expect(journal.recovered.count == whole, "cut at \(length)")
            try journal.append(JournalEvent(.runOpened))
            let text = try JournalText(try disk.read(folder["run/journal.jsonl"]), named: "journal")
            #expect(text.entries.count == whole + 1 && text.tornBytes == 0, "cut at \(length)")
        }
    }

    @Test func `every bit flipped in an inner line is refused with its line number`() throws {
        let bytes = try fill()
        let lastLine = try #require(bytes.dropLast().lastIndex(of: UInt8(ascii: "\n"))) + 1
        for bit in 0..<(lastLine * 8) {
            var damaged = bytes
            damaged[bit / 8] ^= 1 << UInt8(bit % 8)
            try disk.write(damaged, to: folder["run/journal.jsonl"])
            let error = #expect(throws: EvidenceError.self, "bit \(bit)") { try open() }
            #expect(error?.kind == .journalDamaged)
            #expect(error?.summary.contains("line ") == true)
            #expect(try disk.read(folder["run/journal.jsonl"]) == damaged, "a refused journal is left alone")
        }
    }

    @Test func `damage to the form or the end of the last line is refused, not cut`() throws {
        let bytes = try fill()
        for damaged in [bytes.dropLast() + Data("\u{0b}".utf8), bytes.dropLast(2) + Data("]\n".utf8)] {
            try disk.write(damaged, to: folder["run/journal.jsonl"])
            #expect(throws: EvidenceError.self) { try open() }
        }
    }

    @Test func `time never goes back and the clock's own reading is kept`() throws {
        let journal = try open()
        try journal.append(JournalEvent(.runOpened))
        clock.time = clock.time.adding(seconds: -60)
        let entry = try journal.append(JournalEvent(.phaseStarted, phase: .preflight))
        #expect(entry.time == Timestamp("2026-03-01T00:00:00Z"))
        #expect(entry.event.note == ["clock": "went back to 2026-02-28T23:59:00Z"])
    }

    @Test func `an entry over 64 KiB is refused and the journal goes on`() throws {
        let journal = try open()
        let error = #expect(throws: EvidenceError.self) {
            try journal.append(JournalEvent(.stepResult, note: ["big": String(repeating: "x", count: 64 * 1024)]))
        }
        #expect(error?.kind == .journalLineTooLong)
        try journal.append(JournalEvent(.runOpened))
        #expect(try open().recovered.count == 1)
    }

    @Test func `the journal of another run is refused`() throws {
        _ = try fill()
        #expect(throws: EvidenceError.self) {
            try Journal(path: folder["run/journal.jsonl"], run: "2026-03#1", clock: clock, fileSystem: disk)
        }
    }

    @Test func `every append is synchronised and a failed one ends the journal`() throws {
        let watched = TroubledDisk(LocalFileSystem())
        let journal = try open(watched)
        let before = watched.operations.count
        try journal.append(JournalEvent(.runOpened))
        let path = folder["run/journal.jsonl"]
        #expect(watched.operations.dropFirst(before) == ["append \(path)", "synchronize \(path)"])

        let failing = try open(TroubledDisk.dying(at: 5, on: LocalFileSystem(), code: "ENOSPC"))
        let full = #expect(throws: FileError.self) { try failing.append(JournalEvent(.runOpened)) }
        #expect(full?.code == "ENOSPC")
        let stopped = #expect(throws: EvidenceError.self) { try failing.append(JournalEvent(.runOpened)) }
        #expect(stopped?.kind == .journalStopped)
        #expect(try open().recovered.count >= 1)
    }

    @Test func `what need not be durable is synchronised with the next that is`() throws {
        let watched = TroubledDisk(LocalFileSystem())
        let journal = try open(watched)
        let before = watched.operations.count
        try journal.append(JournalEvent(.phaseStarted, phase: .collection), .visible)
        let path = folder["run/journal.jsonl"]
        #expect(watched.operations.dropFirst(before) == ["append \(path)"])
        #expect(try open().recovered.count == 1)
        try journal.append(JournalEvent(.phaseDone, phase: .collection))
        #expect(watched.operations.dropFirst(before) == ["append \(path)", "append \(path)", "synchronize \(path)"])
    }

    @Test func `an entry that waits for the next is written in one piece with it`() throws {
        let watched = TroubledDisk(LocalFileSystem())
        let journal = try open(watched)
        let before = watched.operations.count
        let waiting = try journal.append(JournalEvent(.gateEvaluated, phase: .preflight), .withNext)
        #expect(watched.operations.count == before)
        #expect(try open().recovered.isEmpty)
        let next = try journal.append(JournalEvent(.phaseDone, phase: .preflight))
        let path = folder["run/journal.jsonl"]
        #expect(watched.operations.dropFirst(before) == ["append \(path)", "synchronize \(path)"])
        #expect(try open().recovered == [waiting, next])
    }

    @Test func `frozen lines end with the freezing event whatever came later`() throws {
        let journal = try open()
        try journal.append(JournalEvent(.runOpened))
        #expect(try journal.frozen() == nil)
        try journal.append(JournalEvent(.archiveFrozen))
        let frozen = try #require(try journal.frozen())
        #expect(frozen.bytes == (try disk.read(folder["run/journal.jsonl"])))
        let head = journal.head
        #expect(frozen.head == head)
        try journal.append(JournalEvent(.runClosed))
        let again = try open().frozen()
        #expect(again == frozen)
        #expect(frozen.events == 2)
    }

    @Test func `a journal frozen again is archived up to the last freezing`() throws {
        let journal = try open()
        try journal.append(JournalEvent(.archiveFrozen))
        try journal.append(JournalEvent(.phaseStarted, phase: .archive))
        try journal.append(JournalEvent(.archiveFrozen))
        try journal.append(JournalEvent(.phaseDone, phase: .archive))
        #expect(try journal.frozen()?.events == 3)
    }
}
