import Evidence
import FinOps
import Foundation
import Testing

struct StagedObjectsTests {
    let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    @Test func `objects become durable together and only once`() throws {
        let disk = FaultyFileSystem()
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
                == (paths.sorted() + [folder["objects/sha256"]]).map { "synchronize \($0)" })
        let synchronised = disk.operations.count
        try staged.synchronize()
        #expect(disk.operations.count == synchronised)
    }

    @Test func `an object that is there is not written again but made durable`() throws {
        let disk = FaultyFileSystem()
        let store = ObjectStore(folder: folder["objects"], fileSystem: disk)
        try store.put(Data("a".utf8))
        let before = disk.operations.count
        let staged = StagedObjects(store)
        let digest = try staged.put(Data("a".utf8))
        #expect(disk.operations.count == before)
        try staged.synchronize()
        #expect(disk.operations.dropFirst(before).contains("synchronize \(store.path(of: digest))"))
    }

    @Test func `a torn object is written anew`() throws {
        let store = ObjectStore(folder: folder["objects"], fileSystem: LocalFileSystem())
        let digest = try store.put(Data("whole".utf8))
        try LocalFileSystem().write(Data("wh".utf8), to: store.path(of: digest))
        _ = try StagedObjects(store).put(Data("whole".utf8))
        #expect(try store.get(digest) == Data("whole".utf8))
    }

    @Test func `what could not be made durable is tried again`() throws {
        let counting = FaultyFileSystem()
        _ = try StagedObjects(ObjectStore(folder: folder["counted"], fileSystem: counting)).put(Data("a".utf8))
        let disk = FaultyFileSystem(failingOperation: counting.operations.count + 1)
        let staged = StagedObjects(ObjectStore(folder: folder["objects"], fileSystem: disk))
        _ = try staged.put(Data("a".utf8))
        #expect(throws: FileError.self) { try staged.synchronize() }
        let tried = disk.operations.count
        #expect(throws: FileError.self) { try staged.synchronize() }
        #expect(disk.operations.count > tried)
    }
}
