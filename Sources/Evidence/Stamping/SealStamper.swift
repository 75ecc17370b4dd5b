public import FinOps
import Foundation
import OpenSSL

/// Adds time stamps to the seal of a month that is in the archive already. A stamp lies outside what is signed, so neither
/// payload nor chain is touched: stamping can be done, repeated and made up for at any time.
public struct SealStamper: Sendable {
    let layout: ArchiveLayout
    let authorities: [any TimestampAuthority]
    let fileSystem: any FileSystem

    public init(layout: ArchiveLayout, authorities: [any TimestampAuthority], fileSystem: any FileSystem) {
        self.layout = layout
        self.authorities = authorities
        self.fileSystem = fileSystem
    }

    /// Asks every authority that has not stamped the month's seal, keeps each stamp that verifies, and says what became of
    /// each question. Asks nobody when there are as many stamps as authorities.
    ///
    /// Throws `key_missing` when the archive trusts no authority's root, `busy`, `malformed`, or `FileError`.
    public func stamp(_ folder: MonthFolder) async throws -> [StampReceipt] {
        guard !authorities.isEmpty else { return [] }
        let roots = try TrustStore(folder: layout.trustFolder, fileSystem: fileSystem).load().stampRoots
        guard let roots else {
            throw EvidenceError(
                .keyMissing, "no time-stamping authority is trusted",
                cause: "\(layout.relative(layout.trustFolder))/\(TrustStore.stampRootsName) is missing",
                hint: "put the authority's root certificate there, as PEM, and run `finops-monthly stamp`")
        }
        let signature = try seal(of: folder).signature
        guard try seal(of: folder).timestamps.count < authorities.count else { return [] }
        var receipts: [StampReceipt] = []
        for authority in authorities {
            let (receipt, stamp) = try await authority.stamp(signature, roots: roots)
            if let stamp { try keep(stamp, by: receipt, in: folder, roots: roots) }
            receipts.append(receipt)
        }
        return receipts
    }

    /// How many stamps the month's seal carries. Does not verify them.
    public func stampCount(_ folder: MonthFolder) throws -> Int { try seal(of: folder).timestamps.count }

    /// Rewrites the seal's file with one stamp more, unless the same authority has stamped it meanwhile. Written beside the
    /// bag, for a left-over inside it would be a file that no manifest knows.
    private func keep(_ stamp: Data, by receipt: StampReceipt, in folder: MonthFolder, roots: TimestampRoots) throws {
        let lock = try RunLock.acquire(layout.archiveLock, subject: "the archive", in: fileSystem)
        defer { lock.release() }
        let bundle = try seal(of: folder)
        let present = bundle.timestamps.compactMap {
            try? TimestampReply($0).verify(over: bundle.signature, roots: roots).authority
        }
        if case .stamped(_, let authority) = receipt.result, present.contains(authority) { return }
        let (path, aside) = (layout.month(folder) + "/" + BagPath.seal, layout.sealAside(folder))
        try fileSystem.write(bundle.adding(stamp: stamp).encoded(), to: aside)
        try fileSystem.synchronize(aside)
        try fileSystem.rename(aside, to: path)
        try fileSystem.synchronize(AtomicFile.split(path).folder)
        try fileSystem.synchronize(layout.archiveFolder)
    }

    private func seal(of folder: MonthFolder) throws -> SigstoreBundle {
        try SigstoreBundle(try fileSystem.read(layout.month(folder) + "/" + BagPath.seal))
    }
}
