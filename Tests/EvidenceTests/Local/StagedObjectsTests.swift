import Evidence
import FinOps
import Foundation
import TestSupport
import Testing

struct StagedObjectsTests {
    let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    @Test func `objects become durable together and only once`() throws {
        let disk = TroubledDisk(LocalFileSystem())
        let store = ObjectStore(folder: folder["objects"], fileSystem: disk)
        let staged = StagedObjects(store)
        let digests = try ["a", "b"].map { try staged.put(Data($0.utf8)) }
        #expect(try digests.map(store.get) == ["a", "b"].map { Data($0.utf8) })
        let written = disk.operations.count
        let paths = digests.map { store.path(of: $0) }
        #expect(!disk.operations.contains { $0.hasPrefix("synchronize") && paths.contains(String($0.dropFirst(12))) })

        try staged.synchronize()
        #expect(
            Array(disk.operations.dropFirst(written))
                == (paths.sorted() + [folder["objects/sha256"], folder["objects"]]).map { "synchronize \($0)" })
        let synchronised = disk.operations.count
        try staged.synchronize()
        #expect(disk.operations.count == synchronised)
    }

    @Test func `an object of another process is written anew beside it, since its fsync may have failed`() throws {
        let disk = ModelledDisk()
        let store = ObjectStore(folder: "/objects", fileSystem: disk)
        let refusing = ObjectStore(
            folder: "/objects",
            fileSystem: TroubledDisk(disk) {
                $0.verb == .synchronize && $0.path.contains("sha256/") ? .refused("EIO") : nil
            })
        let digest = try StagedObjects(store).put(Data("a".utf8))
        disk.failToSynchronize(store.path(of: digest))
        let staged = StagedObjects(store)
        _ = try staged.put(Data("a".utf8))
        try staged.synchronize()
        disk.cutPower(seed: 1)
        #expect(try store.get(digest) == Data("a".utf8))
        #expect(throws: FileError.self) { try StagedObjects(refusing).put(Data("a".utf8)) }
    }

    @Test func `a torn object is written anew`() throws {
        let store = ObjectStore(folder: folder["objects"], fileSystem: LocalFileSystem())
        let digest = try store.put(Data("whole".utf8))
        try LocalFileSystem().write(Data("wh".utf8), to: store.path(of: digest))
        _ = try StagedObjects(store).put(Data("whole".utf8))
        #expect(try store.get(digest) == Data("whole".utf8))
    }

    @Test func `after a failed synchronisation nothing is called durable any more`() throws {
        let disk = TroubledDisk(ModelledDisk()) { operation in
            operation.verb == .synchronize && operation.path.contains("sha256/") ? .refused("EIO") : nil
        }
        let staged = StagedObjects(ObjectStore(folder: "/objects", fileSystem: disk))
        _ = try staged.put(Data("a".utf8))
        #expect(throws: FileError.self) { try staged.synchronize() }
        #expect(throws: FileError.self) { try staged.synchronize() }
    }
}
