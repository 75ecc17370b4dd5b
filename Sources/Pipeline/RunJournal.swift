package import Evidence
package import FinOps
package import Foundation

/// The run's memory: every event appended and synchronised before anyone relies on it, every value kept by digest, and the
/// state that follows from both.
package actor RunJournal {
    private let journal: Journal
    nonisolated let runID: String
    package nonisolated let objects: ObjectStore
    nonisolated private let staged: StagedObjects
    package private(set) var state: RunState

    /// Opens the run's journal, or begins it.
    package init(_ run: String, layout: ArchiveLayout, clock: any FinOps.Clock, fileSystem: any FileSystem) throws {
        try AtomicFile.makeDirectory(layout.runFolder(run), durableBelow: layout.root, in: fileSystem)
        journal = try Journal(path: layout.journal(run), run: run, clock: clock, fileSystem: fileSystem)
        state = RunState(folding: journal.recovered)
        runID = run
        objects = ObjectStore(folder: layout.objects(run), fileSystem: fileSystem)
        staged = StagedObjects(objects)
    }

    @discardableResult
    package func record(
        _ type: JournalEventType, phase: PhaseID? = nil, step: String? = nil, key: Digest? = nil,
        in inputs: [String: Digest] = [:], out outputs: [String: Digest] = [:], note: [String: String] = [:],
        _ urgency: Journal.Urgency = .durable
    ) throws -> JournalEntry {
        // A line is never on disk before the objects it names.
        if urgency != .withNext { try staged.synchronize() }
        let entry = try journal.append(
            JournalEvent(type, phase: phase, step: step, key: key, inputs: inputs, outputs: outputs, note: note),
            urgency)
        state.apply(entry)
        return entry
    }

    var length: Int { journal.entries.count }

    func frozen() throws -> FrozenJournal? { try journal.frozen() }

    /// Durable when the next event is recorded, which is the first that can name it.
    nonisolated func keep(_ value: some Encodable) throws -> Digest {
        try keep(bytes: try JSONText.line(value))
    }

    package nonisolated func keep(bytes: Data) throws -> Digest {
        try staged.put(bytes)
    }

    /// Throws `other_engine` for a value of another form than this version writes: it is refused, never guessed at.
    nonisolated func load<Value: Decodable>(_ type: Value.Type, _ digest: Digest) throws -> Value {
        let bytes = try objects.get(digest)
        do {
            return try JSONText.decode(type, from: bytes)
        } catch let error as DecodingError {
            throw InputError(
                "other_engine", "\(objects.path(of: digest)) was written by another version than this one",
                cause: "it is no \(type) of ours: \(error)",
                hint: "finish the run with the finops-monthly that began it, or begin the month anew with "
                    + "`finops-monthly run`")
        }
    }
}
