import Evidence
import FinOps
import Foundation
import OpenSSL

/// An archive in a temporary folder, and the way to seal months into it: each with three reports, facts, a policy, a
/// coordination log, an approval by alice and a journal.
struct SampleArchive {
    let folder: TemporaryFolder
    let layout: ArchiveLayout
    let runner: ECDSAPrivateKey
    let alice: ECDSAPrivateKey
    let logID = "00112233445566778899aabbccddeeff"

    init() throws {
        folder = try TemporaryFolder()
        layout = try ArchiveLayout(root: folder.path, project: "sample")
        runner = try .generate()
        alice = try .generate()
        let trust = TrustStore(folder: layout.trustFolder, fileSystem: LocalFileSystem())
        try trust.trustRunner(runner.publicKey)
        try trust.trustApprover("alice", alice.publicKey)
    }

    /// The same files in another folder.
    init(copying original: SampleArchive) throws {
        folder = try TemporaryFolder()
        layout = try ArchiveLayout(root: folder.path, project: "sample")
        (runner, alice) = (original.runner, original.alice)
        try FileManager.default.copyItem(atPath: original.folder["evidence"], toPath: folder["evidence"])
    }

    /// Seals each month after the other, January first.
    init(months: Int) throws {
        try self.init()
        for number in 1...months { try seal(BillingMonth(year: 2026, month: number)!) }
    }

    func seal(of folder: MonthFolder) -> String { layout.month(folder) + "/" + BagPath.seal }

    var chain: ArchiveChain { ArchiveChain(layout: layout, fileSystem: LocalFileSystem()) }

    @discardableResult
    func seal(_ month: BillingMonth) throws -> SealedMonth {
        try Sealer(layout: layout, key: runner, fileSystem: LocalFileSystem()).seal(order(month))
    }

    /// What a run of the month would have sealed. `presented` may add to or replace alice's approval; `edit` sees the payload
    /// last.
    func order(
        _ month: BillingMonth, outcome: RunPredicate.Outcome = .passed, quorum: Int = 1,
        presented: ((ApprovalRequest) throws -> [String: Data])? = nil,
        edit: (inout BagPayload) throws -> Void = { _ in }
    ) throws -> SealOrder {
        let place = try chain.nextPlace()
        var payload = BagPayload()
        let reports = ["cfo.html", "cfo.md", "stakeholder-email.md"].map {
            ("reports/\($0)", Data("\($0) of \(month)\n".utf8))
        }
        for (path, bytes) in reports { try payload.add(path, bytes) }
        let (facts, policy) = (Data("{\"month\":\"\(month)\"}\n".utf8), Data("{\"quorum\":1}\n".utf8))
        try payload.add("facts.json", facts)
        try payload.add("policy.json", policy)
        try payload.add("coordination-logs/qa-engineer-2026-04-01.json", Data("{}\n".utf8))

        let clock = SetClock("2026-04-01T08:00:00Z")
        let request = ApprovalRequest(
            requestId: "\(month)#1-0011223344556677", run: "\(month)-3f9c1a2b", period: month,
            deliverables: DeliverablesDigest.compute(reports), facts: SystemHashing().sha256(facts),
            policy: SystemHashing().sha256(policy), seq: place.sequence, previous: place.previous, logId: logID,
            total: Money("318841.25", .usd), policyThreshold: Money("250000", .usd), quorum: quorum,
            requesterMayApprove: false, requestedBy: "carol", requestedOn: clock.time,
            expiresOn: clock.time.adding(seconds: 86_400))
        try payload.add("approvals/request.json", request.encoded())
        clock.time = clock.time.adding(seconds: 60)
        let approval = ["G7-alice.sigstore.json": try approve(request, on: clock.time)]
        let bundles = try presented?(request) ?? approval

        let path = folder["journals/\(month)-\(UUID().uuidString).jsonl"]
        let journal = try Journal(path: path, run: "\(month)-3f9c1a2b", clock: clock, fileSystem: LocalFileSystem())
        try journal.append(JournalEvent(.runOpened))
        try journal.append(
            JournalEvent(.approvalRequested, phase: .approval, outputs: ["request": try request.digest()]))
        for (name, bundle) in bundles.sorted(by: { $0.key < $1.key }) {
            try payload.add("approvals/\(name)", bundle)
            try journal.append(
                JournalEvent(
                    .decisionRecorded, phase: .approval, outputs: ["bundle": SystemHashing().sha256(bundle)]))
        }
        try journal.append(JournalEvent(.archiveFrozen, phase: .archive))
        try edit(&payload)
        return SealOrder(
            folder: try chain.freeFolder(for: month), outcome: outcome, gates: ["G4": "passed", "G6": "advised"],
            payload: payload, journal: try journal.frozen()!, place: place, logID: logID,
            tool: .init(version: "0.1.0", digest: .zero))
    }

    func approve(
        _ request: ApprovalRequest, _ decision: ApprovalPredicate.Decision = .approved, on time: Timestamp? = nil
    ) throws -> Data {
        try ApprovalStatement.sign(
            request, decision: decision, approver: "alice", decidedOn: time ?? request.requestedOn.adding(seconds: 60),
            reviewed: ["total tied to invoice"], comment: "as expected", key: alice
        ).encoded()
    }

    func report(trust: String? = nil, expectedHead: Digest? = nil) throws -> VerificationReport {
        try ArchiveVerifier(
            archiveFolder: layout.archiveFolder, trustFolder: trust ?? layout.trustFolder, fileSystem: LocalFileSystem()
        ).verify(expectedHead: expectedHead)
    }
}

extension VerificationReport {
    /// What is not ok, as `2026-02 manifest: differs`.
    var trouble: Set<String> {
        Set(
            lines.filter { $0.word != .ok }.map {
                ($0.month.map { $0 + " " } ?? "") + $0.check + ": " + $0.word.rawValue
            })
    }
}
