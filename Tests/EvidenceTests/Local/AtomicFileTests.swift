import Evidence
import FinOps
import Foundation
import TestSupport
import Testing

struct AtomicFileTests {
    let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    @Test func `file and folder are synchronised around the rename`() throws {
        let disk = TroubledDisk(LocalFileSystem())
        try AtomicFile.write(Data("x".utf8), to: folder["a/b/file"], in: disk)
        #expect(
            disk.operations == [
                "create \(folder["a"])", "create \(folder["a/b"])", "synchronize \(folder.path)",
                "synchronize \(folder["a"])",
                "write \(folder["a/b/.file.partial"])", "synchronize \(folder["a/b/.file.partial"])",
                "rename \(folder["a/b/file"])", "synchronize \(folder["a/b"])",
            ])
    }

    @Test func `a crash at any step leaves the old bytes or the new ones`() throws {
        let (old, new) = (Data("old".utf8), Data("the new bytes".utf8))
        var step = 0
        while true {
            step += 1
            try AtomicFile.write(old, to: folder["file"], in: LocalFileSystem())
            let disk = TroubledDisk.dying(at: step, on: LocalFileSystem())
            do {
                try AtomicFile.write(new, to: folder["file"], in: disk)
                break
            } catch {
                #expect([old, new].contains(try LocalFileSystem().read(folder["file"])), "step \(step)")
            }
        }
        #expect(step > 4)
        #expect(try LocalFileSystem().read(folder["file"]) == new)
    }

    @Test func `many files are synchronised before the first is renamed`() throws {
        let disk = TroubledDisk(LocalFileSystem())
        try AtomicFile.write(
            all: [(folder["a"], Data("1".utf8)), (folder["b"], Data("2".utf8))], in: disk)
        #expect(
            disk.operations == [
                "write \(folder[".a.partial"])", "write \(folder[".b.partial"])",
                "synchronize \(folder[".a.partial"])", "synchronize \(folder[".b.partial"])",
                "rename \(folder["a"])", "rename \(folder["b"])", "synchronize \(folder.path)",
            ])
        #expect(try disk.read(folder["b"]) == Data("2".utf8))
    }

    @Test func `a left-over never widens the permissions`() throws {
        let disk = LocalFileSystem()
        try disk.write(Data("left over".utf8), to: folder[".key.partial"], mode: 0o644)
        try AtomicFile.write(Data("secret".utf8), to: folder["key"], mode: 0o600, in: disk)
        #expect(try disk.permissions(of: folder["key"]) == 0o600)
    }
}

struct ObjectStoreTests {
    let folder: TemporaryFolder
    let store: ObjectStore

    init() throws {
        folder = try TemporaryFolder()
        store = ObjectStore(folder: folder["objects"], fileSystem: LocalFileSystem())
    }

    @Test func `bytes come back under their digest`() throws {
        let digest = try store.put(Data("abc".utf8))
        #expect(digest.hex == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
        #expect(store.path(of: digest) == folder["objects/sha256/\(digest)"])
        #expect(try store.get(digest) == Data("abc".utf8))
        #expect(try store.put(Data("abc".utf8)) == digest)
    }

    @Test func `a missing and a rotten object are told apart`() throws {
        let digest = try store.put(Data("abc".utf8))
        try LocalFileSystem().write(Data("abd".utf8), to: store.path(of: digest))
        #expect(#expect(throws: EvidenceError.self) { try store.get(digest) }?.kind == .objectDamaged)
        #expect(!store.contains(digest))
        try LocalFileSystem().remove(store.path(of: digest))
        #expect(#expect(throws: EvidenceError.self) { try store.get(digest) }?.kind == .objectMissing)
    }

    @Test func `an object that rotted is written anew`() throws {
        let digest = try store.put(Data("abc".utf8))
        try LocalFileSystem().write(Data("ab".utf8), to: store.path(of: digest))
        try store.put(Data("abc".utf8))
        #expect(try store.get(digest) == Data("abc".utf8))
    }
}
