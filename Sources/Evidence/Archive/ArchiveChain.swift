public import FinOps
import Foundation
import OpenSSL

/// A seal in the archive, its signature verified.
public struct ChainLink: Hashable, Sendable {
    public let folder: MonthFolder
    /// SHA-256 of the payload: the seal's name in the chain.
    public let seal: Digest
    public let predicate: RunPredicate

    public var reference: NamedDigest { NamedDigest(name: folder.description, digest: seal) }
}

/// Where the next month stands.
public struct ChainPlace: Hashable, Sendable {
    /// From 1.
    public let sequence: Int
    /// The seal it follows; nil for the first.
    public let previous: NamedDigest?
    /// The chain's own random id; nil until the first month is sealed.
    public let logID: String?

    public init(sequence: Int, previous: NamedDigest?, logID: String?) {
        self.sequence = sequence
        self.previous = previous
        self.logID = logID
    }
}

/// The seals of an archive, in the order of their chain. Reads the seals and not the months: what they cover is
/// `ArchiveVerifier`'s to check.
public struct ArchiveChain: Sendable {
    let layout: ArchiveLayout
    let fileSystem: any FileSystem

    public init(layout: ArchiveLayout, fileSystem: any FileSystem) {
        self.layout = layout
        self.fileSystem = fileSystem
    }

    /// Every seal, oldest first. Throws `chain_broken` when one does not verify, is missing or does not follow the one before:
    /// nothing may be built on such an archive.
    public func links() throws -> [ChainLink] {
        let trust = try TrustStore(folder: layout.trustFolder, fileSystem: fileSystem).load()
        let links = try folders().map { try link($0, trust: trust) }.sorted {
            $0.predicate.seq < $1.predicate.seq
        }
        for (index, link) in links.enumerated() {
            let before = index > 0 ? links[index - 1] : nil
            guard link.predicate.seq == index + 1, link.predicate.previous == before?.reference,
                link.predicate.logId == links[0].predicate.logId
            else { throw broken("\(link.folder) does not follow \(before.map { "\($0.folder)" } ?? "the beginning")") }
        }
        return links
    }

    /// Where a month sealed now would stand.
    public func nextPlace() throws -> ChainPlace {
        let last = try links().last
        return ChainPlace(
            sequence: (last?.predicate.seq ?? 0) + 1, previous: last?.reference, logID: last?.predicate.logId)
    }

    /// The newest seal of the month, or nil when it is not in the archive. Throws `chain_broken` when it does not verify.
    public func latest(of month: BillingMonth) throws -> ChainLink? {
        guard let folder = try folders().last(where: { $0.month == month }) else { return nil }
        return try link(folder, trust: TrustStore(folder: layout.trustFolder, fileSystem: fileSystem).load())
    }

    /// The folder a new seal of the month takes: the month itself, or its next restatement when it is sealed already.
    public func freeFolder(for month: BillingMonth) throws -> MonthFolder {
        let last = try folders().filter { $0.month == month }.map(\.revision).max()
        return MonthFolder(month, revision: last.map { $0 + 1 } ?? 0)
    }

    func folders() throws -> [MonthFolder] {
        guard try fileSystem.exists(layout.archiveFolder) else { return [] }
        return try fileSystem.list(layout.archiveFolder).compactMap(MonthFolder.init).sorted()
    }

    private func link(_ folder: MonthFolder, trust: Trust) throws -> ChainLink {
        let path = layout.month(folder) + "/" + BagPath.seal
        guard try fileSystem.exists(path) else { throw broken("\(folder) has no seal") }
        let bundle = try SigstoreBundle(try fileSystem.read(path))
        let signers = trust.runners.signers(of: bundle)
        guard !signers.isEmpty else { throw broken("the seal of \(folder) does not verify") }
        let predicate = try Statement<RunPredicate>(payload: bundle.payload).predicate
        guard signers.count(at: predicate.seq) else {
            throw broken("the key that sealed \(folder) is trusted only \(signers[0].window.words)")
        }
        return ChainLink(folder: folder, seal: bundle.payloadDigest, predicate: predicate)
    }

    private func broken(_ cause: String) -> EvidenceError {
        EvidenceError(
            .chainBroken, "the archive \(layout.relative(layout.archiveFolder)) does not hold together", cause: cause,
            hint: "run `finops-monthly verify` to see what differs, and restore it from a copy")
    }
}
