import Evidence
import FinOps
import Foundation
import Testing

struct LocalFileSystemTests {
    let disk = LocalFileSystem()
    let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    @Test func `what is written is read back and appended to`() throws {
        let large = Data((0..<200_000).map { UInt8($0 % 251) })
        try disk.write(large, to: folder["a"])
        try disk.append(Data("end".utf8), to: folder["a"])
        #expect(try disk.read(folder["a"]) == large + Data("end".utf8))
        try disk.write(Data(), to: folder["a"])
        #expect(try disk.read(folder["a"]).isEmpty)
    }

    @Test func `a missing file is named by its errno`() {
        let error = #expect(throws: FileError.self) { try disk.read(folder["nowhere"]) }
        #expect(error?.code == "ENOENT")
        #expect(error?.path == folder["nowhere"])
    }

    @Test func `kinds are told apart and links are not followed`() throws {
        try disk.makeDirectory(folder["d/e"])
        try disk.write(Data("x".utf8), to: folder["d/f"])
        try FileManager.default.createSymbolicLink(atPath: folder["link"], withDestinationPath: folder["d"])
        #expect(try disk.kind(of: folder["d"]) == .directory)
        #expect(try disk.kind(of: folder["d/f"]) == .file)
        #expect(try disk.kind(of: folder["link"]) == .symbolicLink)
        #expect(try disk.kind(of: folder["d/f/below a file"]) == nil)
        #expect(try disk.kind(of: folder["none"]) == nil)
    }

    @Test func `names come sorted by their bytes`() throws {
        for name in ["b", "a", "é", "Z", ".hidden"] { try disk.write(Data(), to: folder[name]) }
        #expect(try disk.list(folder.path) == [".hidden", "Z", "a", "b", "é"])
    }

    @Test func `removing takes the tree and spares what a link points to`() throws {
        try disk.makeDirectory(folder["keep"])
        try disk.write(Data("x".utf8), to: folder["keep/file"])
        try disk.makeDirectory(folder["tree/deep"])
        try FileManager.default.createSymbolicLink(atPath: folder["tree/link"], withDestinationPath: folder["keep"])
        try disk.remove(folder["tree"])
        #expect(try !disk.exists(folder["tree"]))
        #expect(try disk.exists(folder["keep/file"]))
        try disk.remove(folder["tree"])
    }

    @Test func `a directory over a file is refused and over a directory is nothing`() throws {
        try disk.write(Data(), to: folder["file"])
        #expect(throws: FileError.self) { try disk.makeDirectory(folder["file"]) }
        try disk.makeDirectory(folder["a/b/c"])
        try disk.makeDirectory(folder["a/b/c"])
    }

    @Test func `a private folder and a private file are for their owner alone`() throws {
        try disk.makeDirectory(folder["keys"])
        try disk.makePrivateDirectory(folder["keys"])
        #expect(try disk.permissions(of: folder["keys"]) == 0o700)
        try disk.write(Data(), to: folder["keys/k"], mode: 0o600)
        #expect(try disk.permissions(of: folder["keys/k"]) == 0o600)
    }

    @Test func `a lock is held by one and free after release`() throws {
        let first = try #require(try disk.lock(folder["lock"]))
        #expect(try disk.lock(folder["lock"]) == nil)
        first.release()
        first.release()
        #expect(try disk.lock(folder["lock"]) != nil)
    }

    @Test func `a lock holds against other processes`() throws {
        let lock = try #require(try disk.lock(folder["lock"]))
        #expect(try Command.run("flock", ["--nonblock", folder["lock"], "true"]).status == 1)
        lock.release()
        #expect(try Command.run("flock", ["--nonblock", folder["lock"], "true"]).status == 0)
    }

    @Test func `a second run of the same month is told so`() throws {
        let lock = try RunLock.acquire(folder["locks/2026-02.lock"], subject: "2026-02", in: disk)
        let error = #expect(throws: EvidenceError.self) {
            try RunLock.acquire(folder["locks/2026-02.lock"], subject: "2026-02", in: disk)
        }
        #expect(error?.kind == .busy)
        lock.release()
        _ = try RunLock.acquire(folder["locks/2026-02.lock"], subject: "2026-02", in: disk)
    }
}
