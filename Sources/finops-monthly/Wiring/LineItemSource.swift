import CostExports
import Evidence
import FinOps
import Foundation
import OpenSSL

/// What `--source` names: a layer of the month and where its line items lie. Read before anything else is asked of AWS: an
/// export that cannot be understood costs nothing.
struct LineItemSource {
    enum Layer: String {
        /// The whole month comes from them, and Cost Explorer is not asked.
        case month = "L1"
        /// They are held against the month.
        case beside = "L3"
    }

    let layer: Layer
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
        guard let layer = Layer(rawValue: parts[0]) else {
            throw InputError(
                "bad_source", "`--source \(text)` names layer \(parts[0]), and only L1 and L3 are read from line items",
                hint: "`L3=PLACE` holds line items against the month, `L1=PLACE` takes the whole month from them")
        }
        self.layer = layer
        self.text = parts[1]
        place = try Self.place(parts[1], layer)
    }

    private static func place(_ text: String, _ layer: Layer) throws -> ItemPlace {
        if let address = ObjectAddress(text) { return .bucket(address) }
        if text.hasPrefix("athena:") {
            guard let table = TableName(String(text.dropFirst(7))) else {
                throw InputError(
                    "bad_source", "`--source \(layer.rawValue)=\(text)` names no table",
                    hint: "write athena:DATABASE.TABLE")
            }
            return .table(table)
        }
        guard !text.contains("://") else {
            throw InputError(
                "bad_source", "`--source \(layer.rawValue)=\(text)` is neither on this machine nor in a bucket",
                hint: "name a file, a folder, s3://BUCKET/PREFIX or athena:DATABASE.TABLE")
        }
        let path = URL(fileURLWithPath: text).resolvingSymlinksInPath().path
        guard FileManager.default.isReadableFile(atPath: path) else {
            throw InputError(
                "bad_source", "`--source \(layer.rawValue)=\(text)`: no file or folder \(text) can be read")
        }
        return .local(path: path)
    }

    /// - Parameter profile: The run's, whose credentials read what is at AWS.
    func read(
        _ month: BillingMonth, through reader: LineItemReader, settings: Settings, profile: String?,
        global: GlobalOptions
    ) async throws -> LineItemExport {
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

extension LineItemSource {
    /// A table knows nothing of manifests, by which months before the month are told to be whole.
    var isNoMonth: InputError {
        InputError(
            "bad_source", "`--source L1=\(text)` names a table, and a whole month is read from files or a bucket",
            hint: "name where its files lie, `L1=s3://BUCKET/PREFIX`; `L3=\(text)` holds the table against a month")
    }

    func readMonth(
        _ month: BillingMonth, _ queries: [CostQuery], through reader: MonthExportReader, settings: Settings,
        profile: String?, global: GlobalOptions
    ) async throws -> MonthExport {
        switch place {
        case .local(let path): return try await reader.read(path: path, month: month, queries: queries)
        case .bucket(let address):
            return try await reader.read(
                address, month, queries: queries, settings: settings, profile: profile, global: global)
        case .table: throw isNoMonth
        }
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
