import FinOps
import Foundation
import OpenSSL
import TestSupport

/// Leaves out `fsync` where its place says.
struct UnsynchronizedDisk: FileSystemLayer {
    let place: PlantedBug.Place
    let below: any FileSystem

    func synchronize(_ path: String) throws { if try !isLeftOut(path) { try below.synchronize(path) } }
    func synchronize(all paths: [String]) throws { try below.synchronize(all: paths.filter { try !isLeftOut($0) }) }

    private func isLeftOut(_ path: String) throws -> Bool {
        let isFolder = try below.kind(of: path) == .directory
        return switch place {
        case .anything: true
        case .journal: path.hasSuffix("/journal.jsonl")
        case .journalFolder: isFolder && path.contains("/finops/aws/") && path.hasSuffix(Self.runSuffix(path))
        case .object: !isFolder && path.contains("/objects/sha256/")
        case .objectFolder: isFolder && path.hasSuffix("/objects/sha256")
        case .page: !isFolder && path.contains("/finops/aws/") && path.contains("/reports/")
        case .pageFolder: isFolder && path.contains("/finops/aws/") && path.hasSuffix("/reports")
        case .bagFile: !isFolder && path.contains(".partial/")
        case .bagFolder: isFolder && path.contains(".partial")
        case .archiveFolder: isFolder && path.hasSuffix("/finops-reports")
        case .newFolder:
            isFolder && ["/", "/srv", "/srv/tmp", "/srv/evidence", "/srv/tmp/cloud-infrastructure"].contains(path)
        }
    }

    /// The last component of a run's own folder.
    private static func runSuffix(_ path: String) -> String {
        let name = path.split(separator: "/").last.map(String.init) ?? ""
        return BillingMonth(String(name.prefix(7))) == nil ? "\n" : "/" + name
    }
}

/// Says "done" one operation before it is.
final class EarlyDisk: FileSystemLayer, @unchecked Sendable {
    let below: any FileSystem
    private var owed: [String] = []

    init(_ below: any FileSystem) { self.below = below }

    func synchronize(_ path: String) throws {
        try settle()
        owed = [path]
    }
    func synchronize(all paths: [String]) throws {
        try settle()
        owed = paths
    }
    func write(_ bytes: Data, to path: String, mode: UInt32) throws {
        try settle()
        try below.write(bytes, to: path, mode: mode)
    }
    func append(_ bytes: Data, to path: String) throws {
        try settle()
        try below.append(bytes, to: path)
    }
    func rename(_ path: String, to target: String) throws {
        try settle()
        try below.rename(path, to: target)
    }

    private func settle() throws {
        let paths = owed
        owed = []
        try below.synchronize(all: paths)
    }
}

/// Synchronises all but the last of many.
struct ForgetfulDisk: FileSystemLayer {
    let below: any FileSystem
    func synchronize(all paths: [String]) throws {
        try below.synchronize(all: paths.count > 1 ? Array(paths.dropLast()) : paths)
    }
}

/// Renames a file first and synchronises it under its new name.
final class HastyDisk: FileSystemLayer, @unchecked Sendable {
    let below: any FileSystem
    private var waiting: Set<String> = []

    init(_ below: any FileSystem) { self.below = below }

    func synchronize(_ path: String) throws { try synchronize(all: [path]) }
    func synchronize(all paths: [String]) throws {
        let (aside, others) = (paths.filter { $0.hasSuffix(".partial") }, paths.filter { !$0.hasSuffix(".partial") })
        waiting.formUnion(aside)
        try below.synchronize(all: others)
    }
    func rename(_ path: String, to target: String) throws {
        try below.rename(path, to: target)
        if waiting.remove(path) != nil { try below.synchronize(target) }
    }
}

/// Writes `x` where `.x.partial` was meant.
struct InPlaceDisk: FileSystemLayer {
    let below: any FileSystem

    func write(_ bytes: Data, to path: String, mode: UInt32) throws {
        try below.write(bytes, to: Self.target(of: path), mode: mode)
    }
    func synchronize(_ path: String) throws { try below.synchronize(Self.target(of: path)) }
    func synchronize(all paths: [String]) throws { try below.synchronize(all: paths.map(Self.target)) }
    func makeDirectory(_ path: String) throws { try below.makeDirectory(Self.target(of: path)) }
    func rename(_ path: String, to target: String) throws {
        if Self.target(of: path) != target { try below.rename(path, to: target) }
    }
    func kind(of path: String) throws -> FileKind? {
        path.contains(".partial") ? nil : try below.kind(of: path)
    }

    private static func target(of path: String) -> String {
        path.split(separator: "/", omittingEmptySubsequences: false).map { part in
            part.hasPrefix(".") && part.hasSuffix(".partial")
                ? String(part.dropFirst().dropLast(".partial".count)) : String(part)
        }.joined(separator: "/")
    }
}

/// Takes no notice of what one kind of operation complains of.
struct DeafDisk: FileSystemLayer {
    let verb: TroubledDisk.Verb
    let below: any FileSystem

    func synchronize(_ path: String) throws { try tolerate(.synchronize) { try below.synchronize(path) } }
    func synchronize(all paths: [String]) throws { for path in paths { try synchronize(path) } }
    func append(_ bytes: Data, to path: String) throws { try tolerate(.append) { try below.append(bytes, to: path) } }

    private func tolerate(_ verb: TroubledDisk.Verb, _ body: () throws -> Void) throws {
        do { try body() } catch { if verb != self.verb { throw error } }
    }
}

/// Goes on behind the last byte of a journal, whatever it is: the file is not written anew when it is opened.
struct ContinuingDisk: FileSystemLayer {
    let below: any FileSystem

    func write(_ bytes: Data, to path: String, mode: UInt32) throws {
        if try !isAside(path) { try below.write(bytes, to: path, mode: mode) }
    }
    func synchronize(_ path: String) throws { if try !isAside(path) { try below.synchronize(path) } }
    func synchronize(all paths: [String]) throws { try below.synchronize(all: paths.filter { try !isAside($0) }) }
    func rename(_ path: String, to target: String) throws {
        if try !isAside(path) { try below.rename(path, to: target) }
    }

    private func isAside(_ path: String) throws -> Bool {
        guard path.hasSuffix("/.journal.jsonl.partial") else { return false }
        return try below.kind(of: path.replacing("/.journal.jsonl.partial", with: "/journal.jsonl")) != nil
    }
}

/// Shows the engine a key that nobody put there.
struct GullibleDisk: FileSystemLayer {
    let below: any FileSystem

    func list(_ directory: String) throws -> [String] {
        try below.list(directory) + (directory.hasSuffix("/trust/approvers") ? ["mallory.pub"] : [])
    }
    func read(_ path: String) throws -> Data {
        path.hasSuffix("/mallory.pub") ? Data(try People.mallory.publicKey.pem.utf8) : try below.read(path)
    }
}
