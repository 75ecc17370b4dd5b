public import FinOps
public import Foundation

/// The bytes of a journal, read and checked: numbering, chain, run, epochs and time.
public struct JournalText: Sendable {
    public let entries: [JournalEntry]
    /// SHA-256 of the last whole line; zero when there is none.
    public let head: Digest
    /// How many bytes the whole lines take.
    public let wholeBytes: Int
    /// How many bytes of an unfinished last line follow. That line was never relied on, because it was never synchronised.
    public let tornBytes: Int

    /// Throws `journal_damaged` with the number of the line when a *whole* line is not what was written. The last line can
    /// only be judged by its form, since no later line names its digest.
    public init(_ bytes: Data, named name: String) throws {
        var entries: [JournalEntry] = []
        var head = Digest.zero
        var start = bytes.startIndex
        let newlines = bytes.withUnsafeBytes { bytes in bytes.indices.filter { bytes[$0] == UInt8(ascii: "\n") } }
        for newline in newlines.map({ bytes.startIndex + $0 }) {
            let line = bytes[start..<newline]
            let place = Place(name: name, line: entries.count + 1)
            entries.append(try JournalText.entry(line, after: entries.last, head: head, at: place))
            head = Digest(of: bytes[start...newline])
            start = bytes.index(after: newline)
        }
        let rest = bytes[start...]
        // A torn line is a true beginning of a line. A complete entry with something else where its newline should be is
        // damage to a line that may have been relied on.
        if rest.count > 1, rest.last != UInt8(ascii: "}"),
            (try? JSONDecoder().decode(JournalEntry.self, from: rest.dropLast())) != nil
        {
            throw Place(name: name, line: entries.count + 1).damaged("its end of line is another byte")
        }
        self.entries = entries
        self.head = head
        wholeBytes = start - bytes.startIndex
        tornBytes = rest.count
    }

    private static func entry(
        _ line: Data, after previous: JournalEntry?, head: Digest, at place: Place
    ) throws -> JournalEntry {
        guard let entry = try? JSONDecoder().decode(JournalEntry.self, from: line) else {
            throw place.damaged("it is not a journal entry")
        }
        guard try EvidenceJSON.line(entry) == line else { throw place.damaged("it is not written as journals are") }
        guard entry.sequence == place.line else { throw place.damaged("it is numbered \(entry.sequence)") }
        guard entry.previous == head else {
            throw place.damaged(
                "it follows a line with digest \(entry.previous.short), but the line before has \(head.short)")
        }
        guard entry.epoch >= previous?.epoch ?? 1 else { throw place.damaged("its epoch goes back") }
        guard let previous else { return entry }
        guard entry.run == previous.run else { throw place.damaged("it belongs to the run \(entry.run)") }
        guard entry.time >= previous.time else { throw place.damaged("its time goes back") }
        return entry
    }

    private struct Place {
        let name: String
        let line: Int

        func damaged(_ reason: String) -> EvidenceError {
            EvidenceError(
                .journalDamaged, "line \(line) of \(name), or the line before it, was changed after it was written",
                cause: reason, hint: "restore the file from a backup or start a new run; a journal is never repaired")
        }
    }
}
