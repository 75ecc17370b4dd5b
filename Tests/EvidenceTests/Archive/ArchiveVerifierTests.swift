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

    func report(trust: String? = nil, expectedHead: Digest? = nil) throws -> VerificationReport {
        try ArchiveVerifier(
            archiveFolder: archive.layout.archiveFolder, trustFolder: trust ?? archive.layout.trustFolder,
            fileSystem: disk
        ).verify(expectedHead: expectedHead)
    }

    /// What is not ok, as `2026-02 manifest: differs`.
    func trouble(_ report: VerificationReport) -> Set<String> {
        Set(
            report.lines.filter { $0.word != .ok }.map {
                ($0.month.map { $0 + " " } ?? "") + $0.check + ": " + $0.word.rawValue
            })
    }

    @Test func `an untouched archive is ok in every line and gives its bytes back`() throws {
        let report = try report()
        #expect(report.failure == nil, "\(trouble(report))")
        #expect(report.lines.count > 40)
        #expect(report.months.map { "\($0.folder)" } == ["2026-01", "2026-02", "2026-03"])
        #expect(report.months[1].files["data/reports/cfo.md"] == Data("cfo.md of 2026-02\n".utf8))
        #expect(report.months[1].approvals?.decisions.map(\.approver) == ["alice"])
        #expect(report.months[1].journal.last?.type == .archiveFrozen)
        #expect(try Data("\(#require(report.head))\n".utf8) == disk.read(archive.layout.head))
    }

    @Test func `every file of the middle month flipped, cut short, lengthened or deleted is refused`() throws {
        let files = try #require(try report().months.dropFirst().first?.files)
        #expect(files.count == 14)
        for (path, bytes) in files {
            let file = february + "/" + path
            var flipped = bytes
            flipped[bytes.count / 2] ^= 1
            for (damage, changed) in [
                ("flip", flipped), ("cut", bytes.dropLast()), ("empty", Data()), ("more", bytes + Data("\n".utf8)),
            ] {
                try disk.write(changed, to: file)
                let found = try report()
                #expect(found.failure == .broken, "\(damage) \(path)")
                #expect(found.lines.contains { $0.month == "2026-02" && $0.word != .ok }, "\(damage) \(path)")
            }
            try disk.remove(file)
            let found = try report()
            #expect(found.lines.contains { $0.month == "2026-02" && $0.word == .missing }, "delete \(path)")
            try disk.write(bytes, to: file)
        }
        #expect(try report().failure == nil)
    }

    @Test func `what was never sealed is refused`() throws {
        try disk.write(Data(), to: february + "/data/reports/extra.html")
        #expect(
            try trouble(report()).isSuperset(of: ["2026-02 nothing else: FAILED", "2026-02 deliverables: differs"]))
        try disk.remove(february + "/data/reports/extra.html")
        try disk.write(Data(), to: february + "/seal/second.sigstore.json")
        #expect(try trouble(report()) == ["2026-02 nothing else: FAILED"])
        try disk.remove(february + "/seal/second.sigstore.json")
        try disk.rename(february + "/data/facts.json", to: archive.folder["facts.json"])
        try FileManager.default.createSymbolicLink(
            atPath: february + "/data/facts.json", withDestinationPath: archive.folder["facts.json"])
        #expect(
            try trouble(report()) == [
                "2026-02 nothing else: FAILED", "2026-02 manifest: missing", "2026-02 facts: missing",
                "2026-02 payload size: differs",
            ])
    }

    @Test func `manifests written again do not help`() throws {
        let facts = Data("{\"forged\":true}\n".utf8)
        try disk.write(facts, to: february + "/data/facts.json")
        let lines = String(decoding: try disk.read(february + "/manifest-sha256.txt"), as: UTF8.self)
            .split(separator: "\n").map { line in
                line.hasSuffix("  data/facts.json") ? "\(SystemHashing().sha256(facts))  data/facts.json" : String(line)
            }
        let manifest = Data((lines.joined(separator: "\n") + "\n").utf8)
        try disk.write(manifest, to: february + "/manifest-sha256.txt")
        let tags = String(decoding: try disk.read(february + "/tagmanifest-sha256.txt"), as: UTF8.self)
            .split(separator: "\n").map { line in
                line.hasSuffix("  manifest-sha256.txt")
                    ? "\(SystemHashing().sha256(manifest))  manifest-sha256.txt" : String(line)
            }
        try disk.write(Data((tags.joined(separator: "\n") + "\n").utf8), to: february + "/tagmanifest-sha256.txt")
        let found = try trouble(report())
        #expect(found.isSuperset(of: ["2026-02 seal subject: differs", "2026-02 facts: differs"]))
        #expect(!found.contains("2026-02 manifest: differs"))
    }

    @Test func `months removed, swapped, copied or renamed are refused`() throws {
        let aside = archive.folder["aside"]
        try disk.rename(january, to: aside)
        #expect(try report().failure == .incomplete)
        #expect(try trouble(report()) == ["2026-02 chain: missing"])
        try disk.rename(aside, to: january)

        try disk.rename(february, to: aside)
        #expect(try trouble(report()) == ["2026-03 chain: missing"])
        try disk.rename(aside, to: february)

        try disk.rename(march, to: aside)
        #expect(try trouble(report()) == ["head: missing"])
        try disk.rename(aside, to: march)

        try disk.rename(february, to: aside)
        try disk.rename(march, to: february)
        try disk.rename(aside, to: march)
        #expect(try trouble(report()).isSuperset(of: ["2026-02 seal period: differs", "2026-03 seal period: differs"]))
        #expect(try report().failure == .broken)
        try disk.rename(march, to: aside)
        try disk.rename(february, to: march)
        try disk.rename(aside, to: february)

        try FileManager.default.copyItem(atPath: march, toPath: archive.layout.month(MonthFolder("2026-04")!))
        #expect(try trouble(report()).isSuperset(of: ["2026-04 seal period: differs", "2026-04 chain: FAILED"]))
        try disk.rename(
            archive.layout.month(MonthFolder("2026-04")!), to: archive.layout.month(MonthFolder("2026-03.r1")!))
        #expect(try trouble(report()).isSuperset(of: ["2026-03.r1 chain: FAILED", "2026-03.r1 restatement: differs"]))
    }

    @Test func `a month that is only a link or a file is refused`() throws {
        try disk.rename(february, to: archive.folder["aside"])
        try FileManager.default.createSymbolicLink(atPath: february, withDestinationPath: archive.folder["aside"])
        #expect(try trouble(report()).contains("archive: FAILED"))
    }

    @Test func `seals that belong elsewhere are refused`() throws {
        let seal = february + "/seal/run.sigstore.json"
        let own = try disk.read(seal)
        try disk.write(disk.read(january + "/seal/run.sigstore.json"), to: seal)
        #expect(
            try trouble(report()).isSuperset(of: ["2026-02 seal subject: differs", "2026-02 seal period: differs"]))

        let text = String(decoding: own, as: UTF8.self)
        let second = text.replacing(#""signatures":[{"#, with: #""signatures":[{"keyid":"k","sig":"AAAA"},{"#)
        try disk.write(Data(second.utf8), to: seal)
        #expect(try trouble(report()).contains("2026-02 seal signature: FAILED"))

        try disk.write(Data(text.replacing("application/vnd.in-toto+json", with: "text/plain").utf8), to: seal)
        #expect(try trouble(report()).contains("2026-02 seal signature: FAILED"))

        let approval = try disk.read(february + "/data/approvals/G7-alice.sigstore.json")
        try disk.write(approval, to: seal)
        #expect(try trouble(report()).contains("2026-02 seal signature: FAILED"))

        let byAlice = try SigstoreBundle(signing: SigstoreBundle(own).payload, with: archive.alice)
        try disk.write(byAlice.encoded(), to: seal)
        #expect(try trouble(report()).contains("2026-02 seal signature: FAILED"))
    }

    @Test func `an approval of another month is refused even where the runner sealed it`() throws {
        let january = try disk.read(january + "/data/approvals/G7-alice.sigstore.json")
        let april = BillingMonth("2026-04")!
        let order = try archive.order(april, presented: { _ in ["G7-alice.sigstore.json": january] })
        _ = try Sealer(layout: archive.layout, key: archive.runner, fileSystem: disk).seal(order)
        #expect(
            try trouble(report()) == ["2026-04 approval G7-alice: FAILED", "2026-04 approval quorum: missing"])
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
            try trouble(report()) == [
                "2026-04 approval quorum: differs", "2026-05 approval quorum: missing",
                "2026-06 approval quorum: differs",
            ])
    }

    @Test func `a request about other reports or facts than the sealed ones is refused`() throws {
        let order = try archive.order(
            BillingMonth("2026-04")!, edit: { try $0.add("reports/late.html", Data("rendered later".utf8)) })
        _ = try Sealer(layout: archive.layout, key: archive.runner, fileSystem: disk).seal(order)
        #expect(try trouble(report()) == ["2026-04 approval bound to the month: differs"])
    }

    @Test func `other keys are refused, and rewriting everything shows against a pinned copy`() throws {
        let other = try SampleArchive(months: 3)
        #expect(try trouble(report(trust: other.layout.trustFolder)).contains("2026-02 seal signature: FAILED"))

        let pinned = archive.folder["pinned"]
        try FileManager.default.copyItem(atPath: archive.layout.trustFolder, toPath: pinned)
        let head = try #require(try report().head)
        try disk.remove(archive.layout.archiveFolder)
        try FileManager.default.copyItem(atPath: other.layout.archiveFolder, toPath: archive.layout.archiveFolder)
        #expect(try report().failure == nil)
        #expect(try report(trust: pinned).failure == .broken)
        #expect(try trouble(report(expectedHead: head)) == ["expected head: FAILED"])
    }

    @Test func `missing keys are said to be missing`() throws {
        try disk.remove(archive.layout.trustFolder + "/approvers/alice.pub")
        #expect(try trouble(report()).contains("2026-02 approval G7-alice: FAILED"))
        try disk.remove(archive.layout.trustFolder)
        #expect(
            try trouble(report()).isSuperset(of: ["trust: missing", "2026-02 seal signature: missing"]))
    }

    @Test func `the head is the last seal, and an older one from elsewhere is still in the chain`() throws {
        let seals = try archive.chain.links().map(\.seal)
        #expect(try report(expectedHead: seals[0]).failure == nil)
        try disk.write(Data("\(seals[1])\n".utf8), to: archive.layout.head)
        #expect(try trouble(report()) == ["head: differs"])
        try disk.write(Data("\(Digest.zero)\n".utf8), to: archive.layout.head)
        #expect(try trouble(report()) == ["head: missing"])
        try disk.write(Data("x".utf8), to: archive.layout.head)
        #expect(try trouble(report()) == ["head: FAILED"])
        try disk.remove(archive.layout.head)
        #expect(try trouble(report()) == ["head: missing"])
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
