public import FinOps
public import Foundation

/// The append-only, hash-chained record of a run: one writer, one JSON line an event, durable when `append` returns.
///
/// State is a fold of `entries`. Open it under the run's lock. It belongs to one task or actor, which keeps its own state in
/// step with it; so appending is synchronous, and the type is not `Sendable`.
public final class Journal {
    /// Larger things go into the object store and appear here by digest.
    public static let lineLimitBytes = 64 * 1024

    public let path: String
    public let run: String
    /// How often the run has been taken up, this time included.
    public let epoch: Int
    /// What the file held when it was opened; fold this to resume.
    public let recovered: [JournalEntry]
    /// How many bytes of an unfinished last line were cut off when it was opened.
    public let cutBytes: Int

    public private(set) var entries: [JournalEntry]
    /// SHA-256 of the last line; the next line names it.
    public private(set) var head: Digest
    private var failure: (any Error)?
    private var unwritten = Data()
    private let clock: any FinOps.Clock
    private let fileSystem: any FileSystem

    /// Opens or creates the journal. A torn last line is cut; a damaged whole line throws `journal_damaged`. Appends nothing:
    /// the first event of every epoch is the caller's `run.opened`.
    public init(path: String, run: String, clock: any FinOps.Clock, fileSystem: any FileSystem) throws {
        let exists = try fileSystem.kind(of: path) != nil
        let bytes = exists ? try fileSystem.read(path) : Data()
        let text = try JournalText(bytes, named: path)
        if let first = text.entries.first, first.run != run {
            throw EvidenceError(.journalDamaged, "\(path) is the journal of run \(first.run), not of \(run)")
        }
        // Written anew, whole lines only. A synchronisation that failed in an earlier process leaves lines that can be read
        // and will never be on the disk: fsync reports that once, and then no more.
        try AtomicFile.write(bytes.prefix(text.wholeBytes), to: path, in: fileSystem)
        self.path = path
        self.run = run
        self.clock = clock
        self.fileSystem = fileSystem
        recovered = text.entries
        entries = text.entries
        head = text.head
        cutBytes = text.tornBytes
        epoch = (text.entries.last?.epoch ?? 0) + 1
    }

    /// How soon an entry must be on disk.
    public enum Urgency: Sendable {
        /// On return, with all before it.
        case durable
        /// Other processes see it on return; durable with the next that is. For what nobody relies on.
        case visible
        /// Written together with the next entry: for what only that one gives a meaning. A death in between undoes both.
        case withNext
    }

    /// Returns when the entry is as safe as `urgency` asks. Its time never goes back: with a clock that does, the previous time is kept and the
    /// clock's own reading noted.
    ///
    /// After a failure every further append throws `journal_stopped`, since a failed fsync leaves it open what the disk
    /// holds: the process should end, and the next one reads what is there.
    @discardableResult
    public func append(_ event: JournalEvent, _ urgency: Urgency = .durable) throws -> JournalEntry {
        if let failure {
            throw EvidenceError(
                .journalStopped, "the journal stopped at an earlier trouble", cause: "\(failure)",
                hint: "run `finops-monthly resume`; everything that was recorded is there")
        }
        var event = event
        var time = clock.now()
        if let last = entries.last?.time, time < last {
            event.note["clock"] = "went back to \(time)"
            time = last
        }
        let entry = JournalEntry(
            sequence: entries.count + 1, previous: head, time: time, run: run, epoch: epoch, event: event)
        let line = try EvidenceJSON.line(entry) + Data("\n".utf8)
        guard line.count <= Journal.lineLimitBytes else {
            throw EvidenceError(
                .journalLineTooLong, "an entry of \(line.count) bytes is longer than a journal line may be",
                cause: "\(event.type.rawValue) \(event.step ?? "")")
        }
        unwritten += line
        if urgency != .withNext {
            do {
                try fileSystem.append(unwritten, to: path)
                if urgency == .durable { try fileSystem.synchronize(path) }
            } catch {
                failure = error
                throw error
            }
            unwritten = Data()
        }
        entries.append(entry)
        head = Digest(of: line)
        return entry
    }

    /// The lines an archive carries: everything up to and including the last `archive.frozen`; nil before that. A run freezes
    /// again only when its place in the chain was taken before it could seal.
    public func frozen() throws -> FrozenJournal? {
        guard let frozen = entries.last(where: { $0.type == .archiveFrozen }) else { return nil }
        let bytes = try fileSystem.read(path)
        var end = bytes.startIndex
        for _ in 0..<frozen.sequence {
            guard let newline = bytes[end...].firstIndex(of: UInt8(ascii: "\n")) else { break }
            end = bytes.index(after: newline)
        }
        let lines = Data(bytes[..<end])
        let text = try JournalText(lines, named: path)
        guard text.entries.last == frozen else {
            throw EvidenceError(.journalDamaged, "\(path) was changed while it was open")
        }
        return FrozenJournal(bytes: lines, head: text.head, events: frozen.sequence, frozenOn: frozen.time)
    }
}

/// The part of a journal that goes into the archive.
public struct FrozenJournal: Hashable, Sendable {
    public let bytes: Data
    /// SHA-256 of its last line, which the seal names.
    public let head: Digest
    public let events: Int
    /// The moment the archive claims as its own, so that sealing again gives the same bytes.
    public let frozenOn: Timestamp

    /// The whole journal of a month of which no run can be shown: one line, which says who noticed that and when.
    public static func silence(
        of month: BillingMonth, as outcome: RunPredicate.Outcome = .skipped, noticedBy run: String, at time: Timestamp
    ) throws -> FrozenJournal {
        let event = JournalEvent(
            .archiveFrozen, phase: .archive, note: ["outcome": outcome.rawValue, "noticed_by": run])
        let entry = JournalEntry(
            sequence: 1, previous: .zero, time: time, run: "\(month)-\(outcome.rawValue)", epoch: 1, event: event)
        let line = try EvidenceJSON.line(entry) + Data("\n".utf8)
        return FrozenJournal(bytes: line, head: Digest(of: line), events: 1, frozenOn: time)
    }
}
