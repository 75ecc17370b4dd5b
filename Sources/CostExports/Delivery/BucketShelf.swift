import FinOps
import Foundation

/// An object, or all below a prefix, of a bucket. Copies of what is asked for are made on this machine.
struct BucketShelf: ExportShelf {
    let place: String
    let contents: ShelfContents
    private let objects: [String: StoredObject]
    private let copies: ObjectCopies

    /// So many objects are fetched at once.
    private static let lanes = 4

    /// Asks the bucket what is there. Throws `InputError` and `ExportTrouble`.
    static func open(_ address: ObjectAddress, copies: ObjectCopies) async throws -> BucketShelf {
        try await ExportTrouble.telling(address) {
            let name = String(address.key.split(separator: "/").last ?? "")
            if DeliveredFile(path: address.key, name: name) != nil {
                let object = try await copies.source.look(at: address.key, in: address.bucket)
                return BucketShelf(
                    place: address.description, contents: .file(name), objects: [name: object], copies: copies)
            }
            // With its slash, or a neighbour whose name begins the same would be taken in.
            let prefix = address.key.isEmpty ? "" : address.key + "/"
            let found = try await copies.source.list(address.bucket, prefix: prefix)
                .filter { !$0.key.hasSuffix("/") }
            let objects = Dictionary(uniqueKeysWithValues: found.map { (String($0.key.dropFirst(prefix.count)), $0) })
            guard !objects.isEmpty else { throw ExportDelivery.refused("\(address) holds no objects") }
            return BucketShelf(
                place: address.description, contents: .folder(objects.keys.sorted()), objects: objects, copies: copies)
        }
    }

    func read(_ name: String) async throws -> Data {
        let object = objects[name]!
        return try await ExportTrouble.telling(object.address) {
            try await copies.source.read(object, bytes: 0..<object.bytes)
        }
    }

    func paths(of names: [String]) async throws -> [String] {
        try await withThrowingTaskGroup(of: (Int, String).self) { group in
            var paths = names
            for (index, name) in names.enumerated() {
                if index >= Self.lanes, let (done, path) = try await group.next() { paths[done] = path }
                let object = objects[name]!
                group.addTask { [copies] in
                    (index, try await ExportTrouble.telling(object.address) { try await copies.copy(of: object) })
                }
            }
            for try await (done, path) in group { paths[done] = path }
            return paths
        }
    }
}

extension StoredObject {
    var address: ObjectAddress { ObjectAddress(bucket: bucket, key: key) }
}
