import FinOps
import Foundation
import Synchronization

/// A bucket in memory that notes what is asked of it, and fails when told to.
final class MemoryBucket: ObjectSource {
    struct State {
        var objects: [String: Data] = [:]
        /// `KEY FIRST-LAST`.
        var reads: [String] = []
        /// So many reads are answered before the trouble comes.
        var readsLeft = Int.max
        var trouble = Trouble(.unreachable, code: "reset", message: "the line broke", operation: "s3:GetObject")
    }

    let name = "bills"
    private let state = Mutex(State())

    subscript(key: String) -> String? {
        get { state.withLock { $0.objects[key].map { String(decoding: $0, as: UTF8.self) } } }
        set { state.withLock { $0.objects[key] = newValue.map { Data($0.utf8) } } }
    }

    var reads: [String] { state.withLock { $0.reads.sorted() } }

    func forgetReads() { state.withLock { $0.reads = [] } }

    func fail(afterReads count: Int, _ kind: Trouble.Kind = .unreachable) {
        state.withLock {
            $0.readsLeft = count
            $0.trouble = Trouble(kind, code: "code", message: "as AWS says", operation: "s3:GetObject")
        }
    }

    func list(_ bucket: String, prefix: String) async throws -> [StoredObject] {
        guard bucket == name else { throw absent }
        return state.withLock { state in
            state.objects.keys.sorted().filter { $0.hasPrefix(prefix) }.map { object($0, state.objects[$0]!) }
        }
    }

    func look(at key: String, in bucket: String) async throws -> StoredObject {
        guard let bytes = state.withLock({ $0.objects[key] }) else { throw absent }
        return object(key, bytes)
    }

    func read(_ object: StoredObject, bytes: Range<Int>) async throws -> Data {
        try state.withLock { state in
            guard state.readsLeft > 0 else { throw state.trouble }
            state.readsLeft -= 1
            state.reads.append("\(object.key) \(bytes.lowerBound)-\(bytes.upperBound - 1)")
            return state.objects[object.key]!.subdata(in: bytes)
        }
    }

    private func object(_ key: String, _ bytes: Data) -> StoredObject {
        StoredObject(
            bucket: name, key: key, bytes: bytes.count, entityTag: "\"\(CountingHash().sha256(bytes).hex)\"",
            lastModified: nil)
    }

    private var absent: Trouble {
        Trouble(.noData, code: "NoSuchKey", message: "nothing is there", operation: "s3:HeadObject")
    }
}
