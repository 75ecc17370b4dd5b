import CostExports
import Evidence
import FinOps
import Foundation
import OpenSSL
import Sandbox

/// What `--source` names: a layer of the month and where its line items lie. Read before anything is asked of AWS: a file that
/// cannot be understood costs nothing.
struct LineItemSource {
    let path: String
    /// As the person wrote it.
    let text: String

    /// Looks whether something is there, and reads nothing of it.
    init(_ text: String) throws {
        let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 2, !parts[1].isEmpty else {
            throw InputError(
                "bad_source", "`--source \(text)` is not LAYER=PATH", hint: "write `--source L3=FILE` or `L3=FOLDER`")
        }
        guard parts[0] == "L3" else {
            throw InputError(
                "bad_source", "`--source \(text)` names layer \(parts[0]), and only L3 is read from files",
                hint: "L1 comes from Cost Explorer; line items are `--source L3=PATH`")
        }
        guard !parts[1].contains("://"), !parts[1].hasPrefix("athena:") else {
            throw InputError(
                "bad_source", "`--source \(text)` is not on this machine, and only files and folders are read",
                hint: "copy the export first: `aws s3 sync s3://BUCKET/PREFIX/EXPORT FOLDER`")
        }
        self.text = parts[1]
        path = URL(fileURLWithPath: parts[1]).resolvingSymlinksInPath().path
        guard FileManager.default.isReadableFile(atPath: path) else {
            throw InputError("bad_source", "`--source \(text)`: no file or folder \(parts[1]) can be read")
        }
    }

    func read(_ month: BillingMonth, settings: Settings, global: GlobalOptions) async throws -> LineItemExport {
        let engine = try await DuckDB.find(
            configured: settings[.duckdb]?.text, path: global.environment["PATH"] ?? "/usr/bin:/bin",
            processes: SubprocessRunner())
        return try await LineItemReader(
            engine: engine, disk: LocalFileSystem(), clock: SystemClock(), hashing: SystemHashing(),
            digest: FileDigest.of
        ).read(path: path, month: month)
    }
}

extension RunOptions {
    func lineItems(settings: Settings, global: GlobalOptions) async throws -> LineItemExport? {
        guard let source = try lineItemSource() else { return nil }
        let today = sandbox ? SandboxOptions().today : SystemClock().now().day
        return try await source.read(billingMonth(today: today), settings: settings, global: global)
    }

    /// Parsed in one place for `run` and `plan` alike.
    func lineItemSource() throws -> LineItemSource? {
        guard sources.count <= 1 else {
            throw InputError(
                "bad_source", "`--source` names L3 \(sources.count) times", hint: "name one file or folder")
        }
        return try sources.first.map(LineItemSource.init)
    }
}

/// The digest of a file of any size, piece by piece.
enum FileDigest {
    static func of(_ path: String) throws -> (sha256: FinOps.Digest, bytes: Int) {
        guard let handle = FileHandle(forReadingAtPath: path) else {
            throw FileError(code: "ENOENT", path: path, operation: "read")
        }
        defer { try? handle.close() }
        var digest = SHA256()
        var count = 0
        do {
            while let piece = try handle.read(upToCount: 1 << 20), !piece.isEmpty {
                digest.update(piece)
                count += piece.count
            }
        } catch {
            throw FileError(code: "EIO", path: path, operation: "read")
        }
        guard let value = FinOps.Digest(bytes: digest.finalize()) else {
            throw FileError(code: "EIO", path: path, operation: "digest")
        }
        return (value, count)
    }
}
