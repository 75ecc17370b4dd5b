import Evidence
import FinOps
import Foundation
import OpenSSL
import Testing

/// Whatever anyone does to the files of a sealed archive is found and called by the right word.
struct ArchiveTamperTests {
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

    @Test func `every file of the middle month flipped, cut short, lengthened or deleted is refused`() throws {
        let files = try #require(try archive.report().months.dropFirst().first?.files)
        #expect(files.count == 14)
        for (path, bytes) in files {
            let file = february + "/" + path
            var flipped = bytes
            flipped[bytes.count / 2] ^= 1
            for (damage, changed) in [
                ("flip", flipped), ("cut", bytes.dropLast()), ("empty", Data()), ("more", bytes + Data("\n".utf8)),
            ] {
                try disk.write(changed, to: file)
                let found = try archive.report()
                #expect(found.failure == .broken, "\(damage) \(path)")
                #expect(found.lines.contains { $0.month == "2026-02" && $0.word != .ok }, "\(damage) \(path)")
            }
            try disk.remove(file)
            let found = try archive.report()
            #expect(found.lines.contains { $0.month == "2026-02" && $0.word == .missing }, "delete \(path)")
            try disk.write(bytes, to: file)
        }
        #expect(try archive.report().failure == nil)
    }

    @Test func `what was never sealed is refused`() throws {
        try disk.write(Data(), to: february + "/data/reports/extra.html")
        #expect(
            try archive.report().trouble.isSuperset(of: [
                "2026-02 nothing else: FAILED", "2026-02 deliverables: differs",
            ]))
        try disk.remove(february + "/data/reports/extra.html")
        try disk.write(Data(), to: february + "/seal/second.sigstore.json")
        #expect(try archive.report().trouble == ["2026-02 nothing else: FAILED"])
        try disk.remove(february + "/seal/second.sigstore.json")
        try disk.rename(february + "/data/facts.json", to: archive.folder["facts.json"])
        try FileManager.default.createSymbolicLink(
            atPath: february + "/data/facts.json", withDestinationPath: archive.folder["facts.json"])
        #expect(
            try archive.report().trouble == [
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
        let found = try archive.report().trouble
        #expect(found.isSuperset(of: ["2026-02 seal subject: differs", "2026-02 facts: differs"]))
        #expect(!found.contains("2026-02 manifest: differs"))
    }

    @Test func `months removed, swapped, copied or renamed are refused`() throws {
        let aside = archive.folder["aside"]
        try disk.rename(january, to: aside)
        #expect(try archive.report().failure == .incomplete)
        #expect(try archive.report().trouble == ["2026-02 chain: missing"])
        try disk.rename(aside, to: january)

        try disk.rename(february, to: aside)
        #expect(try archive.report().trouble == ["2026-03 chain: missing"])
        try disk.rename(aside, to: february)

        try disk.rename(march, to: aside)
        #expect(try archive.report().trouble == ["head: missing"])
        try disk.rename(aside, to: march)

        try disk.rename(february, to: aside)
        try disk.rename(march, to: february)
        try disk.rename(aside, to: march)
        #expect(
            try archive.report().trouble.isSuperset(of: [
                "2026-02 seal period: differs", "2026-03 seal period: differs",
            ]))
        #expect(try archive.report().failure == .broken)
        try disk.rename(march, to: aside)
        try disk.rename(february, to: march)
        try disk.rename(aside, to: february)

        try FileManager.default.copyItem(atPath: march, toPath: archive.layout.month(MonthFolder("2026-04")!))
        #expect(try archive.report().trouble.isSuperset(of: ["2026-04 seal period: differs", "2026-04 chain: FAILED"]))
        try disk.rename(
            archive.layout.month(MonthFolder("2026-04")!), to: archive.layout.month(MonthFolder("2026-03.r1")!))
        #expect(
            try archive.report().trouble.isSuperset(of: ["2026-03.r1 chain: FAILED", "2026-03.r1 restatement: differs"])
        )
    }

    @Test func `a month that is only a link or a file is refused`() throws {
        try disk.rename(february, to: archive.folder["aside"])
        try FileManager.default.createSymbolicLink(atPath: february, withDestinationPath: archive.folder["aside"])
        #expect(try archive.report().trouble.contains("archive: FAILED"))
    }

    @Test func `seals that belong elsewhere are refused`() throws {
        let seal = february + "/seal/run.sigstore.json"
        let own = try disk.read(seal)
        try disk.write(disk.read(january + "/seal/run.sigstore.json"), to: seal)
        #expect(
            try archive.report().trouble.isSuperset(of: [
                "2026-02 seal subject: differs", "2026-02 seal period: differs",
            ]))

        let text = String(decoding: own, as: UTF8.self)
        let second = text.replacing(#""signatures":[{"#, with: #""signatures":[{"keyid":"k","sig":"AAAA"},{"#)
        try disk.write(Data(second.utf8), to: seal)
        #expect(try archive.report().trouble.contains("2026-02 seal signature: FAILED"))

        try disk.write(Data(text.replacing("application/vnd.in-toto+json", with: "text/plain").utf8), to: seal)
        #expect(try archive.report().trouble.contains("2026-02 seal signature: FAILED"))

        let approval = try disk.read(february + "/data/approvals/G7-alice.sigstore.json")
        try disk.write(approval, to: seal)
        #expect(try archive.report().trouble.contains("2026-02 seal signature: FAILED"))

        let byAlice = try SigstoreBundle(signing: SigstoreBundle(own).payload, with: archive.alice)
        try disk.write(byAlice.encoded(), to: seal)
        #expect(try archive.report().trouble.contains("2026-02 seal signature: FAILED"))
    }

    @Test func `a stamp without a trusted authority is not passed over`() throws {
        let seal = february + "/seal/run.sigstore.json"
        let text = String(decoding: try disk.read(seal), as: UTF8.self)
        let stamped = text.replacing(
            #""rfc3161Timestamps":[]"#, with: #""rfc3161Timestamps":[{"signedTimestamp":"AAAA"}]"#)
        try disk.write(Data(stamped.utf8), to: seal)
        #expect(try archive.report().trouble == ["2026-02 seal stamp: missing"])
    }
}
