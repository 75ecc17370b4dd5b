import Foundation

/// A file as processes see it, and as the disk would give it back after a power cut.
final class ModelledFile {
    private enum Change {
        case replace(Data)
        /// The offset is kept: what a failed synchronisation lost leaves a hole behind it.
        case append(Data, at: Int)
    }

    /// What a read returns.
    private(set) var bytes = Data()
    private var durable = Data()
    private var unsynchronized: [Change] = []
    private let number: UInt64
    let permissions: UInt32

    /// `number` tells the files of one disk apart: each has chances of its own.
    init(number: UInt64, permissions: UInt32) { (self.number, self.permissions) = (number, permissions) }

    func replace(with bytes: Data) {
        self.bytes = bytes
        unsynchronized.append(.replace(bytes))
    }

    func append(_ more: Data) {
        unsynchronized.append(.append(more, at: bytes.count))
        bytes.append(more)
    }

    func synchronize() {
        for change in unsynchronized { apply(change) }
        unsynchronized = []
    }

    /// A failed `fsync` marks the pages clean: they can still be read, and no later one will write them.
    func failToSynchronize() { unsynchronized = [] }

    /// What was not synchronised survives up to any point, and the change at that point in part.
    func cutPower(seed: UInt64) {
        if !unsynchronized.isEmpty {
            var random = SeededRandom(state: seed ^ (number &* 0x9E37_79B9_7F4A_7C15))
            let whole = random.below(unsynchronized.count + 1)
            for change in unsynchronized[..<whole] { apply(change) }
            if whole < unsynchronized.count { applyInPart(unsynchronized[whole], random: &random) }
            unsynchronized = []
        }
        bytes = durable
    }

    private func apply(_ change: Change) {
        switch change {
        case .replace(let bytes): durable = bytes
        case .append(let more, let offset):
            durable = durable.prefix(offset) + Data(count: max(0, offset - durable.count)) + more
        }
    }

    private func applyInPart(_ change: Change, random: inout SeededRandom) {
        switch change {
        case .replace(let bytes):
            // Three ways file systems leave a new file behind: as it was, cut short, or its length without its content.
            switch random.below(3) {
            case 0: break
            case 1: durable = bytes.prefix(random.below(bytes.count + 1))
            default: durable = Data(count: bytes.count)
            }
        case .append(let more, let offset):
            apply(.append(more.prefix(random.below(more.count + 1)), at: offset))
        }
    }
}
