import Evidence
import FinOps
import Foundation

/// The run's memory: every event appended and synchronised before anyone relies on it, every value kept by digest, and the
/// state that follows from both.
actor RunJournal {
    private let journal: Journal
    nonisolated let objects: ObjectStore
    private(set) var state: RunState

    init(path: String, run: String, objects: ObjectStore, clock: any FinOps.Clock, fileSystem: any FileSystem) throws {
        journal = try Journal(path: path, run: run, clock: clock, fileSystem: fileSystem)
        state = RunState(folding: journal.recovered)
        self.objects = objects
    }

    @discardableResult
    func record(
        _ type: JournalEventType, phase: PhaseID? = nil, step: String? = nil, key: Digest? = nil,
        in inputs: [String: Digest] = [:], out outputs: [String: Digest] = [:], note: [String: String] = [:]
    ) throws -> JournalEntry {
        let entry = try journal.append(
            JournalEvent(type, phase: phase, step: step, key: key, inputs: inputs, outputs: outputs, note: note))
        state.apply(entry)
        return entry
    }

    var length: Int { journal.entries.count }

    func frozen() throws -> FrozenJournal? { try journal.frozen() }

    nonisolated func keep(_ value: some Encodable) throws -> Digest {
        try objects.put(try JSONText.line(value))
    }

    nonisolated func load<Value: Decodable>(_ type: Value.Type, _ digest: Digest) throws -> Value {
        try JSONText.decode(type, from: try objects.get(digest))
    }
}
