import CostExports
import Evidence
import FinOps
import Foundation
import OpenSSL
import Sandbox

/// What `--source` names: a layer of the month and where its line items lie. Read before anything else is asked of AWS: an
/// export that cannot be understood costs nothing.
struct LineItemSource {
    let place: ItemPlace
    /// As the person wrote it.
    let text: String

    /// Looks whether something is there when it is on this machine, and reads nothing of it.
    init(_ text: String) throws {
        let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 2, !parts[1].isEmpty else {
            throw InputError(
                "bad_source", "`--source \(text)` is not LAYER=PLACE",
                hint: "write `--source L3=FILE`, `L3=FOLDER`, `L3=s3://BUCKET/PREFIX` or `L3=athena:DATABASE.TABLE`")
        }
        guard parts[0] == "L3" else {
            throw InputError(
                "bad_source", "`--source \(text)` names layer \(parts[0]), and only L3 is read from line items",
                hint: "L1 comes from Cost Explorer; line items are `--source L3=PLACE`")
        }
        self.text = parts[1]
        place = try Self.place(parts[1])
    }

    private static func place(_ text: String) throws -> ItemPlace {
        if let address = ObjectAddress(text) { return .bucket(address) }
        if text.hasPrefix("athena:") {
            guard let table = TableName(String(text.dropFirst(7))) else {
                throw InputError(
                    "bad_source", "`--source L3=\(text)` names no table", hint: "write athena:DATABASE.TABLE")
            }
            return .table(table)
        }
        guard !text.contains("://") else {
            throw InputError(
                "bad_source", "`--source L3=\(text)` is neither on this machine nor in a bucket",
                hint: "name a file, a folder, s3://BUCKET/PREFIX or athena:DATABASE.TABLE")
        }
        let path = URL(fileURLWithPath: text).resolvingSymlinksInPath().path
        guard FileManager.default.isReadableFile(atPath: path) else {
            throw InputError("bad_source", "`--source L3=\(text)`: no file or folder \(text) can be read")
        }
        return .local(path: path)
    }

    /// - Parameter profile: The run's, whose credentials read what is at AWS.
    func read(
        _ month: BillingMonth, settings: Settings, profile: String?, global: GlobalOptions
    ) async throws -> LineItemExport {
        let engine = try await DuckDB.find(
            configured: settings[.duckdb]?.text, path: global.environment["PATH"] ?? "/usr/bin:/bin",
            processes: SubprocessRunner())
        let reader = LineItemReader(
            engine: engine, disk: LocalFileSystem(), clock: SystemClock(), hashing: SystemHashing(),
            digest: FileDigest.of)
        switch place {
        case .local(let path): return try await reader.read(path: path, month: month)
        case .bucket(let address):
            return try await read(
                address, month, through: reader, settings: settings, profile: profile, global: global)
        case .table(let table):
            return try await read(table, month, settings: settings, profile: profile, global: global)
        }
    }
}

extension RunOptions {
    func lineItems(settings: Settings, global: GlobalOptions) async throws -> LineItemExport? {
        guard let source = try lineItemSource() else { return nil }
        let today = sandbox ? SandboxOptions().today : SystemClock().now().day
        return try await source.read(
            billingMonth(today: today), settings: settings, profile: try scope().profile, global: global)
    }

    /// Parsed in one place for `run` and `plan` alike.
    func lineItemSource() throws -> LineItemSource? {
        guard sources.count <= 1 else {
            throw InputError(
                "bad_source", "`--source` names L3 \(sources.count) times", hint: "name one place")
        }
        let source = try sources.first.map(LineItemSource.init)
        guard !sandbox || source?.place.isRemote != true else {
            throw InputError(
                "bad_source",
                "`--source L3=\(source!.text)` is at AWS, and the sample estate has neither buckets nor tables",
                hint: "`finops-monthly sandbox --line-items FOLDER` writes its export")
        }
        return source
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
