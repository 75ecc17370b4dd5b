/// A folder: its names as processes see them, and as the disk would give them back after a power cut.
final class ModelledFolder {
    enum Entry {
        case file(ModelledFile)
        case folder(ModelledFolder)
    }

    private enum Change {
        case link(String, Entry)
        case unlink(String)
        case rename(String, String, Entry)
    }

    private(set) var entries: [String: Entry] = [:]
    private var durable: [String: Entry] = [:]
    private var unsynchronized: [Change] = []
    private let number: UInt64
    var permissions: UInt32 = 0o755

    init(number: UInt64) { self.number = number }

    func link(_ name: String, _ entry: Entry) { change(.link(name, entry)) }
    func unlink(_ name: String) { change(.unlink(name)) }

    /// Within the folder, where it is one change: both names or neither.
    func rename(_ name: String, to target: String, _ entry: Entry) { change(.rename(name, target, entry)) }

    func synchronize() {
        guard !unsynchronized.isEmpty else { return }
        durable = entries
        unsynchronized = []
    }

    func synchronizeAll() {
        synchronize()
        for entry in entries.values {
            switch entry {
            case .file(let file): file.synchronize()
            case .folder(let folder): folder.synchronizeAll()
            }
        }
    }

    /// Names that were not synchronised survive up to any point of their order, or each by its own chance: file systems
    /// differ, and nobody may rely on the kinder ones.
    func cutPower(seed: UInt64) {
        if !unsynchronized.isEmpty {
            var random = SeededRandom(state: seed ^ (number &* 0x9E37_79B9_7F4A_7C15))
            let isOrdered = random.oneIn(2)
            let whole = random.below(unsynchronized.count + 1)
            for (index, change) in unsynchronized.enumerated() where isOrdered ? index < whole : random.oneIn(2) {
                Self.apply(change, to: &durable)
            }
            unsynchronized = []
        }
        entries = durable
        for entry in entries.values {
            switch entry {
            case .file(let file): file.cutPower(seed: seed)
            case .folder(let folder): folder.cutPower(seed: seed)
            }
        }
    }

    private func change(_ change: Change) {
        Self.apply(change, to: &entries)
        unsynchronized.append(change)
    }

    private static func apply(_ change: Change, to entries: inout [String: Entry]) {
        switch change {
        case .link(let name, let entry): entries[name] = entry
        case .unlink(let name): entries[name] = nil
        case .rename(let name, let target, let entry):
            entries[name] = nil
            entries[target] = entry
        }
    }
}
