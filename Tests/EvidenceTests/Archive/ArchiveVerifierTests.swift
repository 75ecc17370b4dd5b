import Evidence
import FinOps
import Foundation
import OpenSSL
import Testing

struct ArchiveVerifierTests {
    let disk = LocalFileSystem()
    let archive: SampleArchive
    let january: String
    let february: String
    let march: String

    init() throws {
        archive = try SampleArchive(months: 3)
        january = archive.layout.month(MonthFolder("2026-01")!)
        february = archive.layout.month(MonthFolder("2026-02")!)
        march = archive.layout.month(MonthFolder("2026-03")!)
    }

    @Test func `an untouched archive is ok in every line and gives its bytes back`() throws {
        let report = try archive.report()
        #expect(report.failure == nil, "\(report.trouble)")
        #expect(report.lines.count > 40)
        #expect(report.months.map { "\($0.folder)" } == ["2026-01", "2026-02", "2026-03"])
        #expect(report.months[1].files["data/reports/cfo.md"] == Data("cfo.md of 2026-02\n".utf8))
        #expect(report.months[1].approvals?.decisions.map(\.approver) == ["alice"])
        #expect(report.months[1].journal.last?.type == .archiveFrozen)
        #expect(try Data("\(#require(report.head))\n".utf8) == disk.read(archive.layout.head))
    }

    @Test func `an approval of another month is refused even where the runner sealed it`() throws {
        let january = try disk.read(january + "/data/approvals/G7-alice.sigstore.json")
        let april = BillingMonth("2026-04")!
        let order = try archive.order(april, presented: { _ in ["G7-alice.sigstore.json": january] })
        _ = try Sealer(layout: archive.layout, key: archive.runner, fileSystem: disk).seal(order)
        #expect(
            try archive.report().trouble == ["2026-04 approval G7-alice: FAILED", "2026-04 approval quorum: missing"])
    }

    @Test func `a runner cannot seal what a person rejected as passed, nor what too few approved`() throws {
        let sealer = Sealer(layout: archive.layout, key: archive.runner, fileSystem: disk)
        let april = BillingMonth("2026-04")!
        let rejected: (ApprovalRequest) throws -> [String: Data] = {
            ["G7-alice.sigstore.json": try archive.approve($0, .rejected)]
        }
        _ = try sealer.seal(archive.order(april, presented: rejected))
        _ = try sealer.seal(archive.order(april.next, quorum: 2))
        _ = try sealer.seal(archive.order(april.next.next, outcome: .rejected))
        _ = try sealer.seal(archive.order(april.next.next.next, outcome: .rejected, presented: rejected))
        #expect(
            try archive.report().trouble == [
                "2026-04 approval quorum: differs", "2026-05 approval quorum: missing",
                "2026-06 approval quorum: differs",
            ])
    }

    @Test func `a request about other reports or facts than the sealed ones is refused`() throws {
        let order = try archive.order(
            BillingMonth("2026-04")!, edit: { try $0.add("reports/late.html", Data("rendered later".utf8)) })
        _ = try Sealer(layout: archive.layout, key: archive.runner, fileSystem: disk).seal(order)
        #expect(try archive.report().trouble == ["2026-04 approval bound to the month: differs"])
    }

    @Test func `other keys are refused, and rewriting everything shows against a pinned copy`() throws {
        let other = try SampleArchive(months: 3)
        #expect(try archive.report(trust: other.layout.trustFolder).trouble.contains("2026-02 seal signature: FAILED"))

        let pinned = archive.folder["pinned"]
        try FileManager.default.copyItem(atPath: archive.layout.trustFolder, toPath: pinned)
        let head = try #require(try archive.report().head)
        try disk.remove(archive.layout.archiveFolder)
        try FileManager.default.copyItem(atPath: other.layout.archiveFolder, toPath: archive.layout.archiveFolder)
        #expect(try archive.report().failure == nil)
        #expect(try archive.report(trust: pinned).failure == .broken)
        #expect(try archive.report(expectedHead: head).trouble == ["expected head: FAILED"])
    }

    @Test func `missing keys are said to be missing`() throws {
        try disk.remove(archive.layout.trustFolder + "/approvers/alice.pub")
        #expect(try archive.report().trouble.contains("2026-02 approval G7-alice: FAILED"))
        try disk.remove(archive.layout.trustFolder)
        #expect(
            try archive.report().trouble.isSuperset(of: ["trust: missing", "2026-02 seal signature: missing"]))
    }

    @Test func `the head is the last seal, and an older one from elsewhere is still in the chain`() throws {
        let seals = try archive.chain.links().map(\.seal)
        #expect(try archive.report(expectedHead: seals[0]).failure == nil)
        try disk.write(Data("\(seals[1])\n".utf8), to: archive.layout.head)
        #expect(try archive.report().trouble == ["head: differs"])
        try disk.write(Data("\(Digest.zero)\n".utf8), to: archive.layout.head)
        #expect(try archive.report().trouble == ["head: missing"])
        try disk.write(Data("x".utf8), to: archive.layout.head)
        #expect(try archive.report().trouble == ["head: FAILED"])
        try disk.remove(archive.layout.head)
        #expect(try archive.report().trouble == ["head: missing"])
    }

    @Test func `an empty archive is missing, not ok`() throws {
        let empty = try SampleArchive()
        let report = try ArchiveVerifier(
            archiveFolder: empty.layout.archiveFolder, trustFolder: empty.layout.trustFolder, fileSystem: disk
        ).verify()
        #expect(report.failure == .incomplete)
    }

    @Test func `one month can be re-read by itself`() throws {
        let verifier = ArchiveVerifier(
            archiveFolder: archive.layout.archiveFolder, trustFolder: archive.layout.trustFolder, fileSystem: disk)
        #expect(try verifier.verify(month: MonthFolder("2026-03")!).failure == nil)
        #expect(try verifier.verify(month: MonthFolder("2026-04")!).failure == .incomplete)
    }
}
