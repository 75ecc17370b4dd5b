import FinOps
import Foundation
import Testing

@testable import Evidence

struct ParallelSynchronizationTests {
    private final class Seen: @unchecked Sendable {
        private let lock = NSLock()
        private var seen: [String] = []
        func note(_ path: String) { lock.withLock { seen.append(path) } }
        var paths: [String] { lock.withLock { seen } }
    }

    @Test(arguments: [0, 1, 2, 16, 100])
    func `every path is synchronised once`(count: Int) throws {
        let seen = Seen()
        let paths = (0..<count).map { "file\($0)" }
        try ParallelSynchronization(paths) { seen.note($0) }.run()
        #expect(seen.paths.sorted() == paths.sorted())
    }

    @Test func `the first failure in the order of the paths is thrown and the others are still synchronised`() {
        let seen = Seen()
        let paths = (0..<40).map { "file\($0)" }
        let error = #expect(throws: FileError.self) {
            try ParallelSynchronization(paths) { path in
                seen.note(path)
                if ["file7", "file31"].contains(path) {
                    throw FileError(code: "EIO", path: path, operation: "synchronize")
                }
            }.run()
        }
        #expect(error?.path == "file7")
        #expect(seen.paths.count == 40)
    }

    @Test func `the local disk names the file it could not synchronise`() throws {
        let folder = try TemporaryFolder()
        let disk = LocalFileSystem()
        try disk.write(Data("1".utf8), to: folder["there"])
        try disk.synchronize(all: [folder["there"], folder.path])
        let error = #expect(throws: FileError.self) {
            try disk.synchronize(all: [folder["there"], folder["missing"]])
        }
        #expect(error?.path == folder["missing"])
    }
}
