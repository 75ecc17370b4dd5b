public import FinOps
import Foundation
public import OpenSSL

/// Everything that decides what a sealed month says. All times come from the frozen journal, so sealing again after a crash
/// gives the same payload.
public struct SealOrder: Sendable {
    public let folder: MonthFolder
    public let outcome: RunPredicate.Outcome
    /// `G4` → `passed`.
    public let gates: [String: String]
    /// Everything but the journal. The digests of reports, facts and policy are taken from here.
    public let payload: BagPayload
    public let journal: FrozenJournal
    public let place: ChainPlace
    /// Of the chain; for the first month the random id its approval request named.
    public let logID: String
    public let tool: RunPredicate.Tool

    public init(
        folder: MonthFolder, outcome: RunPredicate.Outcome, gates: [String: String], payload: BagPayload,
        journal: FrozenJournal, place: ChainPlace, logID: String, tool: RunPredicate.Tool
    ) {
        self.folder = folder
        self.outcome = outcome
        self.gates = gates
        self.payload = payload
        self.journal = journal
        self.place = place
        self.logID = logID
        self.tool = tool
    }
}

/// A month that lies in the archive under its seal.
public struct SealedMonth: Hashable, Sendable {
    public let folder: MonthFolder
    /// As the layout gives it.
    public let path: String
    /// SHA-256 of the seal's payload.
    public let seal: Digest
    public let sequence: Int
    public let previous: Digest?
    /// Files in the bag, the seal among them.
    public let fileCount: Int
    /// Of all files but the seal, whose length differs from one signature to the next.
    public let bytes: Int
}

/// Puts a month into the archive: built aside, synchronised, and committed by one rename. A crash leaves either nothing or
/// the whole month, and sealing again finishes the work.
public struct Sealer: Sendable {
    let layout: ArchiveLayout
    let fileSystem: any FileSystem
    private let signing: Signing

    /// With a key that is at hand.
    public init(layout: ArchiveLayout, key: ECDSAPrivateKey, fileSystem: any FileSystem) {
        self.init(layout, .now(key), fileSystem)
    }

    private init(_ layout: ArchiveLayout, _ signing: Signing, _ fileSystem: any FileSystem) {
        (self.layout, self.signing, self.fileSystem) = (layout, signing, fileSystem)
    }

    /// With a key wherever it lies. What a service is to sign is made first, and sealed if it is still the same once it was
    /// signed: nobody holds the lock of the archive while a service is asked.
    public static func seal(
        _ order: SealOrder, in layout: ArchiveLayout, with key: any SigningKey, fileSystem: any FileSystem
    ) async throws -> SealedMonth {
        if let key = key as? ECDSAPrivateKey {
            return try Sealer(layout: layout, key: key, fileSystem: fileSystem).seal(order)
        }
        let publicKey = try key.publicKey
        let draft = try Sealer(layout, .before(nil, by: publicKey), fileSystem).draft(order).statement
        let signed = try await SigstoreBundle.sign(draft, with: key)
        return try Sealer(layout, .before(signed, by: publicKey), fileSystem).seal(order)
    }

    private enum Signing: Sendable {
        case now(ECDSAPrivateKey)
        /// What was signed before the archive was locked; nil while it is only drafted.
        case before(SigstoreBundle?, by: ECDSAPublicKey)

        var publicKey: ECDSAPublicKey {
            get throws {
                switch self {
                case .now(let key): try key.publicKey
                case .before(_, let publicKey): publicKey
                }
            }
        }

        /// Nil when something else was signed.
        func sign(_ payload: Data) throws -> SigstoreBundle? {
            switch self {
            case .now(let key): try SigstoreBundle(signing: payload, with: key)
            case .before(let bundle, _): bundle?.payload == payload ? bundle : nil
            }
        }
    }

    /// Throws `month_already_sealed` rather than overwrite, `chain_moved` when another month took the place, `chain_broken`,
    /// `key_unusable` when the archive does not trust this runner, `busy`, or `FileError`.
    public func seal(_ order: SealOrder) throws -> SealedMonth {
        let lock = try RunLock.acquire(layout.archiveLock, subject: "the archive", in: fileSystem)
        defer { lock.release() }
        let (bag, sealed, links) = try draft(order)
        let result = try result(order, bag: bag, statement: sealed)

        let present = links.first { $0.folder == order.folder }
        if let present {
            guard present.seal == result.seal else {
                throw EvidenceError(
                    .monthAlreadySealed, "\(order.folder) is sealed in \(layout.relative(result.path)) already",
                    cause: "its seal is \(present.seal.named)",
                    hint: "seal a restatement beside it; no month is overwritten")
            }
        } else {
            try requirePlace(order, after: links.last)
            try commit(bag, statement: sealed, as: order.folder)
        }
        // Also after an earlier attempt that died between the rename and these.
        try fileSystem.synchronize(layout.archiveFolder)
        try AtomicFile.makeDirectory(layout.archiveFolder, durableBelow: layout.root, in: fileSystem)
        try placeScript()
        if present == nil || present == links.last {
            try AtomicFile.write(Data("\(result.seal)\n".utf8), to: layout.head, in: fileSystem)
        }
        return result
    }

    /// The bag, what its seal will say, and the seals before it.
    private func draft(_ order: SealOrder) throws -> (bag: Bag, statement: Data, links: [ChainLink]) {
        try requireTrust(at: order.place.sequence)
        var payload = order.payload
        try payload.add("journal.jsonl", order.journal.bytes)
        let bag = Bag(
            payload, identifier: "\(layout.project)/\(order.folder)", baggedOn: order.journal.frozenOn.day,
            agent: "\(order.tool.name) \(order.tool.version)")
        let links = try ArchiveChain(layout: layout, fileSystem: fileSystem).links()
        let statement = Statement(
            subject: [NamedDigest(name: BagPath.tagManifest, digest: bag.tagManifestDigest)],
            predicate: try predicate(order, links: links))
        return (bag, try statement.payload(), links)
    }

    private func predicate(_ order: SealOrder, links: [ChainLink]) throws -> RunPredicate {
        var supersedes: NamedDigest?
        if order.folder.revision > 0 {
            let before = MonthFolder(order.folder.month, revision: order.folder.revision - 1)
            supersedes = links.first { $0.folder == before }?.reference
            guard supersedes != nil else {
                throw EvidenceError(.chainMoved, "there is no \(before) that \(order.folder) could restate")
            }
        }
        let files = order.payload.files
        let reports = files.filter { $0.key.hasPrefix("reports/") }
        return RunPredicate(
            period: order.folder.month, seq: order.place.sequence, previous: order.place.previous,
            supersedes: supersedes, outcome: order.outcome, gates: order.gates,
            deliverables: reports.isEmpty ? nil : DeliverablesDigest.compute(reports.map { ($0.key, $0.value) }),
            facts: files["facts.json"].map { Digest(of: $0) }, policy: files["policy.json"].map { Digest(of: $0) },
            journalHead: order.journal.head, events: order.journal.events, logId: order.logID, tool: order.tool)
    }

    private func commit(_ bag: Bag, statement: Data, as folder: MonthFolder) throws {
        let partial = layout.partial(folder)
        guard let seal = try keptSeal(in: partial, of: statement) ?? signing.sign(statement)?.encoded() else {
            throw moved(folder)
        }
        try fileSystem.remove(partial)
        try AtomicFile.makeDirectory(partial, in: fileSystem)
        try Bag.write(bag.files.merging([BagPath.seal: seal]) { $1 }, to: partial, in: fileSystem)
        try fileSystem.rename(partial, to: layout.month(folder))
    }

    /// The seal of an earlier attempt, if it says the same: it may have been stamped since.
    private func keptSeal(in partial: String, of statement: Data) throws -> Data? {
        guard let bytes = try? fileSystem.read(partial + "/" + BagPath.seal), let bundle = try? SigstoreBundle(bytes),
            bundle.payload == statement, try bundle.isSigned(by: signing.publicKey)
        else { return nil }
        return bytes
    }

    /// Puts this version's `verify.sh` beside the months.
    private func placeScript() throws {
        let bytes = Data(VerifyScript.text.utf8)
        guard try !fileSystem.exists(layout.verifyScript) || fileSystem.read(layout.verifyScript) != bytes else {
            return
        }
        try AtomicFile.write(bytes, to: layout.verifyScript, mode: 0o755, in: fileSystem)
    }

    private func requireTrust(at sequence: Int) throws {
        let trusted = try TrustStore(folder: layout.trustFolder, fileSystem: fileSystem).load().runners
        let own = try signing.publicKey
        guard trusted.filter({ $0.key == own }).count(at: sequence) else {
            let reason = trusted.isEmpty ? "holds no runner key" : "lists another runner key for this month"
            throw EvidenceError(
                .keyUnusable, "the archive does not trust this runner's key",
                cause: "\(layout.relative(layout.trustFolder)) \(reason)",
                hint: "seal with the key the archive began with; `finops-monthly keys list` shows yours")
        }
    }

    private func requirePlace(_ order: SealOrder, after last: ChainLink?) throws {
        let sequence = (last?.predicate.seq ?? 0) + 1
        guard order.place.sequence == sequence, order.place.previous == last?.reference,
            last == nil || last?.predicate.logId == order.logID
        else { throw moved(order.folder, cause: "the archive ends with \(last.map { "\($0.folder)" } ?? "nothing")") }
    }

    private func moved(_ folder: MonthFolder, cause: String? = nil) -> EvidenceError {
        EvidenceError(
            .chainMoved, "another month was sealed since \(folder) was asked for", cause: cause,
            hint: "resume the run; what was decided was about another place in the chain and is asked again")
    }

    private func result(_ order: SealOrder, bag: Bag, statement: Data) throws -> SealedMonth {
        SealedMonth(
            folder: order.folder, path: layout.month(order.folder), seal: Digest(of: statement),
            sequence: order.place.sequence, previous: order.place.previous?.digest, fileCount: bag.files.count + 1,
            bytes: bag.files.values.reduce(0) { $0 + $1.count })
    }
}
