import FinOps
import Foundation
import OpenSSL
import TestSupport

@testable import Evidence

/// A copy of the original archive that may be damaged, with the auditor's own trust folder beside it.
struct ForgedArchive: Sendable {
    let sample: SampleArchive
    /// What an auditor pinned before anything was forged.
    let pinned: String
    /// The seals as they were.
    let links: [ChainLink]
    let odd: OddStamps
    let disk = LocalFileSystem()

    /// Stamps over the seal of February that must not count.
    struct OddStamps: Sendable {
        let backdated: Data
        let expired: Data
        let unknown: Data
    }

    init(of original: Original) throws {
        sample = try SampleArchive(copying: original.sample)
        pinned = sample.folder["pinned"]
        links = original.links
        odd = original.odd
        try FileManager.default.copyItem(atPath: sample.layout.trustFolder, toPath: pinned)
    }

    var february: String { month("2026-02") }
    var seal: String { sample.seal(of: MonthFolder("2026-02")!) }
    var bundle: SigstoreBundle { get throws { try SigstoreBundle(disk.read(seal)) } }

    func month(_ name: String) -> String { sample.layout.month(MonthFolder(name)!) }

    func write(_ path: String, _ text: String) throws { try disk.write(Data(text.utf8), to: february + "/" + path) }

    func edit(_ path: String, _ change: (inout Data) -> Void) throws {
        var bytes = Data(try disk.read(february + "/" + path))
        change(&bytes)
        try disk.write(bytes, to: february + "/" + path)
    }

    func editSeal(_ change: (String) -> String) throws {
        try disk.write(Data(change(String(decoding: try disk.read(seal), as: UTF8.self)).utf8), to: seal)
    }

    func copy(_ from: String, to: String) throws {
        try FileManager.default.copyItem(atPath: month(from), toPath: month(to))
    }

    /// The auditor's folder becomes a copy of another.
    func pin(_ folder: String) throws {
        try disk.remove(pinned)
        try FileManager.default.copyItem(atPath: folder, toPath: pinned)
    }

    func pin(_ change: (String) throws -> Void) throws { try change(pinned) }

    func trust(_ key: ECDSAPrivateKey, _ path: String) throws {
        try disk.write(Data(key.publicKey.pem.utf8), to: path)
    }

    /// Makes both manifests fit whatever lies in February now.
    func rewriteManifests() throws {
        let payload = try BagCheck(folder: february, fileSystem: disk).files.filter { $0.key.hasPrefix("data/") }
        let manifest = ManifestText.encode(payload.map { ($0.key, Digest(of: $0.value)) })
        let info = Data(
            String(decoding: try disk.read(february + "/bag-info.txt"), as: UTF8.self)
                .replacing(/Payload-Oxum: .*/, with: "Payload-Oxum: \(Bag.oxum(payload.values))").utf8)
        try disk.write(manifest, to: february + "/manifest-sha256.txt")
        try disk.write(info, to: february + "/bag-info.txt")
        let tags = [BagPath.declaration: Bag.declaration, BagPath.info: info, BagPath.manifest: manifest]
        try disk.write(
            ManifestText.encode(tags.map { ($0.key, Digest(of: $0.value)) }), to: february + "/tagmanifest-sha256.txt")
    }

    func restamp(_ stamps: [Data]) throws {
        let (old, disk) = (try bundle, disk)
        let bundle = SigstoreBundle(
            payload: old.payload, signature: old.signature, hint: old.hint, timestamps: stamps)
        try disk.write(bundle.encoded(), to: seal)
    }

    // MARK: The runner's own hand

    func order(
        outcome: RunPredicate.Outcome = .passed, quorum: Int = 1,
        presented: ((ApprovalRequest) throws -> [String: Data])? = nil,
        edit: (inout BagPayload) throws -> Void = { _ in }
    ) throws -> SealOrder {
        try sample.order(
            BillingMonth("2026-04")!, outcome: outcome, quorum: quorum, presented: presented, edit: edit)
    }

    func seal(
        outcome: RunPredicate.Outcome = .passed, quorum: Int = 1,
        presented: ((ApprovalRequest) throws -> [String: Data])? = nil,
        edit: (inout BagPayload) throws -> Void = { _ in }
    ) throws {
        _ = try Sealer(layout: sample.layout, key: sample.runner, fileSystem: disk).seal(
            order(outcome: outcome, quorum: quorum, presented: presented, edit: edit))
    }

    /// Seals past every rule of the `Sealer`.
    func sealByHand(
        _ order: SealOrder, sequence: Int? = nil, previous: NamedDigest? = nil, logID: String? = nil,
        supersedes: NamedDigest? = nil
    ) throws {
        var payload = order.payload
        try payload.add("journal.jsonl", order.journal.bytes)
        let bag = Bag(payload, identifier: "forged", baggedOn: order.journal.frozenOn.day, agent: "forger")
        let reports = order.payload.files.filter { $0.key.hasPrefix("reports/") }
        let predicate = RunPredicate(
            period: order.folder.month, seq: sequence ?? order.place.sequence,
            previous: previous ?? order.place.previous, supersedes: supersedes, outcome: order.outcome,
            gates: order.gates, deliverables: DeliverablesDigest.compute(reports.map { ($0.key, $0.value) }),
            facts: order.payload.files["facts.json"].map { Digest(of: $0) },
            policy: order.payload.files["policy.json"].map { Digest(of: $0) }, journalHead: order.journal.head,
            events: order.journal.events, logId: logID ?? order.logID, tool: order.tool)
        let statement = Statement(
            subject: [NamedDigest(name: BagPath.tagManifest, digest: bag.tagManifestDigest)], predicate: predicate)
        let seal = try SigstoreBundle(signing: statement.payload(), with: sample.runner).encoded()
        try Bag.write(
            bag.files.merging([BagPath.seal: seal]) { $1 }, to: sample.layout.month(order.folder), in: disk)
    }

    func decide(
        _ request: ApprovalRequest, approver: String = "alice", key: ECDSAPrivateKey? = nil,
        secondsAfterRequest: Int = 60, reviewed: [String] = ["the total"]
    ) throws -> Data {
        try ApprovalStatement.sign(
            request, decision: .approved, approver: approver,
            decidedOn: request.requestedOn.adding(seconds: secondsAfterRequest), reviewed: reviewed,
            comment: "as expected", key: key ?? sample.alice
        ).encoded()
    }
}

/// Three months, each sealed and stamped, made once.
struct Original: Sendable {
    let sample: SampleArchive
    let links: [ChainLink]
    let odd: ForgedArchive.OddStamps

    static let shared = Task { try await Original() }

    private init() async throws {
        let sample = try SampleArchive(months: 3)
        let disk = LocalFileSystem()
        odd = try await withStampAuthority { authority in
            try disk.write(
                Data(authority.rootPEM.utf8), to: sample.layout.trustFolder + "/" + TrustStore.stampRootsName)
            let stamper = SealStamper(layout: sample.layout, authorities: [Answering(authority)], fileSystem: disk)
            for folder in try sample.chain.links().map(\.folder) { _ = try await stamper.stamp(folder) }
            let february = try SigstoreBundle(disk.read(sample.seal(of: MonthFolder("2026-02")!))).signature
            return try await withStampAuthority { stranger in
                ForgedArchive.OddStamps(
                    backdated: try await authority.stamp(february, .backdated),
                    expired: try await authority.stamp(february, .expired),
                    unknown: try await stranger.stamp(february))
            }
        }
        links = try sample.chain.links()
        self.sample = sample
    }
}
